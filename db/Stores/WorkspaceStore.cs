using PatchBot.Core.Workspaces;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class WorkspaceStore(SqlSession sql) : IWorkspaceStore
{
    public async Task<Workspace> SaveAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        if (await sql.ExecuteAsync(Sql.Update(sql.Dialect), Columns(workspace), cancellationToken) == 0)
        {
            await sql.ExecuteAsync(Sql.Add(sql.Dialect), Columns(workspace), cancellationToken);
        }

        return (await FindAsync(workspace.Platform, workspace.Id, cancellationToken))!;
    }

    public async Task<bool> TryReplaceAsync(Workspace workspace, int expectedVersion, CancellationToken cancellationToken) =>
        await sql.ExecuteAsync(Sql.Replace, Columns(workspace).Number("version", expectedVersion), cancellationToken) == 1;

    public async Task<Workspace?> FindAsync(string platform, string id, CancellationToken cancellationToken) =>
        (await sql.FirstAsync<WorkspaceRow>(Sql.Find, Key(platform, id), cancellationToken))?.ToWorkspace();

    public async Task<IReadOnlyList<Workspace>> ListAsync(string platform, CancellationToken cancellationToken) =>
        [.. (await sql.ListAsync<WorkspaceRow>(Sql.List, new Args().Text("platform", platform, 20), cancellationToken)).Select(row => row.ToWorkspace())];

    public async Task<bool> MarkUnusableAsync(
        string platform, string id, int expectedVersion, DateTimeOffset at, string why, CancellationToken cancellationToken) => await sql.ExecuteAsync(
        Sql.MarkUnusable, Key(platform, id).Number("version", expectedVersion).Instant("at", at).Shortened("why", why, 500), cancellationToken) == 1;

    public async Task<bool> RemoveAsync(string platform, string id, CancellationToken cancellationToken) =>
        await sql.ExecuteAsync(Sql.Remove, Key(platform, id), cancellationToken) == 1;

    public Task AddStateAsync(string hash, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        sql.ExecuteAsync(Sql.AddState, new Args().Text("hash", hash, 64).Instant("expiresAt", expiresAt), cancellationToken);

    public async Task<bool> TryTakeStateAsync(string hash, DateTimeOffset now, CancellationToken cancellationToken) =>
        await sql.ExecuteAsync(Sql.TakeState, new Args().Text("hash", hash, 64).Instant("now", now), cancellationToken) == 1;

    public Task PurgeStatesAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        sql.ExecuteAsync(Sql.PurgeStates(sql.Dialect), new Args().Instant("before", before).Number("limit", limit), cancellationToken);

    private static Args Key(string platform, string id) => new Args().Text("platform", platform, 20).Text("id", id, 100);

    private static Args Columns(Workspace workspace) => Key(workspace.Platform, workspace.Id)
        .Shortened("name", workspace.Name, 200)
        .LongText("sealed", workspace.Sealed)
        .Instant("updatedAt", workspace.UpdatedAt);

    private sealed class WorkspaceRow
    {
        public string Platform { get; init; } = "";

        public string WorkspaceId { get; init; } = "";

        public string Name { get; init; } = "";

        public string Sealed { get; init; } = "";

        public WorkspaceState State { get; init; }

        public DateTimeOffset? UnusableAt { get; init; }

        public string? UnusableWhy { get; init; }

        public DateTimeOffset UpdatedAt { get; init; }

        public int Version { get; init; }

        public Workspace ToWorkspace() => new(Platform, WorkspaceId, Name, Sealed)
        {
            State = State,
            UnusableAt = UnusableAt,
            UnusableWhy = UnusableWhy,
            UpdatedAt = UpdatedAt,
            Version = Version,
        };
    }

    private static class Sql
    {
        private const string Columns = "platform, workspace_id, name, sealed, state, unusable_at, unusable_why, updated_at, version";

        public const string Find = $"SELECT {Columns} FROM patchbot.workspace WHERE platform = @platform AND workspace_id = @id";

        public const string List = $"SELECT {Columns} FROM patchbot.workspace WHERE platform = @platform ORDER BY name, workspace_id";

        // The version in the WHERE lets the slower of two replicas write nothing; a token that it has rotated is then read again.
        public const string Replace = """
            UPDATE patchbot.workspace
               SET name = @name, sealed = @sealed, updated_at = @updatedAt, version = version + 1
             WHERE platform = @platform AND workspace_id = @id AND version = @version AND state = 'Active'
            """;

        public const string MarkUnusable = """
            UPDATE patchbot.workspace
               SET state = 'Unusable', unusable_at = @at, unusable_why = @why, version = version + 1
             WHERE platform = @platform AND workspace_id = @id AND version = @version AND state = 'Active'
            """;

        public const string Remove = "DELETE FROM patchbot.workspace WHERE platform = @platform AND workspace_id = @id";

        public const string AddState = "INSERT INTO patchbot.install_state (state_hash, expires_at) VALUES (@hash, @expiresAt)";

        public const string TakeState = "DELETE FROM patchbot.install_state WHERE state_hash = @hash AND expires_at > @now";

        public static string Update(ISqlDialect dialect) => $"""
            UPDATE patchbot.workspace {dialect.Hold}
               SET name = @name, sealed = @sealed, state = 'Active', unusable_at = NULL, unusable_why = NULL,
                   updated_at = @updatedAt, version = version + 1
             WHERE platform = @platform AND workspace_id = @id
            """;

        public static string Add(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.workspace (platform, workspace_id, name, sealed, state, updated_at, version)
            SELECT @platform, @id, @name, @sealed, 'Active', @updatedAt, 1
             WHERE NOT EXISTS (SELECT 1 FROM patchbot.workspace {dialect.Hold} WHERE platform = @platform AND workspace_id = @id)
            """;

        public static string PurgeStates(ISqlDialect dialect) => $"""
            DELETE FROM patchbot.install_state
             WHERE expires_at <= (SELECT MAX(expires_at)
                                    FROM (SELECT expires_at FROM patchbot.install_state WHERE expires_at < @before ORDER BY expires_at {dialect.Limit}) AS oldest)
            """;
    }
}
