using System.Collections.Concurrent;
using PatchBot.Db.Engines;

namespace PatchBot.Tests.Db.SqlServer.Statements;

/// <summary>Remembers which statements ran with which parameters, so that those need not be listed anywhere.</summary>
internal sealed class Recorder
{
    private static readonly AsyncLocal<Recorder?> Local = new();

    /// <summary>Where set, the contracts run on SQLite and are recorded.</summary>
    public static Recorder? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }

    /// <summary>By the text that SQLite got.</summary>
    public ConcurrentDictionary<string, ConcurrentDictionary<(string Name, System.Data.DbType Type, int Size), bool>> Seen { get; } = [];

    public void Note(string statement, SqlArg arg) => Seen.GetOrAdd(statement, _ => [])[(arg.Name, arg.Type, arg.Size)] = true;
}
