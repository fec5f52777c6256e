using PatchBot.Core.Approvals;
using PatchBot.Core.People;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

/// <summary>The part of <see cref="RolloutStore"/> that remembers who decided what.</summary>
internal sealed class DecisionStore(SqlSession sql)
{
    public async Task<Decision?> TryAddAsync(Decision decision, CancellationToken cancellationToken)
    {
        var args = new Args()
            .Number("rolloutId", decision.RolloutId)
            .Name("kind", decision.Kind)
            .Text("personId", decision.By.Id.Value, PersonId.MaxLength)
            .Text("humanId", decision.HumanId, PersonId.MaxLength)
            .Shortened("personName", decision.By.Name, 200)
            .Instant("decidedAt", decision.At)
            .LongText("reason", decision.Reason)
            .Text("snapshot", decision.Snapshot, 64)
            .Text("origin", decision.Origin, 600)
            .Flag("isStanding", decision.Standing);
        if (await sql.InsertAsync(Sql.Add(sql.Dialect), args, cancellationToken) is not { } id)
        {
            return null;
        }

        sql.Memory.Decisions.Added(decision.RolloutId, Kept(decision with { Id = id }));
        return decision with { Id = id };
    }

    public async Task<IReadOnlyList<Decision>> OfAsync(long rolloutId, CancellationToken cancellationToken) => await sql.Memory.Decisions.OfAsync(
        rolloutId,
        async () => [.. (await sql.ListAsync<DecisionRow>(Sql.Of, new Args().Number("rolloutId", rolloutId), cancellationToken)).Select(row => row.ToDecision())]);

    public Task EndAsync(long rolloutId, CancellationToken cancellationToken)
    {
        sql.Memory.Decisions.Changed(rolloutId, decision => decision with { Standing = false });
        return sql.ExecuteAsync(Sql.End, new Args().Number("rolloutId", rolloutId), cancellationToken);
    }

    private static Decision Kept(Decision decision) => decision with
    {
        By = decision.By with { Name = Args.Storable(Args.Short(decision.By.Name, 200))! },
        At = Args.Whole(decision.At),
        Reason = Args.Storable(decision.Reason)!,
        Origin = Args.Storable(decision.Origin)!,
    };

    private sealed class DecisionRow
    {
        public long Id { get; init; }

        public long RolloutId { get; init; }

        public DecisionKind Kind { get; init; }

        public string PersonId { get; init; } = "";

        public string HumanId { get; init; } = "";

        public string PersonName { get; init; } = "";

        public DateTimeOffset DecidedAt { get; init; }

        public string Reason { get; init; } = "";

        public string Snapshot { get; init; } = "";

        public string Origin { get; init; } = "";

        public bool IsStanding { get; init; }

        public Decision ToDecision() => new(
            Id, RolloutId, Kind, new Person(new PersonId(PersonId), PersonName), DecidedAt, Reason, Snapshot, Origin, IsStanding)
        {
            HumanId = HumanId,
        };
    }

    private static class Sql
    {
        public const string Of = """
            SELECT id, rollout_id, kind, person_id, person_name, human_id, decided_at, reason, snapshot, origin, is_standing
              FROM patchbot.decision
             WHERE rollout_id = @rolloutId
             ORDER BY id
            """;

        public const string End = "UPDATE patchbot.decision SET is_standing = 0 WHERE rollout_id = @rolloutId AND is_standing = 1";

        public static string Add(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.decision (rollout_id, kind, person_id, person_name, human_id, decided_at, reason, snapshot, origin, is_standing)
            {dialect.Output("id")}
            SELECT @rolloutId, @kind, @personId, @personName, @humanId, @decidedAt, @reason, @snapshot, @origin, @isStanding
             WHERE NOT EXISTS (SELECT 1 FROM patchbot.decision {dialect.Hold}
                                WHERE rollout_id = @rolloutId AND snapshot = @snapshot AND human_id = @humanId AND is_standing = 1)
            {dialect.Returning("id")}
            """;
    }
}
