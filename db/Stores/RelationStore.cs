using System.Text.Json;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Relations;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class RelationStore(SqlSession sql) : IRelationStore
{
    public async Task<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        var args = new Args()
            .Text("ring", confirmation.Ring, 60)
            .Text("requirement", confirmation.Requirement, RequirementKey.MaxLength)
            .Text("aboutKey", AboutKey(RequirementKey.Read(confirmation.Requirement)?.About ?? confirmation.Requirement), RequirementKey.MaxLength)
            .Text("personId", confirmation.By.Id.Value, PersonId.MaxLength)
            .Shortened("personName", confirmation.By.Name, 200)
            .Instant("confirmedAt", confirmation.At)
            .Text("origin", confirmation.Origin, 600);
        sql.Memory.Confirmations.Clear();
        return await sql.ExecuteAsync(Sql.Confirm(sql.Dialect), args, cancellationToken) == 1;
    }

    public async Task<IReadOnlyList<Confirmation>> ConfirmationsAsync(
        string ring, IEnumerable<Requirement> requirements, CancellationToken cancellationToken)
    {
        var about = JsonSerializer.Serialize([.. requirements.Select(requirement => Args.Storable(AboutKey(requirement.About))!).Distinct()], ListJson.Default.StringArray);
        if (!sql.Memory.Confirmations.TryGetValue((ring, about), out var confirmed))
        {
            var args = new Args().Text("ring", ring, 60).LongText("aboutKeys", about);
            confirmed = [.. (await sql.ListAsync<ConfirmationRow>(Sql.Confirmations(sql.Dialect), args, cancellationToken)).Select(row => row.ToConfirmation())];
            sql.Memory.Confirmations[(ring, about)] = confirmed;
        }

        return confirmed;
    }

    public async Task<IReadOnlyList<(PatchId Newer, PatchId Older)>> SupersededByAsync(
        IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken) =>
        patches.Count == 0
            ? []
            : [.. (await sql.Memory.Newer.OfAsync(
                patches,
                async unseen => [.. (await sql.ListAsync<RelationRow>(Sql.SupersededBy(sql.Dialect), new Args().Patches("older", unseen), cancellationToken))
                    .Select(row => (new PatchId(row.PatchId), new PatchId(row.OtherId)))],
                pair => pair.Older)).Order()];

    public async Task SaveNeedsAsync(IReadOnlyDictionary<PatchId, IReadOnlyCollection<PatchId>> needs, CancellationToken cancellationToken)
    {
        sql.Memory.Needing.Forget();
        foreach (var (patch, needed) in needs)
        {
            await sql.ExecuteAsync(Sql.ForgetNeeds, new Args().Text("patch", patch.Value, PatchId.MaxLength), cancellationToken);
            foreach (var other in needed.Distinct())
            {
                var args = new Args().Text("patch", patch.Value, PatchId.MaxLength).Text("needed", other.Value, PatchId.MaxLength);
                await sql.ExecuteAsync(Sql.AddNeed, args, cancellationToken);
            }
        }
    }

    public async Task<IReadOnlyList<PatchId>> RequiredByAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken) =>
        patches.Count == 0
            ? []
            : [.. (await sql.Memory.Needing.OfAsync(
                patches,
                async unseen => [.. (await sql.ListAsync<RelationRow>(Sql.RequiredBy(sql.Dialect), new Args().Patches("needed", unseen), cancellationToken))
                    .Select(row => (new PatchId(row.PatchId), new PatchId(row.OtherId)))],
                pair => pair.Needed)).Select(pair => pair.Needing).Distinct().Order()];

    private static string AboutKey(string about) => about.ToUpperInvariant();

    private sealed class RelationRow
    {
        public string PatchId { get; init; } = "";

        public string OtherId { get; init; } = "";
    }

    private sealed class ConfirmationRow
    {
        public string Ring { get; init; } = "";

        public string Requirement { get; init; } = "";

        public string PersonId { get; init; } = "";

        public string PersonName { get; init; } = "";

        public DateTimeOffset ConfirmedAt { get; init; }

        public string Origin { get; init; } = "";

        public Confirmation ToConfirmation() =>
            new(Ring, Requirement, new Person(new PersonId(PersonId), PersonName), ConfirmedAt, Origin);
    }

    private static class Sql
    {
        public const string ForgetNeeds = "DELETE FROM patchbot.patch_need WHERE patch_id = @patch";

        public const string AddNeed = "INSERT INTO patchbot.patch_need (patch_id, needed_id) VALUES (@patch, @needed)";

        public static string Confirmations(ISqlDialect dialect) => $"""
            SELECT ring, requirement, person_id, person_name, confirmed_at, origin
              FROM patchbot.confirmation
             WHERE ring = @ring AND about_key IN {dialect.TextsIn("aboutKeys", RequirementKey.MaxLength)}
             ORDER BY confirmed_at, requirement
            """;

        public static string Confirm(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.confirmation (ring, requirement, about_key, person_id, person_name, confirmed_at, origin)
            SELECT @ring, @requirement, @aboutKey, @personId, @personName, @confirmedAt, @origin
             WHERE NOT EXISTS (SELECT 1 FROM patchbot.confirmation {dialect.Hold} WHERE ring = @ring AND requirement = @requirement)
            """;

        public static string SupersededBy(ISqlDialect dialect) => $"""
            SELECT patch_id, other_id
              FROM patchbot.patch_relation
             WHERE other_id IN {dialect.TextsIn("older", PatchId.MaxLength)} AND kind = 'Supersedes'
             ORDER BY patch_id, other_id
            """;

        public static string RequiredBy(ISqlDialect dialect) => $"""
            SELECT patch_id, needed_id AS other_id
              FROM patchbot.patch_need
             WHERE needed_id IN {dialect.TextsIn("needed", PatchId.MaxLength)}
            """;
    }
}
