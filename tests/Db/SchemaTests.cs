using Microsoft.Data.Sqlite;
using PatchBot.Core.Approvals;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Workspaces;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

/// <summary>The SQLite schema, as its DBA and its query planner see it.</summary>
public sealed class SchemaTests : IAsyncLifetime
{
    private TestRecord record = null!;

    public static TheoryData<string, string[]> Enumerations => new()
    {
        { "ck_patch_kind", Enum.GetNames<PatchKind>() },
        { "ck_patch_update_type", Enum.GetNames<UpdateType>() },
        { "ck_patch_severity", Enum.GetNames<Severity>() },
        { "ck_patch_cve_severity", Enum.GetNames<Severity>() },
        { "ck_patch_restart", Enum.GetNames<RestartNeed>() },
        { "ck_patch_exploited", Enum.GetNames<Claim>() },
        { "ck_patch_disclosed", Enum.GetNames<Claim>() },
        { "ck_patch_cve_exploited", Enum.GetNames<Claim>() },
        { "ck_patch_cve_disclosed", Enum.GetNames<Claim>() },
        { "ck_lab_result_outcome", Enum.GetNames<LabOutcome>() },
        { "ck_lab_result_state", Enum.GetNames<LabResultState>() },
        { "ck_rollout_state", Enum.GetNames<RolloutState>() },
        { "ck_decision_kind", Enum.GetNames<DecisionKind>() },
        { "ck_channel_state", Enum.GetNames<ChannelState>() },
        { "ck_workspace_state", Enum.GetNames<WorkspaceState>() },
        { "ck_subscription_topic", Enum.GetNames<Topic>() },
    };

    public async ValueTask InitializeAsync() => record = await TestRecord.CreateAsync();

    public ValueTask DisposeAsync() => record.DisposeAsync();

    [Theory, MemberData(nameof(Enumerations))]
    public async Task Given_an_enumeration_then_its_column_takes_exactly_its_names(string constraint, string[] names)
    {
        var schema = (string)(await record.ByHandAsync("SELECT group_concat(sql, ';') FROM sqlite_master WHERE type = 'table'"))!;
        var check = schema[schema.IndexOf($"CONSTRAINT {constraint} ", StringComparison.Ordinal)..];
        var allowed = check[(check.IndexOf(" IN", StringComparison.Ordinal) + 3)..check.IndexOf("))", StringComparison.Ordinal)];
        Assert.Equal(names.Order(), allowed.Split(['(', ',', '\'', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task Given_the_schema_then_every_table_is_strict_and_every_constraint_is_named()
    {
        Assert.Equal(0L, await record.ByHandAsync("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'"));
        Assert.Equal(0L, await record.ByHandAsync("""
            SELECT count(*) FROM sqlite_master
             WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
               AND (length(sql) - length(replace(sql, 'PRIMARY KEY', ''))) / 11
                   <> (length(sql) - length(replace(sql, 'CONSTRAINT pk_', ''))) / 14
            """));
    }

    [Theory]
    [InlineData("INSERT INTO patch_cve VALUES ('KB9999999', 'CVE-2026-1', 'High', 5.0, 'No', 'No')")]
    [InlineData("INSERT INTO channel (platform, channel_id, name, address, state) VALUES ('slack', 'C01', 'x', '', 'Asleep')")]
    [InlineData("INSERT INTO channel (platform, channel_id, name, address, state) VALUES ('slack', 'C01', 'x', '', 'Stopped')")]
    [InlineData("INSERT INTO channel (platform, channel_id, name, address, state, lease_owner) VALUES ('slack', 'C01', 'x', '', 'Active', 'me')")]
    [InlineData("INSERT INTO announcement (ring, window_start, window_end, stage, made_at) VALUES ('r', '2026-11-10T12:00:00.000Z', '2026-11-10T12:00:00.000Z', 'set', '2026-11-10T12:00:00.000Z')")]
    public async Task Given_a_row_that_makes_no_sense_then_the_database_refuses_it(string statement) =>
        Assert.Equal(19, (await Assert.ThrowsAsync<SqliteException>(() => record.ByHandAsync(statement))).SqliteErrorCode);

    // The statements behind a card, a click, a due-query and a lease must not walk through their tables.
    [Theory]
    [InlineData("SELECT facts FROM patch WHERE id IN (SELECT value FROM json_each('[]'))")]
    [InlineData("SELECT id FROM patch WHERE name_key = 'K' UNION ALL SELECT patch_id FROM patch_alias WHERE alias_key IN ('K', 'L')")]
    [InlineData("SELECT patch_id FROM patch_relation WHERE other_id IN (SELECT value FROM json_each('[]')) AND kind = 'Supersedes'")]
    [InlineData("SELECT * FROM channel WHERE stopped_at = 't'")]
    [InlineData("SELECT patch_id FROM patch_need WHERE needed_id IN (SELECT value FROM json_each('[]'))")]
    [InlineData("SELECT * FROM confirmation WHERE ring = 'r' AND about_key IN (SELECT value FROM json_each('[]'))")]
    [InlineData("SELECT facts FROM sighting WHERE patch_id IN (SELECT value FROM json_each('[]'))")]
    [InlineData("SELECT id FROM lab_report WHERE platform = 'p' AND channel_id = 'c' AND message = 'm' ORDER BY id DESC LIMIT 1")]
    [InlineData("SELECT * FROM lab_result WHERE patch_id IN (SELECT value FROM json_each('[]')) AND state = 'Standing'")]
    [InlineData("SELECT * FROM rollout WHERE patch_id IN (SELECT value FROM json_each('[]'))")]
    [InlineData("SELECT * FROM rollout WHERE ring = 'r' AND window_start = 't' AND state IN ('Approved', 'Finished')")]
    [InlineData("SELECT * FROM rollout WHERE state = 'Approved' AND window_start < 't' ORDER BY window_start, id")]
    [InlineData("SELECT * FROM rollout WHERE state IN ('Proposed', 'Deferred') AND (window_start < 't' OR emergency_start < 't') ORDER BY id LIMIT 5")]
    [InlineData("SELECT * FROM decision WHERE rollout_id = 1 ORDER BY id")]
    [InlineData("SELECT 1 FROM decision WHERE rollout_id = 1 AND snapshot = 's' AND human_id = 'h' AND is_standing = 1")]
    [InlineData("SELECT * FROM identity_link AS asked JOIN identity_link AS link ON link.human_id = asked.human_id WHERE asked.person_id IN (SELECT value FROM json_each('[]'))")]
    [InlineData("SELECT * FROM identity_link WHERE human_id = 'h'")]
    [InlineData("DELETE FROM link_code WHERE person_id = 'p'")]
    [InlineData("DELETE FROM link_code WHERE expires_at < 't'")]
    [InlineData("SELECT COUNT(*) FROM link_guess WHERE person_id = 'p' AND guessed_at > 't'")]
    [InlineData("DELETE FROM link_guess WHERE guessed_at < 't'")]
    [InlineData("DELETE FROM install_state WHERE expires_at <= (SELECT MAX(expires_at) FROM (SELECT expires_at FROM install_state WHERE expires_at < 't' ORDER BY expires_at LIMIT 9) AS oldest)")]
    [InlineData("SELECT * FROM lab_result WHERE person_id = 'p' AND state = 'Standing' ORDER BY id DESC LIMIT 5")]
    [InlineData("UPDATE post SET doubt = 1 WHERE platform = 'p' AND channel_id = 'c' AND pending_since IS NOT NULL")]
    [InlineData("SELECT * FROM announcement WHERE ring = 'r' AND window_start = 't'")]
    [InlineData("SELECT * FROM post WHERE platform = 'p' AND channel_id = 'c' AND message = 'm'")]
    [InlineData("SELECT * FROM post WHERE subject = 's'")]
    [InlineData("SELECT * FROM post WHERE platform = 'p' AND channel_id = 'c' AND pending_since IS NOT NULL AND (not_before IS NULL OR not_before <= 't') ORDER BY id LIMIT 9")]
    [InlineData("SELECT * FROM transcript_message WHERE platform = 'p' AND channel_id = 'c' AND id > 1 AND is_deleted = 0 ORDER BY id DESC LIMIT 9")]
    [InlineData("SELECT * FROM transcript_message WHERE thread_id = 1 AND platform = 'p' AND channel_id = 'c' AND is_deleted = 0 ORDER BY id DESC LIMIT 9")]
    [InlineData("SELECT ring FROM subscription WHERE platform = 'p' AND channel_id = 'c' AND topic = 'Patches'")]
    [InlineData("SELECT platform, channel_id, ring, topic FROM subscription WHERE ring IN (SELECT value FROM json_each('[]')) AND topic = 'Patches'")]
    [InlineData("SELECT id FROM patch WHERE released_at >= 't' OR (released_at IS NULL AND first_seen_at >= 't')")]
    [InlineData("SELECT id FROM rollout WHERE ring = 'r' ORDER BY window_start LIMIT 1")]
    [InlineData("DELETE FROM inbox WHERE taken_at <= (SELECT MAX(taken_at) FROM (SELECT taken_at FROM inbox WHERE taken_at < 't' ORDER BY taken_at LIMIT 9) AS oldest)")]
    public async Task Given_a_question_that_is_asked_often_then_an_index_answers_it(string statement)
    {
        var plan = await PlanAsync(statement);
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("json_each", StringComparison.Ordinal) && step != "SCAN oldest");
    }

    [Fact]
    public async Task Given_the_question_for_due_channels_then_it_walks_past_none_that_must_wait_and_sorts_nothing()
    {
        var plan = await PlanAsync("SELECT platform, channel_id, lease_owner FROM channel WHERE state = 'Active' AND due_at <= 't' ORDER BY due_at, platform, channel_id LIMIT 1");
        Assert.Equal("SEARCH channel USING INDEX ix_channel_due (due_at<?)", Assert.Single(plan));
    }

    [Fact]
    public async Task Given_the_question_for_stops_that_nobody_was_told_of_then_it_looks_at_those_alone_and_sorts_nothing()
    {
        var plan = await PlanAsync("SELECT * FROM channel WHERE state = 'Stopped' AND told_at IS NULL ORDER BY stopped_at DESC LIMIT 9");
        Assert.Equal("SCAN channel USING INDEX ix_channel_untold", Assert.Single(plan));
    }

    [Theory]
    [InlineData("UPDATE channel SET due_at = 't' FROM (SELECT platform AS shown_on, channel_id AS shown_in FROM post WHERE subject = 's') AS shown WHERE platform = shown_on AND channel_id = shown_in")]
    [InlineData("SELECT MIN(COALESCE(not_before, pending_since)) FROM post WHERE platform = 'p' AND channel_id = 'c' AND pending_since IS NOT NULL")]
    public async Task Given_a_change_of_what_is_due_then_only_the_channels_concerned_are_looked_at(string statement) =>
        Assert.DoesNotContain(await PlanAsync(statement), step => step.StartsWith("SCAN post", StringComparison.Ordinal) || step.StartsWith("SCAN channel", StringComparison.Ordinal));

    private async Task<string[]> PlanAsync(string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={record.File};Pooling=False");
        await connection.OpenAsync(Some.Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own statement.
        command.CommandText = $"EXPLAIN QUERY PLAN {statement}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Some.Token);
        var steps = new List<string>();
        while (await reader.ReadAsync(Some.Token))
        {
            steps.Add(reader.GetString(3));
        }

        return [.. steps];
    }
}
