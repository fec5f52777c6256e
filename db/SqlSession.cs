using System.Data.Common;
using System.Globalization;
using Dapper;
using PatchBot.Db.Engines;

namespace PatchBot.Db;

/// <summary>One transaction, as the stores use it: statements with typed parameters, rows as objects.</summary>
internal sealed class SqlSession(DbConnection connection, DbTransaction transaction, ISqlDialect dialect, TimeProvider clock, bool writes)
    : IAsyncDisposable
{
    // A statement that runs again in the same transaction (500 patches of a month) is prepared once.
    private readonly Dictionary<string, DbCommand> commands = [];

    static SqlSession() => InstantHandler.Register();

    public ISqlDialect Dialect => dialect;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <returns>How many rows changed.</returns>
    public Task<int> ExecuteAsync(string sql, Args args, CancellationToken cancellationToken) =>
        Prepare(sql, args).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Runs an INSERT that gives its id back; <see langword="null"/> when it inserted nothing.</summary>
    public async Task<long?> InsertAsync(string sql, Args args, CancellationToken cancellationToken) =>
        await Prepare(sql, args).ExecuteScalarAsync(cancellationToken) is { } id and not DBNull
            ? Convert.ToInt64(id, CultureInfo.InvariantCulture)
            : null;

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, Args args, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<T>(Query(sql, args, cancellationToken))).AsList();

    public Task<T?> FirstAsync<T>(string sql, Args args, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<T>(Query(sql, args, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        foreach (var command in commands.Values)
        {
            await command.DisposeAsync();
        }
    }

    private CommandDefinition Query(string sql, Args args, CancellationToken cancellationToken) =>
        new(sql, new QueryArgs(args, this), transaction, cancellationToken: cancellationToken);

    private DbCommand Prepare(string sql, Args args)
    {
        if (!writes)
        {
            throw new InvalidOperationException("A reading session cannot write; use WriteAsync.");
        }

        if (!commands.TryGetValue(sql, out var command))
        {
            commands[sql] = command = connection.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // Statements are constants of the stores, put together from a dialect's fragments; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
        }

        command.Parameters.Clear();
        Bind(command, args);
        return command;
    }

    private void Bind(DbCommand command, Args args)
    {
        foreach (var arg in args.All)
        {
            var parameter = command.CreateParameter();
            dialect.Bind(parameter, arg);
            command.Parameters.Add(parameter);
        }
    }

    private sealed class QueryArgs(Args args, SqlSession session) : SqlMapper.IDynamicParameters
    {
        public void AddParameters(System.Data.IDbCommand command, SqlMapper.Identity identity) => session.Bind((DbCommand)command, args);
    }
}
