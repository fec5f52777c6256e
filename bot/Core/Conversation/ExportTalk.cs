using PatchBot.Cards;
using PatchBot.Core.Exports;
using PatchBot.Core.Record;

namespace PatchBot.Core.Conversation;

/// <summary>"export", "export KB5032196": the table as a file in the thread, where the platform takes files from the bot.</summary>
public sealed class ExportTalk(Exporter exporter)
{
    /// <param name="name">A patch as written; empty for everything that is open.</param>
    public async Task<Answer> AskedAsync(IRecordSession session, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (name.Length == 0)
        {
            return Answered(await exporter.OpenAsync(session, cancellationToken), "PatchBot export");
        }

        return await session.Patches.FindByNameAsync(name, cancellationToken) is { } patch
            ? Answered(await exporter.HistoryAsync(session, patch, cancellationToken), $"PatchBot export {patch.Id}")
            : new NoticeAnswer(Tone.Warning, $"No patch called '{name}' is known here. Check the spelling.");
    }

    private static ReplyAnswer Answered(Exported file, string command) => new(new ChatCard
    {
        Title = file.Title,
        Summary = file.Rows == 1 ? "1 line." : $"{file.Rows} lines.",
        Body =
        [
            new FactsBlock([new CardFact("File", CardText.Code(file.FileName)), new CardFact("Lines", $"{file.Rows}")]),
            new TextBlock("Where a chat takes no files from me, whoever runs PatchBot gets the same with: " + CardText.Code(command), Subtle: true),
        ],
    })
    {
        File = file,
    };
}
