using System.Text.Json;
using PatchBot.Core.Patches;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

/// <summary>The part of <see cref="PatchStore"/> that remembers which document said what.</summary>
internal sealed class SightingStore(SqlSession sql)
{
    public async Task<IReadOnlyList<Sighting>> OfAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken) =>
        patches.Count == 0
            ? []
            : [.. (await sql.ListAsync<SightingRow>(Sql.Of(sql.Dialect), new Args().Patches("patches", patches), cancellationToken))
                .Select(row => row.ToSighting())];

    public async Task<IReadOnlyDictionary<PatchId, ContentHash>> ListedInAsync(SightingOrigin origin, CancellationToken cancellationToken) =>
        (await sql.ListAsync<SightingRow>(Sql.ListedIn, Key(origin), cancellationToken))
            .ToDictionary(row => new PatchId(row.PatchId), row => new ContentHash(row.ContentHash));

    public async Task SaveAsync(IReadOnlyCollection<Sighting> sightings, CancellationToken cancellationToken)
    {
        foreach (var origin in sightings.Select(sighting => sighting.Origin).Distinct())
        {
            await sql.ExecuteAsync(Sql.EnsureDocument(sql.Dialect), Key(origin), cancellationToken);
        }

        foreach (var sighting in sightings)
        {
            var args = Key(sighting.Origin)
                .Text("patch", sighting.Patch.Value, PatchId.MaxLength)
                .Text("contentHash", sighting.Content.Value, 64)
                .Flag("isListed", sighting.Listed)
                .Instant("seenAt", sighting.SeenAt)
                .LongText("facts", JsonSerializer.Serialize(sighting.Facts, PatchJson.Default.PatchFacts));
            if (await sql.ExecuteAsync(Sql.Update(sql.Dialect), args, cancellationToken) == 0)
            {
                await sql.ExecuteAsync(Sql.Insert, args, cancellationToken);
            }
        }
    }

    public async Task UnlistAsync(SightingOrigin origin, IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken)
    {
        if (patches.Count > 0)
        {
            await sql.ExecuteAsync(Sql.Unlist(sql.Dialect), Key(origin).Patches("patches", patches), cancellationToken);
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> StampsAsync(string source, CancellationToken cancellationToken) =>
        (await sql.ListAsync<StampRow>(Sql.Stamps, new Args().Text("source", source, 40), cancellationToken))
            .ToDictionary(row => row.Document, row => row.Stamp, StringComparer.Ordinal);

    public async Task SaveStampAsync(SightingOrigin origin, string stamp, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await sql.ExecuteAsync(Sql.EnsureDocument(sql.Dialect), Key(origin), cancellationToken);
        await sql.ExecuteAsync(Sql.Stamp, Key(origin).Text("stamp", stamp, 400).Instant("readAt", at), cancellationToken);
    }

    private static Args Key(SightingOrigin origin) => new Args().Text("source", origin.Source, 40).Text("document", origin.Document, 200);

    private sealed class SightingRow
    {
        public string Source { get; init; } = "";

        public string Document { get; init; } = "";

        public string PatchId { get; init; } = "";

        public string ContentHash { get; init; } = "";

        public bool IsListed { get; init; }

        public DateTimeOffset SeenAt { get; init; }

        public string Facts { get; init; } = "";

        public Sighting ToSighting() => new(
            new SightingOrigin(Source, Document),
            new PatchId(PatchId),
            JsonSerializer.Deserialize(Facts, PatchJson.Default.PatchFacts)!,
            new ContentHash(ContentHash),
            SeenAt)
        {
            Listed = IsListed,
        };
    }

    private sealed class StampRow
    {
        public string Document { get; init; } = "";

        public string Stamp { get; init; } = "";
    }

    private static class Sql
    {
        public const string ListedIn = """
            SELECT patch_id, content_hash
              FROM patchbot.sighting
             WHERE source = @source AND document = @document AND is_listed = 1
            """;

        public const string Insert = """
            INSERT INTO patchbot.sighting (source, document, patch_id, content_hash, is_listed, seen_at, facts)
            VALUES (@source, @document, @patch, @contentHash, @isListed, @seenAt, @facts)
            """;

        public const string Stamps = "SELECT document, stamp FROM patchbot.source_document WHERE source = @source AND stamp IS NOT NULL";

        public const string Stamp = """
            UPDATE patchbot.source_document
               SET stamp = @stamp, read_at = @readAt
             WHERE source = @source AND document = @document
            """;

        public static string Of(ISqlDialect dialect) => $"""
            SELECT source, document, patch_id, content_hash, is_listed, seen_at, facts
              FROM patchbot.sighting
             WHERE patch_id IN {dialect.TextsIn("patches", PatchId.MaxLength)}
             ORDER BY source, document, patch_id
            """;

        public static string Update(ISqlDialect dialect) => $"""
            UPDATE patchbot.sighting {dialect.Hold}
               SET content_hash = @contentHash, is_listed = @isListed, seen_at = @seenAt, facts = @facts
             WHERE source = @source AND document = @document AND patch_id = @patch
            """;

        public static string Unlist(ISqlDialect dialect) => $"""
            UPDATE patchbot.sighting
               SET is_listed = 0
             WHERE source = @source AND document = @document AND patch_id IN {dialect.TextsIn("patches", PatchId.MaxLength)}
            """;

        public static string EnsureDocument(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.source_document (source, document)
            SELECT @source, @document
             WHERE NOT EXISTS (SELECT 1 FROM patchbot.source_document {dialect.Hold} WHERE source = @source AND document = @document)
            """;
    }
}
