using System.Globalization;
using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Cards.BlockKit;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Slack.Outbound;

/// <summary>
/// Looks for the message that shows a post. What a message says of itself proves nothing, since any app can write it: it
/// must be the bot's own, too.
/// </summary>
internal sealed partial class PostSearch(SlackLine line, IWorkspaces workspaces, ILogger<SlackApi> logger)
{
    // Slack recommends 200 and gives some apps 15.
    private const string PageSize = "200";

    private const int MostPages = 15;

    /// <returns>Newest first.</returns>
    public async Task<IReadOnlyList<FoundPost>> FindAsync(
        string workspace, string channel, string? thread, long postId, DateTimeOffset after, TimeSpan patience, CancellationToken cancellationToken)
    {
        var own = (await workspaces.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == workspace)
            ?? throw new DeliveryException($"The app is not installed in workspace {workspace} any more; install it again.", permanent: false);
        var found = new List<FoundPost>();
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var call = SlackCall.Asking(
                thread is null ? SlackMethod.History : SlackMethod.Replies, workspace, channel, "the look for a message",
                ("channel", channel), ("ts", thread), ("oldest", Ts(after)), ("include_all_metadata", "true"), ("limit", PageSize), ("cursor", cursor));

            // A root that is gone has no replies.
            var answer = await line.CallAsync(call, SlackShapes.Default.MessagesAnswer, patience, cancellationToken, "thread_not_found");
            foreach (var message in answer.Messages ?? [])
            {
                if (message is { Ts: { Length: > 0 } ts } && IsOwn(message, own) && BlockKitData.ReadMetadata(message.Metadata) == postId)
                {
                    found.Add(new FoundPost(ts, message.ReplyCount is > 0));
                }
            }

            // A conversation comes newest first; a thread comes oldest first, and is read to its end.
            if (answer.NextCursor is not { } next || (found.Count > 0 && thread is null))
            {
                return Sorted(found);
            }

            cursor = next;
        }

        if (found.Count == 0)
        {
            LogGaveUp(postId, channel, MostPages);
        }

        return Sorted(found);
    }

    private static IReadOnlyList<FoundPost> Sorted(List<FoundPost> found) => [.. found.OrderByDescending(post => post.Ts, StringComparer.Ordinal)];

    private static bool IsOwn(KeptMessage message, SlackWorkspace own) =>
        Same(message.BotId, own.Bot) || Same(message.User, own.BotUser) || Same(message.AppId, own.App);

    private static bool Same(string? told, string own) => own.Length > 0 && told == own;

    private static string Ts(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(9342, LogLevel.Warning, "The message of post {PostId} was not found among the latest of Slack conversation {Channel}: {Pages} pages were read. It is created, and may be there twice")]
    private partial void LogGaveUp(long postId, string channel, int pages);
}
