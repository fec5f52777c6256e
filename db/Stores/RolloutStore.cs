using PatchBot.Core.Approvals;
using PatchBot.Core.Patches;
using PatchBot.Core.Rollouts;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class RolloutStore(SqlSession sql) : IRolloutStore
{
    public async Task<Rollout> AddAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var args = RolloutRow.Columns(rollout)
            .Text("patch", rollout.Patch.Value, PatchId.MaxLength)
            .Text("ring", rollout.Ring, 60)
            .Number("version", rollout.Version);
        var id = await sql.InsertAsync(Sql.Add(sql.Dialect), args, cancellationToken)
            ?? throw new InvalidOperationException($"{rollout.Patch} has a rollout in ring '{rollout.Ring}' already; update that one.");
        sql.Memory.Rollouts.Forget(rollout.Patch);
        return rollout with { Id = id };
    }

    public async Task<Rollout?> FindAsync(long id, CancellationToken cancellationToken)
    {
        if (sql.Memory.PatchOfRollout.TryGetValue(id, out var patch))
        {
            return (await OfPatchesAsync([patch], cancellationToken)).FirstOrDefault(rollout => rollout.Id == id);
        }

        var found = (await sql.FirstAsync<RolloutRow>(Sql.Find, new Args().Number("id", id), cancellationToken))?.ToRollout();
        if (found is not null)
        {
            sql.Memory.PatchOfRollout[id] = found.Patch;
        }

        return found;
    }

    public async Task<bool> AnyInAsync(string ring, CancellationToken cancellationToken) =>
        await sql.FirstAsync<long?>(Sql.AnyIn(sql.Dialect), new Args().Text("ring", ring, 60).Number("limit", 1), cancellationToken) is not null;

    public async Task<IReadOnlyList<Rollout>> OfPatchesAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken) =>
        patches.Count == 0
            ? []
            : [.. (await sql.Memory.Rollouts.OfAsync(
                patches,
                unseen => ListAsync(Sql.OfPatches(sql.Dialect), new Args().Patches("patches", unseen), cancellationToken),
                rollout => rollout.Patch)).OrderBy(rollout => rollout.Id)];

    public async Task<bool> TryUpdateAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        foreach (var users in sql.Memory.InUse.Values)
        {
            users.Remove(rollout.Id);
        }

        // What a review mostly finds are other lab results or reasons; then the indexes stay as they are.
        var keepsPlace = sql.Memory.Rollouts.Any(rollout.Patch, known => known.Id == rollout.Id
            && known.State == rollout.State && known.Window == rollout.Window && known.Emergency == rollout.Emergency);
        var args = (keepsPlace ? RolloutRow.Words(rollout) : RolloutRow.Columns(rollout)).Number("id", rollout.Id).Number("version", rollout.Version);
        if (await sql.ExecuteAsync(keepsPlace ? Sql.UpdateWords : Sql.Update, args, cancellationToken) != 1)
        {
            return false;
        }

        sql.Memory.Rollouts.Changed(rollout.Patch, RolloutRow.Kept(rollout with { Version = rollout.Version + 1 }), known => known.Id == rollout.Id);
        return true;
    }

    public async Task<bool> AnyInWindowAsync(string ring, DateTimeOffset start, CancellationToken cancellationToken)
    {
        // As many as are looked for at once, so that they need not be looked for again when one of them leaves the window.
        const int AtOnce = 20;
        var window = (ring, Args.Whole(start));
        if (sql.Memory.InUse.TryGetValue(window, out var known) && known.Count > 0)
        {
            return true;
        }

        var args = new Args().Text("ring", ring, 60).Instant("start", start).Number("limit", AtOnce);
        return (sql.Memory.InUse[window] = [.. await sql.ListAsync<long>(Sql.SomeInWindow(sql.Dialect), args, cancellationToken)]).Count > 0;
    }

    public Task<IReadOnlyList<Rollout>> InWindowAsync(string ring, DateTimeOffset start, CancellationToken cancellationToken) =>
        ListAsync(Sql.InWindow, new Args().Text("ring", ring, 60).Instant("start", start), cancellationToken);

    public Task<IReadOnlyList<Rollout>> StaleAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        ListAsync(Sql.Stale(sql.Dialect), new Args().Instant("before", before).Number("limit", limit), cancellationToken);

    public Task<IReadOnlyList<Rollout>> ApprovedBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        ListAsync(Sql.ApprovedBefore, new Args().Instant("before", before), cancellationToken);

    public async Task<IReadOnlyList<Rollout>> InStateAsync(
        IReadOnlyCollection<RolloutState> states, int limit, CancellationToken cancellationToken) =>
        states.Count == 0
            ? []
            : await ListAsync(
                Sql.InState(sql.Dialect),
                new Args().Texts("states", states.Select(state => state.ToString())).Number("limit", limit),
                cancellationToken);

    public Task<Decision?> TryDecideAsync(Decision decision, CancellationToken cancellationToken) =>
        new DecisionStore(sql).TryAddAsync(decision, cancellationToken);

    public Task<IReadOnlyList<Decision>> DecisionsAsync(long rolloutId, CancellationToken cancellationToken) =>
        new DecisionStore(sql).OfAsync(rolloutId, cancellationToken);

    public Task EndDecisionsAsync(long rolloutId, CancellationToken cancellationToken) =>
        new DecisionStore(sql).EndAsync(rolloutId, cancellationToken);

    private async Task<IReadOnlyList<Rollout>> ListAsync(string statement, Args args, CancellationToken cancellationToken) =>
        [.. (await sql.ListAsync<RolloutRow>(statement, args, cancellationToken)).Select(row => row.ToRollout())];

    private static class Sql
    {
        private const string Columns =
            "id, patch_id, ring, state, window_start, window_end, in_time, emergency_start, emergency_end, deferred_to, reasons, passed_over, "
            + "snapshot_content, snapshot_lab, snapshot_dependencies, snapshot_window, fallen, version";

        public const string Find = $"SELECT {Columns} FROM patchbot.rollout WHERE id = @id";

        // The version in the WHERE lets the slower of two writers change nothing.
        public const string Update = """
            UPDATE patchbot.rollout
               SET state = @state, window_start = @windowStart, window_end = @windowEnd, in_time = @inTime,
                   emergency_start = @emergencyStart, emergency_end = @emergencyEnd, deferred_to = @deferredTo,
                   reasons = @reasons, passed_over = @passedOver, snapshot_content = @snapshotContent, snapshot_lab = @snapshotLab,
                   snapshot_dependencies = @snapshotDependencies, snapshot_window = @snapshotWindow,
                   fallen = @fallen, version = version + 1
             WHERE id = @id AND version = @version
            """;

        // The columns that no index has.
        public const string UpdateWords = """
            UPDATE patchbot.rollout
               SET in_time = @inTime, deferred_to = @deferredTo,
                   reasons = @reasons, passed_over = @passedOver, snapshot_content = @snapshotContent, snapshot_lab = @snapshotLab,
                   snapshot_dependencies = @snapshotDependencies, snapshot_window = @snapshotWindow,
                   fallen = @fallen, version = version + 1
             WHERE id = @id AND version = @version
            """;

        public const string InWindow = $"""
            SELECT {Columns}
              FROM patchbot.rollout
             WHERE ring = @ring AND window_start = @start AND state IN ('Approved', 'Finished')
             ORDER BY id
            """;

        public const string ApprovedBefore = $"""
            SELECT {Columns}
              FROM patchbot.rollout
             WHERE state = 'Approved' AND window_start < @before
             ORDER BY window_start, id
            """;

        public static string Add(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.rollout (patch_id, ring, state, window_start, window_end, in_time, emergency_start, emergency_end, deferred_to,
                                          reasons, passed_over, snapshot_content, snapshot_lab, snapshot_dependencies, snapshot_window, fallen, version)
            {dialect.Output("id")}
            SELECT @patch, @ring, @state, @windowStart, @windowEnd, @inTime, @emergencyStart, @emergencyEnd, @deferredTo,
                   @reasons, @passedOver, @snapshotContent, @snapshotLab, @snapshotDependencies, @snapshotWindow, @fallen, @version
             WHERE NOT EXISTS (SELECT 1 FROM patchbot.rollout {dialect.Hold} WHERE patch_id = @patch AND ring = @ring)
            {dialect.Returning("id")}
            """;

        public static string AnyIn(ISqlDialect dialect) => $"""
            SELECT id FROM patchbot.rollout
             WHERE ring = @ring
             ORDER BY window_start
             {dialect.Limit}
            """;

        public static string SomeInWindow(ISqlDialect dialect) => $"""
            SELECT id FROM patchbot.rollout
             WHERE ring = @ring AND window_start = @start AND state IN ('Approved', 'Finished')
             ORDER BY window_start
             {dialect.Limit}
            """;

        public static string OfPatches(ISqlDialect dialect) => $"""
            SELECT {Columns}
              FROM patchbot.rollout
             WHERE patch_id IN {dialect.TextsIn("patches", PatchId.MaxLength)}
             ORDER BY id
            """;

        public static string Stale(ISqlDialect dialect) => $"""
            SELECT {Columns}
              FROM patchbot.rollout
             WHERE state IN ('Proposed', 'Deferred') AND (window_start < @before OR emergency_start < @before)
             ORDER BY id
             {dialect.Limit}
            """;

        // Those that have no window yet come last.
        public static string InState(ISqlDialect dialect) => $"""
            SELECT {Columns}
              FROM patchbot.rollout
             WHERE state IN {dialect.TextsIn("states", Args.NameLength)}
             ORDER BY CASE WHEN window_start IS NULL THEN 1 ELSE 0 END, window_start, id
             {dialect.Limit}
            """;
    }
}
