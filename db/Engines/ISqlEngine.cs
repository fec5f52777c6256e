using System.Data.Common;
using PatchBot.Core.Record;

namespace PatchBot.Db.Engines;

/// <summary>A database product: how it is opened, how its transactions begin and end, and what its faults mean.</summary>
public interface ISqlEngine
{
    private const string Part = "part";

    /// <summary>As in the setting <c>Database:Provider</c> and in the names of migrations: <c>0001-record.sqlite.sql</c>.</summary>
    string Name { get; }

    /// <summary>The database in messages to people; holds no secret.</summary>
    string DisplayName { get; }

    ISqlDialect Dialect { get; }

    ISchemaSteps Schema { get; }

    /// <summary>How many of one process's transactions may write at once; where it is one, those that wait share a commit.</summary>
    int Writers { get; }

    RetryPlan Retries { get; }

    /// <summary>Whether there is a database yet, without making one.</summary>
    bool Exists();

    /// <exception cref="RecordUnavailableException">The place of the database cannot be used.</exception>
    Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>As <see cref="OpenAsync"/>, for a transaction that writes.</summary>
    Task<DbConnection> OpenToWriteAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    /// <summary>Begins a transaction; a reading one sees one state where the database allows it.</summary>
    Task<DbTransaction> BeginAsync(DbConnection connection, bool writes, CancellationToken cancellationToken);

    /// <summary>Begins a transaction that excludes other processes' migrations.</summary>
    Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Begins a part of a transaction, which is then kept or undone by itself.</summary>
    Task SaveAsync(DbTransaction transaction) => transaction.SaveAsync(Part);

    Task KeepAsync(DbTransaction transaction) => transaction.ReleaseAsync(Part);

    async Task UndoAsync(DbTransaction transaction)
    {
        await transaction.RollbackAsync(Part);
        await transaction.ReleaseAsync(Part);
    }

    /// <exception cref="UncertainCommitException">The connection broke before the database answered.</exception>
    Task CommitAsync(DbTransaction transaction);

    /// <summary>The same transaction may succeed when it is run again: others were in the way, or the connection broke.</summary>
    bool IsTransient(DbException fault);

    /// <summary>What is wrong with the database and what to do about it, or <see langword="null"/> when the fault is a bug.</summary>
    string? Explain(DbException fault);

    /// <summary>Closes idle connections, so that the database can be moved or deleted.</summary>
    void CloseIdle();
}

/// <summary>Whether a transaction was committed is not known: its connection broke before the answer.</summary>
public sealed class UncertainCommitException(DbException cause) : Exception(cause?.Message, cause);
