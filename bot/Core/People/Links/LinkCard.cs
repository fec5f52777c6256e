using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Core.People.Links;

/// <summary>Tells each identity of a human, in its own chat with the bot, that they are one: who did not mean it finds out, and what to do.</summary>
public sealed class LinkCard : ICardSource
{
    public const string SubjectKind = "link";

    public string Kind => SubjectKind;

    public static PostSubject SubjectOf(string human) => PostSubject.Of(SubjectKind, human);

    public async Task<ChatCard?> DrawAsync(IRecordSession session, PostSubject subject, ChannelRef channel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var links = await session.Links.OfHumanAsync(subject.Key, cancellationToken);
        return links.Count == 0 ? Ended : For([.. links.Select(link => link.Person)]);
    }

    public static ChatCard For(IReadOnlyList<Person> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        return new ChatCard
        {
            Title = "You are one person on several platforms",
            Summary = $"Linked: {string.Join(", ", people.Select(Named))}.",
            Tone = Tone.Good,
            Body =
            [
                new ListBlock([.. people.Select(person => new CardText(new PlainRun($"{Named(person)}: "), new CodeRun(person.Id.Value)))]),
                new TextBlock("What you decide or test counts once, whichever of them you use, and each may what one of them may."),
                new NoticeBlock(
                    Tone.Warning,
                    "Is one of them not you?",
                    ["Then someone acts in your name. Tell an admin at once; they write: " + CardText.Code($"unlink {people[^1].Id}")]),
            ],
        };
    }

    private static ChatCard Ended { get; } = new()
    {
        Title = "No longer linked",
        Summary = "What was linked here has been changed since.",
        Body = [new TextBlock("What was linked here has been changed since. Ask me who you are:"), new ListBlock([CardText.Code("whoami")])],
    };

    private static string Named(Person person) => $"{person.Name} on {Platforms.TitleOf(person.Id.Platform)}";
}
