using Microsoft.Data.Sqlite;

namespace PatchBot.Db.Engines;

/// <summary>SQLite's result codes that are the environment's fault, with their remedies.</summary>
/// <remarks><see href="https://www.sqlite.org/rescode.html"/></remarks>
internal static class SqliteFaults
{
    public const int Busy = 5;
    public const int Locked = 6;

    /// <returns><see langword="null"/> when the fault is a bug, such as a violated constraint.</returns>
    public static string? Explain(SqliteException fault, string file) => Remedy(fault) is { } remedy ? $"The database file {file} {remedy}" : null;

    private static string? Remedy(SqliteException fault) => fault.SqliteErrorCode switch
    {
        1 when fault.Message.Contains("no such table", StringComparison.Ordinal) => "has not been set up. Run 'PatchBot migrate'.",
        3 or 14 or 23 => "cannot be opened. Check that the folder exists and that the account of the bot may read and write there.",
        Busy or Locked => "is locked by another program. Close whatever holds it open (a backup, a database browser) and try again.",
        8 => "is read-only. Give the account of the bot the right to write to the file and to its folder.",
        10 => $"cannot be read or written: the disk reports an error ({fault.SqliteExtendedErrorCode}). Check the disk.",
        11 => "is damaged. Stop the bot, keep a copy of the file, and restore a backup.",
        13 => "cannot grow: the disk is full. Free some space.",
        26 => "is not a SQLite database. Set Database:File to another file, or restore a backup.",
        _ => null,
    };
}
