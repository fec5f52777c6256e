using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Interactions;

/// <summary>Who acted in an interaction, and through whose installation; where that happened is told with it.</summary>
internal sealed class Actors(IWorkspaces workspaces, ISlackApi api, IRecord record, Acquaintances acquaintances, PersonNames names)
{
    /// <param name="channel">Where it happened; <see langword="null"/> outside of any conversation, which leads to the chat with the person.</param>
    /// <returns><see langword="null"/> when it does not say who, nobody installed the bot there, or there is no way to the person.</returns>
    /// <exception cref="RecordUnavailableException">It cannot be known now.</exception>
    public async ValueTask<Scene?> SceneAsync(Interaction told, string? channel, CancellationToken cancellationToken)
    {
        if (!SlackIds.IsOne(told.User?.Id) || (channel is not null && !SlackIds.IsOne(channel)))
        {
            return null;
        }

        ChannelRef? place = channel is null ? null : new ChannelRef(SlackOptions.Platform, channel);
        var known = place is { } where ? await acquaintances.AddressOfAsync(where, cancellationToken) : null;
        if (known is null && told is { Container: null, Channel.Name: ChannelNames.DirectMessage })
        {
            // Commands and shortcuts are at hand where two people talk without the bot; there it cannot say anything.
            place = null;
        }

        if (await WorkspaceAsync(told, known, cancellationToken) is not { } workspace)
        {
            return null;
        }

        var user = told.User.Id;
        var home = SlackIds.IsOne(told.Team?.Id) ? told.Team.Id : workspace.Id;
        var person = PersonId.Of(SlackOptions.Platform, SlackIds.TenantOf(told.User.TeamId, home, told.Enterprise?.Id, shared: true), user);
        var kind = known?.Kind ?? (place is null || told.Channel?.Name == ChannelNames.DirectMessage ? ConversationKind.Direct : ConversationKind.Channel);
        place ??= await DirectAsync(workspace, person, user, cancellationToken);
        if (place is not { } here)
        {
            return null;
        }

        var by = new Person(person, await names.OfAsync(workspace, person, user, told.User.Name is { Length: > 0 } handle ? handle : user));
        return new Scene(workspace, here, kind, by, user)
        {
            Trigger = SlackIds.IsOne(told.TriggerId) ? told.TriggerId : null,
            ResponseUrl = Uri.TryCreate(told.ResponseUrl, UriKind.Absolute, out var url) ? url : null,
        };
    }

    // People of other organisations act in a shared channel through their own workspace; the installation is the channel's.
    private async ValueTask<SlackWorkspace?> WorkspaceAsync(Interaction told, ConversationAddress? known, CancellationToken cancellationToken) =>
        await workspaces.OfAsync(told.Team?.Id, told.Enterprise?.Id, cancellationToken)
            ?? (known is null ? null : await workspaces.OfAsync(known.Workspace, known.Workspace, cancellationToken));

    private async Task<ChannelRef?> DirectAsync(SlackWorkspace workspace, PersonId person, string user, CancellationToken cancellationToken)
    {
        if (await record.ReadAsync((session, token) => session.People.FindAsync([person], token), cancellationToken) is [{ Direct: { } open }])
        {
            return open;
        }

        try
        {
            return await api.OpenDirectAsync(workspace.Id, user, cancellationToken) is { } chat ? new ChannelRef(SlackOptions.Platform, chat) : null;
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            return null;
        }
    }
}
