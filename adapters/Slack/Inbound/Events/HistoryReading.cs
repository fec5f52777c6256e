using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Adapters.Slack.Protocol;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>
/// Reads what a conversation and the threads below the bot's messages hold. It hurries nowhere: it takes half of what Slack
/// allows, and leaves the other half to whoever looks for a message that must not be sent twice.
/// </summary>
internal sealed partial class HistoryReading(ISlackApi api, IOptions<SlackOptions> options, TimeProvider clock, ILogger<HistoryReading> logger)
{
    /// <summary>Of a conversation, or of one thread: a hundred messages each.</summary>
    public const int MostPages = 20;

    private const int MostMessages = 5_000;

    /// <summary>Between two calls.</summary>
    public TimeSpan Pace { get; } = TimeSpan.FromMinutes(2.0 * options.Value.Processes / SlackMethod.History.PerMinute);

    /// <param name="after">Messages that are newer than this <c>ts</c>, and than the bot itself in that conversation.</param>
    /// <param name="rootsAfter">How far back the bot's own messages are looked at for newer replies.</param>
    /// <returns>Oldest first.</returns>
    /// <inheritdoc cref="ISlackApi.HistoryAsync" path="/exception"/>
    public async Task<IReadOnlyList<SlackEvent>> ReadAsync(
        SlackWorkspace workspace, string channel, string after, string rootsAfter, CancellationToken cancellationToken)
    {
        var (found, threads) = (new List<SlackEvent>(), new List<string>());
        await foreach (var message in PagesAsync((page, token) => api.HistoryAsync(workspace.Id, channel, rootsAfter, page, token), channel, cancellationToken))
        {
            // What was said before the bot was asked in was not said to it.
            after = IsOwnArrival(message, workspace) && SlackTs.IsNewer(message.Ts, after) ? message.Ts! : after;
            if (SlackTs.IsNewer(message.Ts, after))
            {
                found.Add(message);
            }

            if (SlackIds.IsOne(message.Ts) && SlackTs.IsNewer(message.LatestReply, after) && Concerns(message, workspace))
            {
                threads.Add(message.Ts);
            }
        }

        foreach (var thread in threads)
        {
            if (found.Count >= MostMessages)
            {
                LogCutOff(channel, MostPages, MostMessages);
                break;
            }

            await foreach (var reply in PagesAsync((page, token) => api.RepliesAsync(workspace.Id, channel, thread, after, page, token), channel, cancellationToken))
            {
                if (reply.Ts != thread && SlackTs.IsNewer(reply.Ts, after))
                {
                    found.Add(reply);
                }
            }
        }

        return [.. found.DistinctBy(message => message.Ts).OrderBy(message => message.Ts, StringComparer.Ordinal)];
    }

    private async IAsyncEnumerable<SlackEvent> PagesAsync(
        Func<string?, CancellationToken, Task<MessagePage>> read, string channel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        for (var number = 0; number < MostPages; number++)
        {
            await Task.Delay(Pace, clock, cancellationToken);
            var page = await read(next, cancellationToken);
            foreach (var message in page.Messages)
            {
                yield return message;
            }

            if (page.Next is null)
            {
                yield break;
            }

            next = page.Next;
        }

        LogCutOff(channel, MostPages, MostMessages);
    }

    // Where the bot spoke or was spoken to; other threads are people's own.
    private static bool Concerns(SlackEvent root, SlackWorkspace workspace) =>
        root.User == workspace.BotUser || (workspace.Bot.Length > 0 && root.BotId == workspace.Bot) || Mentions.Of(root.Text ?? "", workspace.BotUser);

    private static bool IsOwnArrival(SlackEvent message, SlackWorkspace workspace) =>
        message.Subtype is "channel_join" or "group_join" && message.User == workspace.BotUser;

    [LoggerMessage(7229, LogLevel.Information,
        "Not all of Slack conversation {Channel} was read that may hold what was written while the bot did not listen: at most {Pages} pages of it and of each thread, and about {Messages} messages, are")]
    private partial void LogCutOff(string channel, int pages, int messages);
}
