using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>
/// Makes up for what nobody told: Slack does not keep for long what happens to the bot's channels while it is not running, and over
/// sockets not at all. Slack's list of them says what became of it.
/// </summary>
/// <remarks>The list holds public and private channels; chats of several people are seen once somebody writes there.</remarks>
internal sealed partial class Reconciliation(
    ISlackApi api, IRecord record, IConversation conversation, Acquaintances acquaintances, ILogger<Reconciliation> logger)
{
    private const string Removed = "PatchBot was removed from the channel, or it is gone, while PatchBot was not running.";

    /// <summary>
    /// Compares one workspace with the record. Done by several processes at once, it changes what one of them would; broken off, it can
    /// be done again: what was made up for differs no more.
    /// </summary>
    /// <exception cref="DeliveryException">Slack did not tell the whole list; nothing was changed.</exception>
    /// <exception cref="DeliveryPostponedException">The limits leave no room for the list, or for the rest of the questions.</exception>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task CompareAsync(SlackWorkspace workspace, CancellationToken cancellationToken)
    {
        var madeUp = new List<ChatEvent>();
        try
        {
            await foreach (var happened in MissedAsync(workspace, cancellationToken))
            {
                acquaintances.Forget(happened.Channel);
                await conversation.HandleAsync(happened, cancellationToken);
                madeUp.Add(happened);
            }
        }
        finally
        {
            if (madeUp.Count > 0)
            {
                var opened = madeUp.OfType<ChannelOpened>().ToLookup(one => one.Greets);
                LogMadeUp(workspace.Id, opened[true].Count(), opened[false].Count(), madeUp.OfType<ChannelClosed>().Count(), madeUp.OfType<ChannelRenamed>().Count());
            }
        }
    }

    private async IAsyncEnumerable<ChatEvent> MissedAsync(SlackWorkspace workspace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Whole before anything follows from it. One that changes while it is turned over may show a channel twice.
        var listed = await api.OwnConversationsAsync(workspace.Id, cancellationToken)
            .Where(one => SlackIds.IsOne(one.Id) && !one.IsDirect && !one.IsArchived)
            .DistinctBy(one => one.Id)
            .ToDictionaryAsync(one => one.Id, cancellationToken: cancellationToken);
        var known = (await record.ReadAsync((session, token) => session.Channels.ListAsync(SlackOptions.Platform, token), cancellationToken))
            .ToDictionary(channel => channel.Ref.Id);
        var comparison = Guid.NewGuid();
        foreach (var one in listed.Values)
        {
            if (Missed(workspace, one, known.GetValueOrDefault(one.Id), DeliveryKeys.Comparison(comparison, one.Id)) is { } happened)
            {
                yield return happened;
            }
        }

        foreach (var channel in known.Values.Where(channel => IsOpenAt(workspace, channel) && !listed.ContainsKey(channel.Ref.Id)))
        {
            if (await WhyClosedAsync(workspace, channel, cancellationToken) is { } why)
            {
                yield return new ChannelClosed(channel.Ref, Person.Bot, DeliveryKeys.Comparison(comparison, channel.Ref.Id), why);
            }
        }
    }

    private static ChatEvent? Missed(SlackWorkspace workspace, SlackConversation one, Channel? known, string key)
    {
        var (channel, name) = (new ChannelRef(SlackOptions.Platform, one.Id), ChannelNames.Clean(one.Name));
        var address = new ConversationAddress(workspace.Id, one.IsGroup ? ConversationKind.Group : ConversationKind.Channel).Write();
        return known switch
        {
            null => new ChannelOpened(channel, Person.Bot, key, name, address, Alone: false, Greets: true),

            // A shared channel that another installation reaches is that one's matter.
            _ when ConversationAddress.Read(known.Address) is { } kept && kept.Workspace != workspace.Id => null,

            // A member all along, and not allowed to post: at each start it would be tried, stopped and told to the admins again.
            { State: ChannelState.Stopped } when SlackFault.IsPolicy(known.StoppedWhy) => null,
            { State: ChannelState.Stopped } => new ChannelOpened(channel, Person.Bot, key, name, address, Alone: false, Greets: false),
            _ when name.Length > 0 && known.Name != name => new ChannelRenamed(channel, Person.Bot, key, name),
            _ => null,
        };
    }

    private static bool IsOpenAt(SlackWorkspace workspace, Channel channel) =>
        channel.State == ChannelState.Active && ConversationAddress.Read(channel.Address) == new ConversationAddress(workspace.Id, ConversationKind.Channel);

    /// <summary>Asks for the one channel: it may have been opened since the list was read, or be a chat that no list holds.</summary>
    /// <returns><see langword="null"/> when it goes on.</returns>
    private async Task<string?> WhyClosedAsync(SlackWorkspace workspace, Channel channel, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ConversationAsync(workspace.Id, channel.Ref.Id, cancellationToken) switch
            {
                { IsGroup: true } => null,
                { IsArchived: true } => ChannelTurns.Archived,
                { IsMember: true } => null,
                _ => Removed,
            };
        }
        catch (DeliveryException)
        {
            // Not known, such as of a chat that the bot has no right to look at: it shows when the bot writes there.
            return null;
        }
    }

    [LoggerMessage(7225, LogLevel.Information,
        "While the bot was not running in workspace {Workspace}: asked into {Invited} channels, back in {Back}, out of {Closed}; {Renamed} were renamed")]
    private partial void LogMadeUp(string workspace, int invited, int back, int closed, int renamed);
}
