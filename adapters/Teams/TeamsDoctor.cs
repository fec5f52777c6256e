using Microsoft.Extensions.Options;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Core;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Adapters.Teams;

/// <summary>Whether the bot can be called by Teams and can call it, and whom and what of the settings Teams has shown to it.</summary>
internal sealed class TeamsDoctor(
    IOptions<TeamsOptions> options, IOptions<PeopleOptions> people, IRings rings, ITokenIssuer issuer, SigningKeys keys, IRecord record) : IDoctor
{
    private const int MostNamed = 10;

    // Nobody signs with it: what counts is that there are keys to look into.
    private const string NoKey = "doctor";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TeamsOptions options = options.Value;
    private readonly TeamsAddresses addresses = TeamsAddresses.Of(options.Value);

    public async Task<IReadOnlyList<Finding>> ExamineAsync(bool recordIsReadable, CancellationToken cancellationToken) =>
    [
        .. Settings(),
        .. options.AppId.Length > 0 ? [await TokenAsync(cancellationToken), await KeysAsync(cancellationToken)] : (IEnumerable<Finding>)[],
        .. recordIsReadable ? await record.ReadAsync(KnownAsync, cancellationToken) : [],
    ];

    private IEnumerable<Finding> Settings()
    {
        yield return options.AppId.Length > 0
            ? Finding.Ok($"Teams is on: bot {options.AppId} of tenant {options.TenantId}, cloud {options.Cloud}.")
            : Finding.Note("Teams is on for local emulators alone.", "For real teams, set Teams:AppId, Teams:TenantId and a credential.");
        if (options.AllowEmulator)
        {
            yield return Finding.Note(
                "The door for emulators is open: whoever runs a program on this machine can speak to the bot as anybody.", "Set Teams:AllowEmulator to false where real people use the bot.");
        }
    }

    private async Task<Finding> TokenAsync(CancellationToken cancellationToken)
    {
        if (TeamsSettingChecks.Credentials(options).FirstOrDefault() is { } fault)
        {
            return Finding.Fault($"{fault.Key} cannot be used, so the bot cannot serve Teams.", fault.Remedy);
        }

        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        inTime.CancelAfter(Patience);
        try
        {
            await issuer.RequestAsync(inTime.Token);
            return Finding.Ok($"{addresses.LoginAuthority.IdnHost} gives the bot a token.");
        }
        catch (DeliveryException refused) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Fault("The bot gets no token, so it cannot write in Teams.", refused.Message);
        }
    }

    private async Task<Finding> KeysAsync(CancellationToken cancellationToken)
    {
        var host = addresses.OpenIdMetadata.IdnHost;
        try
        {
            _ = await keys.FindAsync(NoKey, cancellationToken);
            return Finding.Ok($"The keys of Teams can be fetched from {host}.");
        }
        catch (KeysUnavailableException)
        {
            return Finding.Fault(
                $"The keys of Teams cannot be fetched from {host}, so every call of Teams is refused.", "Open the way there in proxy and firewall; see Teams:OpenIdMetadata and Teams:Cloud.");
        }
    }

    private async Task<IReadOnlyList<Finding>> KnownAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var channels = await session.Channels.ListAsync(TeamsOptions.Platform, cancellationToken);
        var shared = channels.Where(channel => ConversationAddress.Read(channel.Address) is not { Kind: ConversationKind.Personal }).ToList();
        return
        [
            shared.Count == 0
                ? Finding.Note("The bot is in no team or group chat yet.", "Write the app's package with: PatchBot teams-package. Then add the app to a team.")
                : Finding.Ok($"Known in Teams: {Some([.. shared.Select(Named)])}; chats with one person: {channels.Count - shared.Count}."),
            .. await StrangersAsync(session, cancellationToken),
            .. shared.Count == 0 ? [] : await UnfollowedAsync(session, cancellationToken),
        ];
    }

    private static string Named(Channel channel) => channel.State == ChannelState.Stopped ? $"{channel.Name} (stopped)" : channel.Name;

    private async Task<IReadOnlyList<Finding>> StrangersAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var named = people.Value.Admins.Select(person => (Person: new PersonId(person), Role: "admin"))
            .Concat(people.Value.Engineers.Where(person => person != PeopleOptions.Everyone).Select(person => (Person: new PersonId(person), Role: "engineer")))
            .Concat(rings.All.SelectMany(ring => ring.Approvers.Select(person => (Person: person, Role: "approver"))))
            .Where(known => known.Person.Platform == TeamsOptions.Platform)
            .ToLookup(known => known.Person, known => known.Role);
        var met = (await session.People.FindAsync([.. named.Select(person => person.Key)], cancellationToken))
            .Where(person => PersonAddress.Read(person.Address) is not null).Select(person => person.Id).ToHashSet();
        var strangers = named.Where(person => !met.Contains(person.Key)).Select(person => $"{person.Key} ({string.Join(", ", person.Distinct())})").ToList();
        return strangers.Count == 0 ? [] :
        [
            Finding.Note(
                $"People of the settings whom the bot has not met in Teams, so that neither private messages nor cards that keep up to date reach them: {Some(strangers)}.",
                "Each writes to the bot once, such as: help. Who has done so is named here with a wrong id: compare it, in lower case."),
        ];
    }

    private async Task<IReadOnlyList<Finding>> UnfollowedAsync(IRecordSession session, CancellationToken cancellationToken)
    {
        var followed = (await session.Channels.SubscriptionsAsync(cancellationToken))
            .Where(subscription => subscription.Channel.Platform == TeamsOptions.Platform && subscription.Topic == Topic.Patches)
            .Select(subscription => subscription.Ring).ToHashSet(StringComparer.Ordinal);
        var rest = rings.All.Select(ring => ring.Key).Where(ring => !followed.Contains(ring)).ToList();
        return rest.Count == 0 ? [] :
        [
            Finding.Note($"No channel in Teams follows {Some(rest)}, so these patches are not posted there.", $"An admin writes in a channel: @{options.Package.Name} follow patches of {rest[0]}"),
        ];
    }

    private static string Some(List<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
