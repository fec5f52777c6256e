using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class LabStore(SqlSession sql) : ILabStore
{
    public async Task<LabReport> AddAsync(LabReport report, IReadOnlyList<LabResult> results, CancellationToken cancellationToken)
    {
        var args = Key(report.Message)
            .Text("thread", report.Thread, 200)
            .Text("personId", report.By.Id.Value, PersonId.MaxLength)
            .Shortened("personName", report.By.Name, 200)
            .Instant("reportedAt", report.At)
            .LongText("body", report.Text);
        var reportId = (await sql.InsertAsync(Sql.AddReport(sql.Dialect), args, cancellationToken))!.Value;
        foreach (var result in results)
        {
            var id = (await sql.InsertAsync(Sql.AddResult(sql.Dialect), Columns(reportId, result), cancellationToken))!.Value;
            sql.Memory.Standing.Added(result.Patch, Kept(result with { Id = id, ReportId = reportId }));
        }

        return report with { Id = reportId };
    }

    public async Task<LabReport?> FindReportAsync(long id, CancellationToken cancellationToken) =>
        (await sql.FirstAsync<ReportRow>(Sql.FindReport, new Args().Number("id", id), cancellationToken))?.ToReport();

    public async Task<LabReport?> FindReportAsync(MessageRef message, CancellationToken cancellationToken) =>
        (await sql.FirstAsync<ReportRow>(Sql.NewestOfMessage(sql.Dialect), Key(message).Number("limit", 1), cancellationToken))?.ToReport();

    public async Task<IReadOnlyList<LabResult>> ResultsOfAsync(long reportId, CancellationToken cancellationToken) =>
        [.. (await sql.ListAsync<ResultRow>(Sql.ResultsOf, new Args().Number("reportId", reportId), cancellationToken)).Select(row => row.ToResult())];

    public async Task<IReadOnlyList<LabResult>> StandingAsync(IReadOnlyCollection<PatchId> patches, CancellationToken cancellationToken) =>
        patches.Count == 0
            ? []
            : [.. (await sql.Memory.Standing.OfAsync(
                patches,
                async unseen => [.. (await sql.ListAsync<ResultRow>(Sql.Standing(sql.Dialect), new Args().Patches("patches", unseen), cancellationToken)).Select(row => row.ToResult())],
                result => result.Patch)).OrderBy(result => result.Id)];

    public async Task<IReadOnlyList<LabResult>> NewestOfAsync(PersonId person, int limit, CancellationToken cancellationToken) =>
        [.. (await sql.ListAsync<ResultRow>(
                Sql.NewestOf(sql.Dialect), new Args().Text("person", person.Value, PersonId.MaxLength).Number("limit", limit), cancellationToken))
            .Select(row => row.ToResult())];

    public Task<int> EndAsync(long reportId, LabResultState state, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // Of which patches is not said here.
        sql.Memory.Standing.Forget();
        return sql.ExecuteAsync(
            Sql.End,
            new Args().Number("reportId", reportId).Name("state", state).Instant("endedAt", at),
            cancellationToken);
    }

    private static Args Key(MessageRef message) => new Args().Channel(message.Channel).Text("message", message.Message, 200);

    private static Args Columns(long reportId, LabResult result) => new Args()
        .Number("reportId", reportId)
        .Text("patch", result.Patch.Value, PatchId.MaxLength)
        .Name("outcome", result.Outcome)
        .Text("host", result.Host, 200)
        .Text("note", result.Note, 1000)
        .Text("personId", result.By.Id.Value, PersonId.MaxLength)
        .Shortened("personName", result.By.Name, 200)
        .Instant("reportedAt", result.At)
        .Name("state", result.State);

    private static LabResult Kept(LabResult result) => result with
    {
        Host = Args.Storable(result.Host)!,
        Note = Args.Storable(result.Note)!,
        By = result.By with { Name = Args.Storable(Args.Short(result.By.Name, 200))! },
        At = Args.Whole(result.At),
    };

    private sealed class ReportRow
    {
        public long Id { get; init; }

        public string Platform { get; init; } = "";

        public string ChannelId { get; init; } = "";

        public string Message { get; init; } = "";

        public string? Thread { get; init; }

        public string PersonId { get; init; } = "";

        public string PersonName { get; init; } = "";

        public DateTimeOffset ReportedAt { get; init; }

        public string Body { get; init; } = "";

        public LabReport ToReport() => new(
            Id,
            new MessageRef(new ChannelRef(Platform, ChannelId), Message),
            Thread,
            new Person(new PersonId(PersonId), PersonName),
            ReportedAt,
            Body);
    }

    private sealed class ResultRow
    {
        public long Id { get; init; }

        public long ReportId { get; init; }

        public string PatchId { get; init; } = "";

        public LabOutcome Outcome { get; init; }

        public string Host { get; init; } = "";

        public string Note { get; init; } = "";

        public string PersonId { get; init; } = "";

        public string PersonName { get; init; } = "";

        public DateTimeOffset ReportedAt { get; init; }

        public LabResultState State { get; init; }

        public LabResult ToResult() => new(
            Id, ReportId, new PatchId(PatchId), Outcome, Host, Note, new Person(new PersonId(PersonId), PersonName), ReportedAt, State);
    }

    private static class Sql
    {
        public const string FindReport = """
            SELECT id, platform, channel_id, message, thread, person_id, person_name, reported_at, body
              FROM patchbot.lab_report
             WHERE id = @id
            """;

        public const string ResultsOf = """
            SELECT id, report_id, patch_id, outcome, host, note, person_id, person_name, reported_at, state
              FROM patchbot.lab_result
             WHERE report_id = @reportId
             ORDER BY id
            """;

        // 'Standing' in the WHERE lets the slower of two who undo change nothing.
        public const string End = """
            UPDATE patchbot.lab_result
               SET state = @state, ended_at = @endedAt
             WHERE report_id = @reportId AND state = 'Standing'
            """;

        public static string AddReport(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.lab_report (platform, channel_id, message, thread, person_id, person_name, reported_at, body)
            {dialect.Output("id")}
            VALUES (@platform, @channel, @message, @thread, @personId, @personName, @reportedAt, @body)
            {dialect.Returning("id")}
            """;

        public static string AddResult(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.lab_result (report_id, patch_id, outcome, host, note, person_id, person_name, reported_at, state)
            {dialect.Output("id")}
            VALUES (@reportId, @patch, @outcome, @host, @note, @personId, @personName, @reportedAt, @state)
            {dialect.Returning("id")}
            """;

        public static string NewestOfMessage(ISqlDialect dialect) => $"""
            SELECT id, platform, channel_id, message, thread, person_id, person_name, reported_at, body
              FROM patchbot.lab_report
             WHERE platform = @platform AND channel_id = @channel AND message = @message
             ORDER BY id DESC
             {dialect.Limit}
            """;

        public static string NewestOf(ISqlDialect dialect) => $"""
            SELECT id, report_id, patch_id, outcome, host, note, person_id, person_name, reported_at, state
              FROM patchbot.lab_result
             WHERE person_id = @person AND state = 'Standing'
             ORDER BY id DESC
             {dialect.Limit}
            """;

        public static string Standing(ISqlDialect dialect) => $"""
            SELECT id, report_id, patch_id, outcome, host, note, person_id, person_name, reported_at, state
              FROM patchbot.lab_result
             WHERE patch_id IN {dialect.TextsIn("patches", PatchId.MaxLength)} AND state = 'Standing'
             ORDER BY id
            """;
    }
}
