using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Conversation;

/// <summary>What the bot says when it comes to a channel: what it does, what it follows there, and how to begin.</summary>
public sealed class WelcomeCard(IRings rings) : ICardSource
{
    public const string SubjectKind = "welcome";
    private const string AloneKey = "alone";

    public string Kind => SubjectKind;

    /// <param name="alone">The chat is with one person alone.</param>
    public static PostSubject SubjectFor(bool alone) => PostSubject.Of(SubjectKind, alone ? AloneKey : "channel");

    /// <summary>It says what the channel follows, so a change of that draws it anew where it stands.</summary>
    public static async Task FollowsChangedAsync(IRecordSession session, ChannelRef channel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (await session.Posts.FindAsync(channel, SubjectFor(alone: false), cancellationToken) is not null)
        {
            await session.Posts.WantAsync(channel, SubjectFor(alone: false), null, cancellationToken);
        }
    }

    public async Task<ChatCard?> DrawAsync(IRecordSession session, PostSubject subject, ChannelRef channel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return subject.Key == AloneKey
            ? Alone
            : InChannel(
                await session.Channels.FollowedAsync(channel, Topic.Patches, cancellationToken),
                await session.Channels.FollowedAsync(channel, Topic.Announcements, cancellationToken));
    }

    private static ChatCard Alone { get; } = new()
    {
        Title = "PatchBot",
        Summary = "Ask me what waits for you.",
        Body =
        [
            new TextBlock("I carry patches through lab, approval and maintenance window. Here you can ask what concerns you alone."),
            new ListBlock([Line("what waits for me?", "what you can test or decide"), Line("windows", "the next approved windows"), Line("help", "all that I understand")]),
        ],
    };

    private ChatCard InChannel(IReadOnlySet<string> patches, IReadOnlySet<string> announcements)
    {
        var followed = patches.Count + announcements.Count > 0;
        return new ChatCard
        {
            Title = "PatchBot is here",
            Summary = followed ? "This channel follows patches; they are posted as they come." : "An admin says what this channel follows.",
            Body =
            [
                new TextBlock("I post newly released patches with their severity, what must be installed first and a suggested window, take lab results from replies, and approvals by button."),
                .. followed ? (IEnumerable<CardBlock>)[new FactsBlock([.. Facts(patches, announcements)])] : [Begin()],
                new ListBlock([Line("status", "what is open"), Line("what waits for me?", "what you can test or decide"), Line("help", "all that I understand")]),
            ],
        };
    }

    private IEnumerable<CardFact> Facts(IReadOnlySet<string> patches, IReadOnlySet<string> announcements)
    {
        if (patches.Count > 0)
        {
            yield return new CardFact("Patches of", Titles(patches));
        }

        if (announcements.Count > 0)
        {
            yield return new CardFact("Announcements of", Titles(announcements));
        }
    }

    private string Titles(IReadOnlySet<string> keys) =>
        string.Join(", ", rings.All.Where(ring => keys.Contains(ring.Key)).Select(ring => ring.Title));

    private NoticeBlock Begin() => new(
        Tone.Accent,
        "Nothing is followed here yet",
        rings.All is [var first, ..]
            ? ["An admin begins, for example with: " + CardText.Code($"@PatchBot follow patches of {first.Key}"), $"Rings: {string.Join(", ", rings.All.Select(ring => ring.Key))}"]
            : ["No ring is described yet; an admin does so in the settings, under Rings."]);

    private static CardText Line(string command, string meaning) => new(new CodeRun(command), new PlainRun($": {meaning}"));
}
