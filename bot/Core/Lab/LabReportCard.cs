using System.Globalization;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Core.Lab;

/// <summary>Echoes what was recorded from a message or form, with Undo and Change while it counts.</summary>
public sealed class LabReportCard : ICardSource
{
    public const string Subject = "report";

    public string Kind => Subject;

    public static PostSubject SubjectOf(long report) => PostSubject.Of(Subject, report.ToString(CultureInfo.InvariantCulture));

    public async Task<ChatCard?> DrawAsync(IRecordSession session, PostSubject subject, ChannelRef channel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return long.TryParse(subject.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await session.Lab.FindReportAsync(id, cancellationToken) is { } report
            ? For(report, await session.Lab.ResultsOfAsync(id, cancellationToken))
            : null;
    }

    public static ChatCard For(LabReport report, IReadOnlyList<LabResult> results)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(results);
        var ended = results.Where(result => result.State != LabResultState.Standing).Select(result => (LabResultState?)result.State).FirstOrDefault();
        var first = results is [] ? "Nothing is recorded." : Line(results[0], report, ended);
        var summary = results.Count > 1 ? $"{first} And {results.Count - 1} more." : first;
        return new ChatCard
        {
            Title = ended is { } state ? Ending(state) : results.Count == 1 ? "Lab result recorded" : "Lab results recorded",
            Summary = summary,
            Tone = ended is not null || results is [] ? Tone.Neutral : results.Max(result => LabWords.Tone(result.Outcome)),
            Body = [new ListBlock([.. results.Select(result => (CardText)Line(result, report, ended))]), .. Notes(results)],
            Actions = ended is not null || results is []
                ? []
                : [new PressAction(LabActions.Change(report.Id), "Change result") { OpensForm = true }, new PressAction(LabActions.Undo(report.Id), "Undo", ActionStyle.Danger)],
        };
    }

    private static IEnumerable<CardBlock> Notes(IReadOnlyList<LabResult> results) =>
        results.Select(LabWords.Remark).Where(note => note.Length > 0).Distinct().Select(note => new TextBlock($"Note: {note}", Subtle: true));

    private static string Line(LabResult result, LabReport report, LabResultState? ended) =>
        $"{(ended is { } state ? Ending(state) : "Recorded")}: {LabWords.Of(result.Outcome)}{(result.Host.Length > 0 ? $" on {result.Host}" : "")} for {result.Patch} by {report.By.Name}.";

    private static string Ending(LabResultState state) => state switch
    {
        LabResultState.Standing => "Recorded",
        LabResultState.Undone => "Undone",
        LabResultState.Replaced => "Replaced by a newer report",
        LabResultState.Withdrawn => "Withdrawn, its message was changed or deleted",
    };
}
