using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace PatchBot.Db.Engines;

/// <summary>A connection that stays open between its uses, with the statements that it has prepared.</summary>
internal sealed class KeptConnection(string connectionString, KeptConnections keep, bool writes) : SqliteConnection(connectionString)
{
    /// <summary>By the text that a store gave. The connection closes them.</summary>
    public Dictionary<string, DbCommand> Commands { get; } = [];

    /// <summary>Whether it is for transactions that write. Those that read fall behind them, and remember for one transaction only.</summary>
    public bool Writes => writes;

    /// <summary>What was read by transactions of this connection; <see langword="null"/> where it does not write.</summary>
    public Memory? Memory { get; } = writes ? new Memory() : null;

    /// <summary>As of which state of the file the memory holds; <see langword="null"/> while a transaction may still be undone.</summary>
    public long? MemoryVersion { get; set; }

    /// <summary>When it was opened; whoever closed idle connections since does not want it back.</summary>
    public int Generation { get; } = keep.Generation;

    // Using it ends here, as with a connection of the driver's own pool.
    protected override void Dispose(bool disposing)
    {
        if (!disposing || State != ConnectionState.Open || Transaction is not null || !keep.TryKeep(this))
        {
            base.Dispose(disposing);
        }
    }
}

/// <summary>
/// Open connections that nobody uses. The driver's pool would forget their prepared statements, and preparing one takes
/// several times as long as running it.
/// </summary>
internal sealed class KeptConnections
{
    // As many as deliver and read at once; a crowd's others are closed again.
    private const int Most = 8;

    private readonly Lock gate = new();
    private readonly Stack<KeptConnection> readers = [];
    private readonly Stack<KeptConnection> writers = [];
    private int generation;

    public int Generation
    {
        get
        {
            lock (gate)
            {
                return generation;
            }
        }
    }

    public KeptConnection? Take(bool writes)
    {
        lock (gate)
        {
            return (writes ? writers : readers).TryPop(out var kept) ? kept : null;
        }
    }

    public bool TryKeep(KeptConnection connection)
    {
        lock (gate)
        {
            var others = connection.Writes ? writers : readers;
            if (connection.Generation != generation || others.Count >= Most)
            {
                return false;
            }

            others.Push(connection);
            return true;
        }
    }

    /// <summary>Closes those that nobody uses, and in time those that someone uses now.</summary>
    public void Close()
    {
        List<KeptConnection> idle;
        lock (gate)
        {
            generation++;
            idle = [.. readers, .. writers];
            readers.Clear();
            writers.Clear();
        }

        idle.ForEach(connection => connection.Dispose());
    }
}
