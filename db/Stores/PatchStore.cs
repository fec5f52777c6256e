using System.Text.Json;
using PatchBot.Core.Patches;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class PatchStore(SqlSession sql) : IPatchStore
{
    private const int AliasLength = 200;

    public async Task<Patch?> FindAsync(PatchId id, CancellationToken cancellationToken) =>
        (await FindAsync([id], cancellationToken)) is [var found] ? found : null;

    public async Task<IReadOnlyList<Patch>> FindAsync(IReadOnlyCollection<PatchId> ids, CancellationToken cancellationToken) =>
        await sql.Memory.Patches.OfAsync(
            ids,
            async unseen => [.. (await sql.ListAsync<PatchRow>(Sql.FindAll(sql.Dialect), new Args().Patches("ids", unseen), cancellationToken)).Select(row => row.ToPatch())],
            patch => patch.Id);

    public async Task<Patch?> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > AliasLength)
        {
            return null;
        }

        // "kb 5034441" is a spelling of an id; what is too long for an id may still be an alias.
        var spelled = name.Trim().Length <= PatchId.MaxLength ? new PatchId(name).Value : name.Trim();
        var args = new Args().Text("nameKey", Key(spelled), AliasLength).Text("aliasKey", Key(name.Trim()), AliasLength).Number("limit", 1);
        if (await sql.FirstAsync<PatchRow>(Sql.FindByName(sql.Dialect), args, cancellationToken) is not { } row)
        {
            return null;
        }

        var patch = row.ToPatch();
        sql.Memory.Patches.Set(patch.Id, patch);
        return patch;
    }

    public async Task<IReadOnlyList<PatchId>> RecentAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        [.. (await sql.ListAsync<string>(Sql.Recent, new Args().Instant("since", since), cancellationToken)).Select(id => new PatchId(id))];

    public async Task SaveAsync(Patch patch, CancellationToken cancellationToken)
    {
        var args = Columns(patch);
        if (await sql.ExecuteAsync(Sql.Update(sql.Dialect), args, cancellationToken) == 0)
        {
            await sql.ExecuteAsync(Sql.Insert, args, cancellationToken);
        }
        else
        {
            var key = new Args().Text("id", patch.Id.Value, PatchId.MaxLength);
            await sql.ExecuteAsync(Sql.ForgetCves, key, cancellationToken);
            await sql.ExecuteAsync(Sql.ForgetAliases, key, cancellationToken);
            await sql.ExecuteAsync(Sql.ForgetRelations, key, cancellationToken);
        }

        if (patch.Facts.Fixes.Count > 0)
        {
            var cves = new Args().Text("patch", patch.Id.Value, PatchId.MaxLength).LongText("cves", CveRow.ToJson(patch.Facts.Fixes));
            await sql.ExecuteAsync(Sql.AddCves(sql.Dialect), cves, cancellationToken);
        }

        foreach (var alias in patch.Facts.Aliases.Where(alias => alias.Length <= AliasLength).Select(Key).Distinct(StringComparer.Ordinal))
        {
            await sql.ExecuteAsync(
                Sql.AddAlias,
                new Args().Text("patch", patch.Id.Value, PatchId.MaxLength).Text("aliasKey", alias, AliasLength),
                cancellationToken);
        }

        await RelateAsync(patch.Id, RelationKind.Supersedes, patch.Facts.Supersedes, cancellationToken);
        await RelateAsync(patch.Id, RelationKind.Requires, patch.Facts.Requires, cancellationToken);
        sql.Memory.Patches.Set(patch.Id, patch);
        sql.Memory.Newer.Forget();
    }

    public Task<IReadOnlyList<Sighting>> SightingsOfAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken) =>
        new SightingStore(sql).OfAsync(patches, cancellationToken);

    public Task<IReadOnlyDictionary<PatchId, ContentHash>> ListedInAsync(SightingOrigin origin, CancellationToken cancellationToken) =>
        new SightingStore(sql).ListedInAsync(origin, cancellationToken);

    public Task SaveSightingsAsync(IReadOnlyCollection<Sighting> sightings, CancellationToken cancellationToken) =>
        new SightingStore(sql).SaveAsync(sightings, cancellationToken);

    public Task UnlistAsync(SightingOrigin origin, IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken) =>
        new SightingStore(sql).UnlistAsync(origin, patches, cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> StampsAsync(string source, CancellationToken cancellationToken) =>
        new SightingStore(sql).StampsAsync(source, cancellationToken);

    public Task SaveStampAsync(SightingOrigin origin, string stamp, DateTimeOffset at, CancellationToken cancellationToken) =>
        new SightingStore(sql).SaveStampAsync(origin, stamp, at, cancellationToken);

    private static string Key(string name) => Args.Key(name).ToUpperInvariant();

    private static Args Columns(Patch patch) => new Args()
        .Text("id", patch.Id.Value, PatchId.MaxLength)
        .Text("nameKey", Key(patch.Id.Value), AliasLength)
        .Number("revision", patch.Revision)
        .Text("contentHash", patch.Content.Value, 64)
        .Shortened("title", patch.Facts.Title, 400)
        .Shortened("vendor", patch.Facts.Vendor, 200)
        .Name("kind", patch.Facts.Kind)
        .Name("updateType", patch.Facts.Type)
        .Name("severity", patch.Facts.Severity)
        .Shortened("severityWord", patch.Facts.SeverityWord, 100)
        .Name("restart", patch.Facts.Restart)
        .Name("exploited", patch.Facts.Exploited)
        .Name("disclosed", patch.Facts.Disclosed)
        .Instant("releasedAt", patch.Facts.ReleasedAt)
        .Instant("firstSeenAt", patch.FirstSeenAt)
        .Instant("revisedAt", patch.RevisedAt)
        .Texts("changes", patch.Changes)
        .LongText("facts", JsonSerializer.Serialize(patch.Facts, PatchJson.Default.PatchFacts));

    private async Task RelateAsync(PatchId patch, RelationKind kind, IEnumerable<PatchId> others, CancellationToken cancellationToken)
    {
        foreach (var other in others.Distinct())
        {
            var args = new Args().Text("patch", patch.Value, PatchId.MaxLength).Name("kind", kind).Text("other", other.Value, PatchId.MaxLength);
            await sql.ExecuteAsync(Sql.AddRelation, args, cancellationToken);
        }
    }

    private sealed class PatchRow
    {
        public string Id { get; init; } = "";

        public int Revision { get; init; }

        public string ContentHash { get; init; } = "";

        public string Changes { get; init; } = "";

        public string Facts { get; init; } = "";

        public DateTimeOffset FirstSeenAt { get; init; }

        public DateTimeOffset RevisedAt { get; init; }

        public Patch ToPatch() => new(
            new PatchId(Id),
            Revision,
            new ContentHash(ContentHash),
            KnownFacts.Of(ContentHash, Facts),
            FirstSeenAt,
            RevisedAt)
        {
            Changes = JsonSerializer.Deserialize(Changes, ListJson.Default.StringArray)!,
        };
    }

    private static class Sql
    {
        public const string Recent = """
            SELECT id FROM patchbot.patch
             WHERE released_at >= @since OR (released_at IS NULL AND first_seen_at >= @since)
            """;

        public const string Insert = """
            INSERT INTO patchbot.patch (id, name_key, revision, content_hash, title, vendor, kind, update_type, severity, severity_word,
                                        restart, exploited, disclosed, released_at, first_seen_at, revised_at, changes, facts)
            VALUES (@id, @nameKey, @revision, @contentHash, @title, @vendor, @kind, @updateType, @severity, @severityWord,
                    @restart, @exploited, @disclosed, @releasedAt, @firstSeenAt, @revisedAt, @changes, @facts)
            """;

        public const string ForgetCves = "DELETE FROM patchbot.patch_cve WHERE patch_id = @id";

        public const string ForgetAliases = "DELETE FROM patchbot.patch_alias WHERE patch_id = @id";

        public const string ForgetRelations = "DELETE FROM patchbot.patch_relation WHERE patch_id = @id";

        public const string AddAlias = "INSERT INTO patchbot.patch_alias (patch_id, alias_key) VALUES (@patch, @aliasKey)";

        public const string AddRelation = "INSERT INTO patchbot.patch_relation (patch_id, kind, other_id) VALUES (@patch, @kind, @other)";

        // All of a patch's at once: a month has thousands.
        public static string AddCves(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.patch_cve (patch_id, cve, severity, cvss, exploited, disclosed)
            SELECT @patch, cve, severity, cvss, exploited, disclosed
              FROM {dialect.RowsIn("cves", CveRow.Columns)} AS fixed
            """;

        public static string FindAll(ISqlDialect dialect) => $"""
            SELECT id, revision, content_hash, changes, facts, first_seen_at, revised_at
              FROM patchbot.patch
             WHERE id IN {dialect.TextsIn("ids", PatchId.MaxLength)}
            """;

        // A patch's own id comes before what others are also called.
        public static string FindByName(ISqlDialect dialect) => $"""
            SELECT patch.id, patch.revision, patch.content_hash, patch.changes, patch.facts, patch.first_seen_at, patch.revised_at
              FROM (SELECT 1 AS place, id FROM patchbot.patch WHERE name_key = @nameKey
                     UNION ALL
                    SELECT 2 AS place, patch_id AS id FROM patchbot.patch_alias WHERE alias_key IN (@nameKey, @aliasKey)) AS named
              JOIN patchbot.patch ON patch.id = named.id
             ORDER BY named.place, patch.id
             {dialect.Limit}
            """;

        public static string Update(ISqlDialect dialect) => $"""
            UPDATE patchbot.patch {dialect.Hold}
               SET name_key = @nameKey, revision = @revision, content_hash = @contentHash, title = @title, vendor = @vendor,
                   kind = @kind, update_type = @updateType, severity = @severity, severity_word = @severityWord,
                   restart = @restart, exploited = @exploited, disclosed = @disclosed, released_at = @releasedAt,
                   first_seen_at = @firstSeenAt, revised_at = @revisedAt, changes = @changes, facts = @facts
             WHERE id = @id
            """;
    }
}
