using System.Data.Common;
using PatchBot.Core.Record;

namespace PatchBot.Db.Engines;

/// <summary>A database product: how it is opened, how its transactions begin, and what its faults mean.</summary>
public interface ISqlEngine
{
    /// <summary>As in the setting <c>Database:Provider</c> and in the names of migrations: <c>0001-record.sqlite.sql</c>.</summary>
    string Name { get; }

    /// <summary>The database in messages to people; holds no secret.</summary>
    string DisplayName { get; }

    ISqlDialect Dialect { get; }

    /// <summary>Whether there is a database yet, without making one.</summary>
    bool Exists();

    /// <exception cref="RecordUnavailableException">The place of the database cannot be used.</exception>
    Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction that sees one consistent state; a writing one also waits for other writers first.</summary>
    Task<DbTransaction> BeginAsync(DbConnection connection, bool writes, CancellationToken cancellationToken);

    /// <summary>Begins a transaction that excludes other processes' migrations.</summary>
    Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Makes the table that remembers applied migrations, where it is absent.</summary>
    string MakeMigrationTable { get; }

    /// <summary>Counts the tables named <c>schema_migration</c>.</summary>
    string CountMigrationTables { get; }

    /// <summary>Others were in the way; the same transaction may succeed when it is run again.</summary>
    bool IsConflict(DbException fault);

    /// <summary>What is wrong with the database and what to do about it, or <see langword="null"/> when the fault is a bug.</summary>
    string? Explain(DbException fault);

    /// <summary>Closes idle connections, so that the database can be moved or deleted.</summary>
    void CloseIdle();
}
