using PatchBot.Cards;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Conversation;

/// <summary>Identities that belong together, as people say it: "link", "link CODE", "whoami", and an admin's "link … with …" and "unlink …".</summary>
public sealed class LinkTalk(LinkDesk desk, IdentityLinks links, IRoles roles, IRings rings)
{
    private static readonly NoticeAnswer NotAlone = new(Tone.Warning, "Write me that in our chat alone, where nobody reads along.");

    /// <returns><see langword="null"/> when the words were not meant for the bot after all.</returns>
    public async Task<Answer?> SaidAsync(IRecordSession session, MessagePosted said, LinkCommand command, CancellationToken cancellationToken)
    {
        if (!said.Alone)
        {
            return command.Code.Length > 0 && await desk.BurnAsync(session, said.By, command.Code, Origin(said), cancellationToken) is { } burnt ? Answered(burnt, said)
                : said.ToBot ? NotAlone : null;
        }

        return Answered(
            command.Code.Length == 0
                ? await desk.BeginAsync(session, said.By, cancellationToken)
                : await desk.SayAsync(session, said.By, said.Channel, command.Code, Origin(said), cancellationToken),
            said);
    }

    public async Task<Answer> SaidAsync(IRecordSession session, MessagePosted said, LinkPeopleCommand command, CancellationToken cancellationToken)
    {
        if (!roles.IsAdmin(await session.Links.HumanAsync(said.By.Id, cancellationToken)))
        {
            return new NoticeAnswer(Tone.Warning, "Only an admin can link the identities of others. To link your own, write link in our chat alone.");
        }

        if (IdOf(command.One) is not { } one || IdOf(command.Other) is not { } other || one == other)
        {
            return new NoticeAnswer(Tone.Warning, "Name two people by their ids, for example: link teams:TENANT:OBJECT_ID with slack:TEAM:USER. Nothing was linked.");
        }

        if ((await session.Links.HumanAsync(one, cancellationToken)).Is(other))
        {
            return new NoticeAnswer(Tone.Neutral, "These two are one person already; nothing changed.");
        }

        var names = (await session.People.FindAsync([one, other], cancellationToken)).ToDictionary(person => person.Id, person => person.Name);
        Person Named(PersonId person) => new(person, names.GetValueOrDefault(person) ?? person.Value);
        return Answered(
            await links.LinkAsync(session, Named(one), Named(other), said.By.Id, "by an admin", Origin(said), cancellationToken), said);
    }

    public async Task<Answer> SaidAsync(IRecordSession session, MessagePosted said, UnlinkCommand command, CancellationToken cancellationToken)
    {
        if (!roles.IsAdmin(await session.Links.HumanAsync(said.By.Id, cancellationToken)))
        {
            return new NoticeAnswer(Tone.Warning, "Only an admin can unlink identities.");
        }

        return IdOf(command.Person) is { } person
            ? Answered(await links.UnlinkAsync(session, person, said.By.Id, Origin(said), cancellationToken), said)
            : new NoticeAnswer(Tone.Warning, "Name the person by their id, for example: unlink slack:TEAM:USER. Nothing was unlinked.");
    }

    public async Task<Answer> WhoAmIAsync(IRecordSession session, MessagePosted said, CancellationToken cancellationToken)
    {
        if (!said.Alone)
        {
            return NotAlone;
        }

        var known = await session.Links.OfAsync([said.By.Id], cancellationToken);
        var human = Humans.Of(known).Of(said.By.Id);
        return new ReplyAnswer(new ChatCard
        {
            Title = said.By.Name,
            Summary = human.Identities.Count == 1 ? "You are known by one identity." : $"You are known by {human.Identities.Count} identities.",
            Body =
            [
                new ListBlock([.. human.Identities.OrderBy(person => person.Value, StringComparer.Ordinal).Select(person => new CardText(
                    new CodeRun(person.Value), new PlainRun(person == said.By.Id ? $", here on {Platforms.TitleOf(person.Platform)}" : $", on {Platforms.TitleOf(person.Platform)}")))]),
                new FactsBlock([new CardFact("You may", Rights(human))]),
                .. human.Identities.Count == 1 ? [new TextBlock("Are you on another platform too? Write link, and you count as one person on both.", Subtle: true)] : Array.Empty<CardBlock>(),
            ],
        });
    }

    private string Rights(Human human)
    {
        string[] decides = [.. rings.All.Where(ring => roles.IsApprover(human, ring)).Select(ring => ring.Title)];
        string?[] rights =
        [
            roles.IsEngineer(human) ? "record lab results" : null,
            decides.Length > 0 ? $"decide on {string.Join(", ", decides)}" : null,
            roles.IsAdmin(human) ? "say what channels follow, and who is one person" : null,
        ];
        return rights.All(right => right is null)
            ? "read along; the settings give you no other part"
            : string.Join("; ", rights.Where(right => right is not null));
    }

    private static Answer Answered(LinkOutcome outcome, MessagePosted said) => outcome switch
    {
        LinkBegun begun => new ReplyAnswer(LinkCodeCards.First(begun, said.By)),
        LinkAnswered answered => new ReplyAnswer(LinkCodeCards.Second(answered)),
        LinkMade made => new NoticeAnswer(
            Tone.Good, $"Linked: {made.Person.Name} is one person with {string.Join(", ", made.Others.Select(other => $"{other.Name} on {Platforms.TitleOf(other.Id.Platform)}"))}. Each may what one of them may, and they count once."),
        LinkEnded ended => new NoticeAnswer(Tone.Good, $"Unlinked: {ended.Person} is one alone now."),
        LinkBurnt => new NoticeAnswer(Tone.Warning, "That code was said where others read along, so it is worth nothing any more; nothing was linked. Write link in our chat alone for a new one."),
        LinkRefused refused => new NoticeAnswer(Tone.Warning, refused.Text),
        _ => throw new NotSupportedException($"'{outcome.GetType().Name}' has no words yet; add them here."),
    };

    // Teams' own ids are in lower case; people copy them as they find them.
    private static PersonId? IdOf(string written)
    {
        var id = written.StartsWith("teams:", StringComparison.OrdinalIgnoreCase) ? written.ToLowerInvariant() : written;
        return PersonId.IsOne(id) && id != Person.Bot.Id.Value ? new PersonId(id) : null;
    }

    private static string Origin(MessagePosted said) => $"{said.Channel}/{said.Message}";
}
