namespace PatchBot.Benchmarks.Scale;

/// <summary>Rows <c>@from</c> to <c>@until</c> of each table. Row <c>i</c> is the <c>i</c>-th release, its line is <c>i % @lines</c>.</summary>
internal static class HistorySql
{
    private const string Rows = "WITH RECURSIVE n(i) AS (VALUES(@from) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @until)";

    private const string Number = "CAST(@first + i AS TEXT)";
    private const string Older = "CAST(@first + i - @lines AS TEXT)";
    private const string First = "CAST(@first + i % @lines AS TEXT)";
    private const string At = "strftime('%Y-%m-%dT%H:%M:%fZ', @begin + i * @step, 'unixepoch')";

    private const string Platform = "iif(i < 2, 'webchat', 'teams')";
    private const string Channel = "CASE i WHEN 0 THEN 'patching' WHEN 1 THEN 'announcements' ELSE 'team-' || i END";

    private static readonly string Facts = $"""
        replace(replace(replace(replace(CASE WHEN i < @lines THEN @firstFacts ELSE @nextFacts END,
          '{HistoryFacts.Number}', {Number}), '{HistoryFacts.Older}', {Older}), '{HistoryFacts.First}', {First}),
          '{HistoryFacts.ReleaseText}', strftime('%Y-%m-%dT%H:%M:%S+00:00', @begin + i * @step, 'unixepoch'))
        """;

    public static readonly string Patches = $"""
        {Rows}
        INSERT INTO patch (id, name_key, revision, content_hash, title, vendor, kind, update_type, severity, severity_word, restart, exploited,
                           disclosed, released_at, first_seen_at, revised_at, changes, facts)
        SELECT 'KB' || {Number}, 'KB' || {Number}, 1, lower(hex(randomblob(32))), 'Cumulative update ' || {Number} || ' for Windows Server',
               'Microsoft', 'Security', 'Cumulative', 'High', 'Important', 'Yes', 'No', 'No', {At}, {At}, {At}, '[]', {Facts}
          FROM n
        """;

    public static readonly string Cves = $"""
        {Rows}
        INSERT INTO patch_cve (patch_id, cve, severity, cvss, exploited, disclosed)
        SELECT 'KB' || {Number}, 'CVE-2026-' || {Number} || digit.value, 'High', 7.8, 'No', 'No' FROM n, json_each('[1,2,3]') AS digit
        """;

    public static readonly string Aliases = $"{Rows} INSERT INTO patch_alias (patch_id, alias_key) SELECT 'KB' || {Number}, 'ADV' || {Number} FROM n";

    public static readonly string Relations = $"""
        {Rows}
        INSERT INTO patch_relation (patch_id, kind, other_id)
        SELECT 'KB' || {Number}, kind.value, 'KB' || CASE kind.value WHEN 'Requires' THEN {First} ELSE {Older} END
          FROM n, json_each('["Requires","Supersedes"]') AS kind
         WHERE i >= @lines
        """;

    public static readonly string Needs =
        $"{Rows} INSERT INTO patch_need (patch_id, needed_id) SELECT 'KB' || {Number}, 'KB' || {First} FROM n WHERE i >= @lines";

    public static readonly string Documents = $"""
        {Rows}
        INSERT INTO source_document (source, document, stamp, read_at)
        SELECT 'msrc', 'history-' || i, 'stamp-' || i, {At} FROM n
        """;

    public static readonly string Sightings = $"""
        {Rows}
        INSERT INTO sighting (source, document, patch_id, content_hash, is_listed, seen_at, facts)
        SELECT 'msrc', 'history-' || (i * 240 / @patches), patch.id, patch.content_hash, 1, patch.first_seen_at, patch.facts
          FROM n
          JOIN patch ON patch.id = 'KB' || {Number}
        """;

    public static readonly string LabReports = $"""
        {Rows}
        INSERT INTO lab_report (id, platform, channel_id, message, thread, person_id, person_name, reported_at, body)
        SELECT i + 1, 'webchat', 'patching', 'said-' || i, CAST(i + 1 AS TEXT), 'webchat:local:engineer', 'Erin Engineer', {At},
               'pass on hv-lab-02 and sql-lab-03, backups ok, two restarts' FROM n WHERE i % 5 < 3
        """;

    public static readonly string LabResults = $"""
        {Rows}
        INSERT INTO lab_result (report_id, patch_id, outcome, host, note, person_id, person_name, reported_at, state)
        SELECT i + 1, 'KB' || {Number}, 'Pass', host.value, 'backups ok, two restarts', 'webchat:local:engineer', 'Erin Engineer', {At}, 'Standing'
          FROM n, json_each('["hv-lab-02","sql-lab-03"]') AS host
         WHERE i % 5 < 3
        """;

    // Row i / 2 of patch, in the pilot where i is even. What is in the middle of a line was replaced before it went in, or refused.
    public static readonly string Rollouts = $"""
        {Rows},
        r(id, number, ring, state, opens, ends) AS (
          SELECT i + 1, CAST(@first + i / 2 AS TEXT), iif(i % 2 = 0, 'pilot', 'production'),
                 CASE WHEN i / 2 < @lines OR i / 2 >= 11 * @lines OR i % 20 < 11 THEN 'Finished' WHEN i % 20 < 18 THEN 'Superseded' ELSE 'Rejected' END,
                 date(@begin + i / 2 * @step + 432000, 'unixepoch', iif(i % 2 = 0, 'weekday 3', 'weekday 6')) || 'T19:00:00.000Z',
                 date(@begin + i / 2 * @step + 432000, 'unixepoch', iif(i % 2 = 0, 'weekday 3', 'weekday 6')) || 'T23:00:00.000Z'
            FROM n)
        INSERT INTO rollout (id, patch_id, ring, state, window_start, window_end, in_time, reasons, passed_over, snapshot_content, snapshot_lab,
                             snapshot_dependencies, snapshot_window, fallen, version)
        SELECT r.id, patch.id, ring, state, opens, ends, 1,
               '["The first window after the lab time and the notice.","It ends before the deadline, which is 30 days from the release."]',
               '["Wed 4 Mar 20:00: the lab has not passed it yet"]', patch.content_hash, 'hv-lab-02 pass; sql-lab-03 pass', '', opens || '/' || ends, '', 4
          FROM r
          JOIN patch ON patch.id = 'KB' || number
        """;

    public static readonly string Decisions = $"""
        {Rows}
        INSERT INTO decision (rollout_id, kind, person_id, person_name, decided_at, reason, snapshot, origin, is_standing)
        SELECT rollout.id, iif(state = 'Finished', 'Approve', 'Reject'), 'webchat:local:manager', 'Max Manager', window_start,
               iif(state = 'Finished', '', 'breaks the backup agent'), substr(snapshot_content, 1, 12), 'webchat:patching/' || i, 1
          FROM n
          JOIN rollout ON rollout.id = i + 1
         WHERE state <> 'Superseded'
        """;

    // Every 200th patch was vouched for in one of the rings.
    public static readonly string Confirmations = $"""
        {Rows}
        INSERT INTO confirmation (ring, requirement, about_key, person_id, person_name, confirmed_at, origin)
        SELECT iif(i % 2 = 0, 'pilot', 'production'), 'patch:KB' || CAST(@first + i * 200 + 7 AS TEXT), 'PATCH:KB' || CAST(@first + i * 200 + 7 AS TEXT), 'webchat:local:engineer', 'Erin Engineer',
               {At}, 'webchat:patching/' || i FROM n
        """;

    public const string Announcements = """
        INSERT INTO announcement (ring, window_start, window_end, stage, made_at)
        SELECT ring, window_start, window_end, stage.value, window_start
          FROM (SELECT ring, window_start, max(window_end) AS window_end FROM rollout WHERE state = 'Finished' GROUP BY ring, window_start),
               json_each('["set","reminder-01:00:00","start","end"]') AS stage
        """;

    // Two channels of the rings that are set up here; the others belong to teams with rings of their own, ten to a ring.
    public const string Channels = $"""
        {Rows}
        INSERT INTO channel (platform, channel_id, name, address, state)
        SELECT {Platform}, {Channel}, 'Channel ' || i, '', 'Active' FROM n
        """;

    public const string Subscriptions = $"""
        {Rows}
        INSERT INTO subscription (platform, channel_id, ring, topic)
        SELECT {Platform}, {Channel}, rings.value, iif(i = 1, 'Announcements', 'Patches')
          FROM n, json_each(iif(i < 2, '["pilot","production"]', '["team-ring-' || i / 10 || '"]')) AS rings
        """;

    // Each patch stands in the patching channel and in one team's.
    public const string Posts = $"""
        {Rows}
        INSERT INTO post (id, platform, channel_id, subject, wanted_version, shown_version, message, shown_content, attempts)
        SELECT i + 1, iif(i % 2 = 0, 'webchat', 'teams'), iif(i % 2 = 0, 'patching', 'team-' || (2 + i / 2 % (@channels - 2))),
               'patch/KB' || CAST(@first + i / 2 AS TEXT), 5, 5, iif(i % 2 = 0, CAST(i / 2 + 1 AS TEXT), 'shown-' || i), lower(hex(randomblob(32))), 0 FROM n
        """;

    public const string Messages = $"""
        {Rows}
        INSERT INTO transcript_message (id, platform, channel_id, author_id, author_name, body, card, version, post_id, written_at, is_deleted)
        SELECT i + 1, 'webchat', 'patching', 'patchbot:self:bot', 'PatchBot', 'KB' || CAST(@first + i AS TEXT) || ': Cumulative update. Lab passed.',
               json_object('title', 'KB' || CAST(@first + i AS TEXT), 'summary', 'Lab passed.', 'text', hex(randomblob(700))), 5, 2 * i + 1, {At}, 0
          FROM n WHERE i >= @patches / 2
        """;

    // What platforms delivered in the last three days.
    public const string Inbox = $"""
        {Rows}
        INSERT INTO inbox (platform, delivery_key, taken_at)
        SELECT 'teams', lower(hex(randomblob(16))), strftime('%Y-%m-%dT%H:%M:%fZ', @now - 250000.0 * (1 - i * 2.0 / @patches), 'unixepoch') FROM n
        """;

    public const string Audit = $"""
        {Rows}
        INSERT INTO audit_entry (sequence, happened_at, actor, action, subject, detail, origin, previous_hash, hash)
        SELECT i + 1, strftime('%Y-%m-%dT%H:%M:%fZ', @begin + i * @step / 5, 'unixepoch'), 'webchat:local:manager', 'approval.approved', 'rollout/' || (i * 2 / 5 + 1),
               'KB' || CAST(@first + i / 5 AS TEXT) || ' in production, snapshot 0123456789ab, window 2020-03-04 19:00 to 2020-03-04 23:00 UTC',
               'webchat:patching/' || i, printf('%064x', i), printf('%064x', i + 1)
          FROM n
        """;

    public const string MoveHead = "UPDATE audit_head SET (sequence, hash) = (SELECT sequence, hash FROM audit_entry ORDER BY sequence DESC LIMIT 1)";
}
