using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Core.People.Links;

/// <summary>Makes and ends links, each with its audit entry, and has those concerned told. Part of the caller's transaction.</summary>
public sealed class IdentityLinks(TimeProvider clock)
{
    /// <summary>Why people may not link these two themselves.</summary>
    /// <returns><see langword="null"/> when they may.</returns>
    public static async Task<LinkRefused?> RefusalAsync(IRecordSession session, PersonId one, PersonId other, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var humans = Humans.Of(await session.Links.OfAsync([one, other], cancellationToken));
        return humans.Of(one).Is(other)
            ? new LinkRefused("These two are one person already; nothing changed.")
            : humans.Of(one).Identities.Concat(humans.Of(other).Identities).GroupBy(person => person.Platform).FirstOrDefault(same => same.Count() > 1) is { } twice
                ? new LinkRefused($"That would be two identities on {Platforms.TitleOf(twice.Key)} for one person; only an admin can link those. Nothing was linked.")
                : null;
    }

    /// <summary>These two are one human from now on, with whoever each was one with before.</summary>
    /// <param name="how">For the audit.</param>
    /// <param name="tell">Chats with the bot alone in which it is told, besides those that are known.</param>
    public async Task<LinkMade> LinkAsync(
        IRecordSession session, Person one, Person other, PersonId by, string how, string origin, CancellationToken cancellationToken, params ChannelRef[] tell)
    {
        ArgumentNullException.ThrowIfNull(session);
        var now = clock.GetUtcNow();
        var known = await session.Links.OfAsync([one.Id, other.Id], cancellationToken);
        var human = known.FirstOrDefault(link => link.Person.Id == one.Id)?.Human ?? known.FirstOrDefault(link => link.Person.Id == other.Id)?.Human ?? $"human:{Guid.NewGuid():n}";
        List<IdentityLink> all =
        [
            .. known.Select(link => link with { Human = human }),
            .. new[] { one, other }.Where(person => known.All(link => link.Person.Id != person.Id)).Select(person => new IdentityLink(person, human, now, by)),
        ];
        foreach (var link in all)
        {
            await session.Links.SaveAsync(link, cancellationToken);
        }

        foreach (var merged in known.Select(link => link.Human).Distinct().Where(merged => merged != human))
        {
            await session.Posts.RefreshAsync(LinkCard.SubjectOf(merged), cancellationToken);
        }

        await NoteAsync(session, "person.linked", one.Id, by, $"is one person with {other.Id}; {how}", origin, cancellationToken);
        await TellAsync(session, human, [.. all.Select(link => link.Person.Id)], tell, cancellationToken);
        return new LinkMade(one, [.. all.Select(link => link.Person).Where(person => person.Id != one.Id)]);
    }

    /// <summary>The identity is one alone from now on.</summary>
    public async Task<LinkOutcome> UnlinkAsync(IRecordSession session, PersonId person, PersonId by, string origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var links = await session.Links.OfAsync([person], cancellationToken);
        if (links.Count == 0)
        {
            return new LinkRefused($"{person} is linked with nobody; nothing changed.");
        }

        // Who is left alone needs no link either.
        foreach (var link in links.Where(link => link.Person.Id == person || links.Count == 2))
        {
            await session.Links.RemoveAsync(link.Person.Id, cancellationToken);
        }

        await session.LinkCodes.ForgetAsync(person, cancellationToken);
        var others = string.Join(", ", links.Where(link => link.Person.Id != person).Select(link => link.Person.Id));
        await NoteAsync(session, "person.unlinked", person, by, $"is no longer one person with {others}", origin, cancellationToken);
        await session.Posts.RefreshAsync(LinkCard.SubjectOf(links[0].Human), cancellationToken);
        return new LinkEnded(person);
    }

    internal Task NoteAsync(IRecordSession session, string action, PersonId person, PersonId by, string detail, string origin, CancellationToken cancellationToken) =>
        session.Audit.AppendAsync(new AuditEvent(clock.GetUtcNow(), by, action, SubjectOf(person), AuditEvent.Fit(detail), origin), cancellationToken);

    private static async Task TellAsync(
        IRecordSession session, string human, IReadOnlyCollection<PersonId> people, IReadOnlyCollection<ChannelRef> besides, CancellationToken cancellationToken)
    {
        var chats = (await session.People.FindAsync(people, cancellationToken)).Select(person => person.Direct).OfType<ChannelRef>();
        foreach (var chat in chats.Concat(besides).Distinct())
        {
            await session.Posts.WantAsync(chat, LinkCard.SubjectOf(human), null, cancellationToken);
        }
    }

    private static string SubjectOf(PersonId person) => $"person/{person}" is var subject && subject.Length <= 200 ? subject : $"{subject[..199]}…";
}
