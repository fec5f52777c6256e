using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using PatchBot.Core.Record;
using PatchBot.Db.Migrations;

namespace PatchBot.Db.Engines;

/// <summary>A database on SQL Server 2019 or newer, shared by any number of processes.</summary>
public sealed class SqlServerEngine : ISqlEngine
{
    private readonly string connectionString;
    private readonly bool ledger;
    private ServerTraits? traits;

    public SqlServerEngine(DatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = new SqlConnectionStringBuilder(options.ConnectionString) { Enlist = false };
        if (!builder.ShouldSerialize("Application Name"))
        {
            builder.ApplicationName = "PatchBot";
        }

        connectionString = builder.ConnectionString;
        DisplayName = $"'{builder.InitialCatalog}' on {builder.DataSource}";
        ledger = options.Ledger;
        Schema = new SqlServerSchema(ledger);
    }

    public string Name => "sqlserver";

    public string DisplayName { get; }

    public ISqlDialect Dialect { get; } = new SqlServerDialect();

    public ISchemaSteps Schema { get; }

    // More would only queue up behind the audit's head, each with a connection and locks in hand.
    public int Writers => 8;

    public RetryPlan Retries { get; init; } = new(8, TimeSpan.FromMilliseconds(25), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));

    public bool Exists() => true;

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (Exception fault)
        {
            await connection.DisposeAsync();
            if (SqlServerFaults.ExplainOpening(fault) is { } remedy)
            {
                throw new RecordUnavailableException($"The database {DisplayName} {remedy}", fault);
            }

            throw;
        }
    }

    public async Task<DbTransaction> BeginAsync(DbConnection connection, bool writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        traits ??= await ServerTraits.AskAsync((SqlConnection)connection, cancellationToken);
        var isolation = !writes && traits.AllowsSnapshots ? IsolationLevel.Snapshot : IsolationLevel.ReadCommitted;
        var transaction = await connection.BeginTransactionAsync(isolation, cancellationToken);
        if (writes && traits.HidesCounts)
        {
            await ExecuteAsync(connection, transaction, Sql.ShowCounts, cancellationToken);
        }

        return transaction;
    }

    public async Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (ledger && !await ServerTraits.OffersLedgerAsync((SqlConnection)connection, cancellationToken))
        {
            throw new MigrationException(
                $"Database:Ledger is true, but {DisplayName} offers no ledger tables. Set it to false, or use SQL Server 2022 or newer, or Azure SQL.");
        }

        // What only speaks the protocol may have no such locks; the tables' names still let a migration happen once.
        var locks = await ServerTraits.OffersLocksAsync((SqlConnection)connection, cancellationToken);
        var transaction = await BeginAsync(connection, writes: true, cancellationToken);
        if (locks)
        {
            await ExecuteAsync(connection, transaction, SqlServerSchema.Sql.Lock, cancellationToken);
        }

        return transaction;
    }

    public async Task CommitAsync(DbTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var connection = transaction.Connection;
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (SqlException fault) when (connection?.State != ConnectionState.Open || SqlServerFaults.BreaksConnection(fault))
        {
            throw new UncertainCommitException(fault);
        }
    }

    public bool IsTransient(DbException fault)
    {
        if (fault is SqlException { Number: SqlServerFaults.SnapshotsForbidden })
        {
            // A DBA has just changed it; ask again.
            traits = null;
        }

        return fault is SqlException sql && SqlServerFaults.IsTransient(sql);
    }

    public string? Explain(DbException fault) =>
        fault is SqlException sql && SqlServerFaults.Explain(sql) is { } remedy ? $"The database {DisplayName} {remedy}" : null;

    public void CloseIdle()
    {
        using var connection = new SqlConnection(connectionString);
        SqlConnection.ClearPool(connection);
    }

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction transaction, string statement, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Constants of this engine.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static class Sql
    {
        public const string ShowCounts = "SET NOCOUNT OFF";
    }
}
