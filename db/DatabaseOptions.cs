using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace PatchBot.Db;

/// <summary>Where the record is kept; section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary><c>sqlite</c>.</summary>
    public string Provider { get; set; } = "sqlite";

    /// <summary>SQLite's file; its folder is made when it is missing. Relative to the folder that the bot is started in.</summary>
    public string File { get; set; } = "patchbot.db";

    /// <summary>Instead of <see cref="File"/>, where more must be said: <c>Data Source=/var/lib/patchbot/patchbot.db</c>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>What is wrong with these settings, one sentence a fault; empty when nothing is.</summary>
    public IEnumerable<string> Faults() => new DatabaseOptionsValidator().Validate(null, this).Failures ?? [];
}

internal sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        if (!string.Equals(options.Provider, "sqlite", StringComparison.OrdinalIgnoreCase))
        {
            return Fault(nameof(options.Provider), options.Provider, "Only 'sqlite' is known; set it to that or leave it out.");
        }

        if (options.ConnectionString.Length == 0)
        {
            return FileFault(nameof(options.File), options.File) ?? ValidateOptionsResult.Success;
        }

        try
        {
            // The value is not repeated: a connection string may hold a password.
            return FileFault(nameof(options.ConnectionString), new SqliteConnectionStringBuilder(options.ConnectionString).DataSource)
                ?? ValidateOptionsResult.Success;
        }
        catch (ArgumentException fault)
        {
            return ValidateOptionsResult.Fail($"{DatabaseOptions.Section}:{nameof(options.ConnectionString)} cannot be read: {fault.Message} "
                + "Write it as 'Data Source=patchbot.db'.");
        }
    }

    private static ValidateOptionsResult? FileFault(string key, string file) =>
        string.IsNullOrWhiteSpace(file) || file.Contains(":memory:", StringComparison.OrdinalIgnoreCase)
            ? Fault(key, file, "The record must outlive the program; name a file, such as 'patchbot.db'.")
            : null;

    private static ValidateOptionsResult Fault(string key, string value, string remedy) =>
        ValidateOptionsResult.Fail($"{DatabaseOptions.Section}:{key} is '{value}'. {remedy}");
}
