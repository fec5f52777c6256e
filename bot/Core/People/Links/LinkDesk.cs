using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Core.People.Links;

/// <summary>
/// Links the identities of one human by one-time codes that are said on both sides, each in a chat with the bot alone: who has
/// one code, or talks a person into saying one, has not linked anything. Part of the caller's transaction.
/// </summary>
public sealed class LinkDesk(IdentityLinks links, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How many wrong codes a person may say in <see cref="GuessTime"/>.</summary>
    public const int MostGuesses = 5;

    public static readonly TimeSpan GuessTime = TimeSpan.FromMinutes(15);

    private const string NoCode = "That is no code that counts: it was used, replaced by a newer one, or mistyped. Nothing was linked. Write link for a new one.";

    /// <summary>Someone begins, in their chat with the bot alone. Codes that they had are worth nothing from now on.</summary>
    public async Task<LinkBegun> BeginAsync(IRecordSession session, Person by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        await session.LinkCodes.ForgetAsync(by.Id, cancellationToken);
        return new LinkBegun(await GiveAsync(session, by, null, cancellationToken));
    }

    /// <summary>Someone says a code in their chat with the bot alone.</summary>
    /// <param name="chat">That chat.</param>
    public async Task<LinkOutcome> SayAsync(IRecordSession session, Person by, ChannelRef chat, string code, string origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var now = clock.GetUtcNow();
        if (await session.LinkCodes.GuessesAsync(by.Id, now - GuessTime, cancellationToken) >= MostGuesses)
        {
            return new LinkRefused($"Too many wrong codes; nothing was looked up. Try again in {GuessTime.TotalMinutes:0} minutes.");
        }

        var found = await session.LinkCodes.TakeAsync(LinkCode.HashOf(code), cancellationToken);
        return found switch
        {
            null => await GuessedAsync(session, by, now, cancellationToken),
            _ when found.ExpiresAt <= now => new LinkRefused($"That code has expired; each counts for {Lifetime.TotalMinutes:0} minutes. Nothing was linked. Write link for a new one."),
            { Answered: null } => await AnswerAsync(session, by, chat, found, cancellationToken),
            { Answered: { } answered } => await ConfirmAsync(session, by, found, answered, now, origin, cancellationToken),
        };
    }

    /// <summary>A code was said where others read along.</summary>
    /// <returns><see langword="null"/> when it is none of the codes that are out.</returns>
    public async Task<LinkBurnt?> BurnAsync(IRecordSession session, Person by, string code, string origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (await session.LinkCodes.TakeAsync(LinkCode.HashOf(code), cancellationToken) is not { } burnt)
        {
            return null;
        }

        await links.NoteAsync(session, "person.code.burnt", burnt.By.Id, by.Id, "said where others read along", origin, cancellationToken);
        return new LinkBurnt();
    }

    private async Task<LinkOutcome> AnswerAsync(IRecordSession session, Person by, ChannelRef chat, LinkCode code, CancellationToken cancellationToken)
    {
        if (code.By.Id == by.Id)
        {
            await session.LinkCodes.AddAsync(code, cancellationToken);
            return new LinkRefused("That code is for your other platform: write it to me there, in our chat alone. Nothing was linked yet.");
        }

        return await IdentityLinks.RefusalAsync(session, code.By.Id, by.Id, cancellationToken)
            ?? (LinkOutcome)new LinkAnswered(await GiveAsync(session, code.By, new LinkAnswer(by, chat.Id), cancellationToken), code.By);
    }

    private async Task<LinkOutcome> ConfirmAsync(
        IRecordSession session, Person by, LinkCode code, LinkAnswer answered, DateTimeOffset now, string origin, CancellationToken cancellationToken)
    {
        if (code.By.Id == by.Id)
        {
            // Much may have changed since the first code was answered.
            return await IdentityLinks.RefusalAsync(session, by.Id, answered.By.Id, cancellationToken)
                ?? (LinkOutcome)await links.LinkAsync(
                    session, by, answered.By, by.Id, "by codes said on both sides", origin, cancellationToken,
                    new ChannelRef(answered.By.Id.Platform, answered.Channel));
        }

        if (answered.By.Id == by.Id)
        {
            await session.LinkCodes.AddAsync(code, cancellationToken);
            return new LinkRefused($"That code is for {code.By.Name} on {Platforms.TitleOf(code.By.Id.Platform)}: write it to me there, in our chat alone. Nothing was linked yet.");
        }

        // Whoever else has it should not: it is gone now.
        return await GuessedAsync(session, by, now, cancellationToken);
    }

    private static async Task<LinkRefused> GuessedAsync(IRecordSession session, Person by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await session.LinkCodes.AddGuessAsync(by.Id, now, cancellationToken);
        return new LinkRefused(NoCode);
    }

    private async Task<string> GiveAsync(IRecordSession session, Person begun, LinkAnswer? answered, CancellationToken cancellationToken)
    {
        var code = LinkCode.NewText();
        await session.LinkCodes.AddAsync(new LinkCode(LinkCode.HashOf(code), begun, answered, clock.GetUtcNow() + Lifetime), cancellationToken);
        return code;
    }
}
