using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using PatchBot.Core.Audit;
using PatchBot.Db.Engines;

namespace PatchBot.Db;

/// <summary>One transaction, or one work's part of it, as the stores use it: statements with typed parameters, rows as objects.</summary>
/// <param name="stepsAside">Asked before each statement: whether others have waited too long for this work's end.</param>
internal sealed class SqlSession(
    DbConnection connection, DbTransaction transaction, ISqlDialect dialect, TimeProvider clock, bool writes, Func<bool>? stepsAside = null) : IAsyncDisposable
{
    // A statement that runs again in the same transaction (500 patches of a month) is prepared once; where the connection is
    // kept, in the next one too.
    private readonly Dictionary<string, DbCommand> commands = (connection as KeptConnection)?.Commands ?? [];

    private bool waitsForTurn;
    private bool hasTurn = !dialect.WritesSideBySide;

    static SqlSession() => InstantHandler.Register();

    public ISqlDialect Dialect => dialect;

    /// <summary>What the stores have read; see there for how long it holds.</summary>
    public Memory Memory { get; } = (connection as KeptConnection)?.Memory ?? new Memory();

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The newest audit entry of this transaction, by which its commit can be recognised.</summary>
    public AuditEntry? LastEntry { get; set; }

    /// <summary>Whatever the work makes of it, it was not done.</summary>
    public bool HasSteppedAside { get; private set; }

    /// <summary>
    /// For stores whose rows are judged by before others are written. Such transactions take turns where the engine
    /// would run them side by side: what one has judged by, no other changes before it has committed.
    /// </summary>
    /// <param name="evenToRead">For what must be read as one state; without snapshots it is one only while nobody writes.</param>
    public SqlSession InTurn(bool evenToRead = false)
    {
        waitsForTurn |= !hasTurn && (writes || (evenToRead && transaction.IsolationLevel != IsolationLevel.Snapshot));
        return this;
    }

    /// <returns>How many rows changed.</returns>
    public async Task<int> ExecuteAsync(string sql, Args args, CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        return await PrepareToWrite(sql, args).ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs an INSERT that gives its id back; <see langword="null"/> when it inserted nothing.</summary>
    public async Task<long?> InsertAsync(string sql, Args args, CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        return await PrepareToWrite(sql, args).ExecuteScalarAsync(cancellationToken) is { } id and not DBNull
            ? Convert.ToInt64(id, CultureInfo.InvariantCulture)
            : null;
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, Args args, CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        await using var reader = await Prepare(sql, args).ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken);
        var rows = new List<T>();
        Func<DbDataReader, T>? read = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((read ??= RowReader<T>(reader))(reader));
        }

        return rows;
    }

    public async Task<T?> FirstAsync<T>(string sql, Args args, CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        await using var reader = await Prepare(sql, args).ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? RowReader<T>(reader)(reader) : default;
    }

    /// <summary>Rows as they come, without holding more than one; the next statement waits until they end.</summary>
    public async IAsyncEnumerable<object[]> StreamAsync(string sql, Args args, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        await using var reader = await connection.ExecuteReaderAsync(Query(sql, args, cancellationToken));
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is KeptConnection)
        {
            return;
        }

        foreach (var command in commands.Values)
        {
            await command.DisposeAsync();
        }
    }

    private async ValueTask TakeTurnAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (stepsAside?.Invoke() == true)
        {
            HasSteppedAside = true;
            throw new SteppedAsideException();
        }

        if (waitsForTurn)
        {
            waitsForTurn = false;
            hasTurn = true;
            await connection.QueryFirstOrDefaultAsync<long>(Query(Sql.TakeTurn(dialect), new Args(), cancellationToken));
        }
    }

    // Dapper keeps what it has worked out for a type and its columns, but not for a lone text.
    private static Func<DbDataReader, T> RowReader<T>(DbDataReader reader)
    {
        if (typeof(T) == typeof(string))
        {
            return row => (T)(object)row.GetString(0);
        }

        // Engines count in numbers of different size.
        var number = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return number.IsPrimitive
            ? row => row.IsDBNull(0) ? default! : (T)Convert.ChangeType(row.GetValue(0), number, CultureInfo.InvariantCulture)
            : reader.GetRowParser<T>();
    }

    private CommandDefinition Query(string sql, Args args, CancellationToken cancellationToken) =>
        new(dialect.Translate(sql), new QueryArgs(args, this), transaction, cancellationToken: cancellationToken);

    private DbCommand PrepareToWrite(string sql, Args args) => writes
        ? Prepare(sql, args)
        : throw new InvalidOperationException("A reading session cannot write; use WriteAsync.");

    private DbCommand Prepare(string sql, Args args)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            commands[sql] = command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants of the stores, put together from a dialect's fragments; values are parameters.
            command.CommandText = dialect.Translate(sql);
#pragma warning restore CA2100
        }

        command.Transaction = transaction;
        Bind(command, args.All);
        return command;
    }

    private void Bind(DbCommand command, ReadOnlySpan<SqlArg> args)
    {
        // A statement that ran before has its parameters; they get other values.
        if (!AreThose(command.Parameters, args))
        {
            command.Parameters.Clear();
        }

        for (var place = 0; place < args.Length; place++)
        {
            dialect.Bind(command, place, args[place]);
        }
    }

    private static bool AreThose(DbParameterCollection parameters, ReadOnlySpan<SqlArg> args)
    {
        var place = 0;
        while (place < args.Length && place < parameters.Count && args[place].Fits(parameters[place].ParameterName))
        {
            place++;
        }

        return place == args.Length && place == parameters.Count;
    }

    private sealed class QueryArgs(Args args, SqlSession session) : SqlMapper.IDynamicParameters
    {
        public void AddParameters(IDbCommand command, SqlMapper.Identity identity) => session.Bind((DbCommand)command, args.All);
    }

    private static class Sql
    {
        // Every such transaction ends at the head of the audit anyway; it begins there too.
        public static string TakeTurn(ISqlDialect dialect) => $"SELECT sequence FROM patchbot.audit_head {dialect.Hold} WHERE id = 1";
    }
}

/// <summary>A work took longer than those may wait that share its transaction; it is undone, and run again alone.</summary>
internal sealed class SteppedAsideException() : Exception("Others wait for the commit; this work is run again after it.");
