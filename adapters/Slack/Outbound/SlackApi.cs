using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Adapters.Wire;
using PatchBot.Cards.BlockKit;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Slack.Outbound;

/// <inheritdoc cref="ISlackApi"/>
internal sealed partial class SlackApi : ISlackApi, IDisposable
{
    // Asked for by people's doing or in the background: nobody holds a channel meanwhile.
    internal static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(10);

    // Someone is waiting for the answer to a press; a modal's trigger is good for three seconds.
    internal static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(2);

    private readonly WireHttp http;
    private readonly SlackHosts hosts;
    private readonly SlackLine line;
    private readonly PostSearch search;
    private readonly FileUpload files;
    private readonly SlackFacts facts;
    private readonly bool classic;
    private readonly ILogger<SlackApi> logger;

    public SlackApi(IWorkspaces workspaces, IOptions<SlackOptions> options, IHostEnvironment environment, TimeProvider clock, ILogger<SlackApi> logger)
        : this(workspaces, options, environment, clock, logger, longestCall: null)
    {
    }

    /// <param name="longestCall">Another <see cref="SlackLine.LongestCall"/>.</param>
    internal SlackApi(
        IWorkspaces workspaces, IOptions<SlackOptions> options, IHostEnvironment environment, TimeProvider clock, ILogger<SlackApi> logger, TimeSpan? longestCall)
    {
        this.logger = logger;
        classic = options.Value.ClassicBlocks;
        http = new WireHttp(clock);
        hosts = new SlackHosts(options, environment);
        line = new SlackLine(workspaces, hosts, new SlackLimits(options.Value.Processes, clock), http, longestCall ?? SlackLine.LongestCall, clock, logger);
        search = new PostSearch(line, workspaces, logger);
        files = new FileUpload(line, hosts);
        facts = new SlackFacts(line, clock);
    }

    public void Dispose() => http.Dispose();

    public async Task<string> PostAsync(
        string workspace, string channel, string? thread, SlackMessage message, TimeSpan patience, CancellationToken cancellationToken)
    {
        var answer = await ShowAsync(
            message,
            content => new SlackCall(SlackMethod.PostMessage, workspace, channel, "a message") { Body = SlackBody.New(channel, thread, content) },
            patience,
            cancellationToken);
        return answer.Ts is { Length: > 0 } ts
            ? ts
            : throw new DeliveryException("Slack took a message and did not say which it became; it is looked for.", permanent: false, uncertain: true);
    }

    public bool MayPost(string workspace, string channel, TimeSpan patience) =>
        line.HasRoom(SlackMethod.PostMessage, workspace, channel, patience);

    public bool MayWhisper(string workspace) => line.HasRoom(SlackMethod.PostEphemeral, workspace, "", TurnPatience);

    public bool MayOpenDirect(string workspace) => line.HasRoom(SlackMethod.OpenConversation, workspace, "", ListPatience);

    public Task UpdateAsync(
        string workspace, string channel, string message, SlackMessage content, TimeSpan patience, CancellationToken cancellationToken) => ShowAsync(
            content,
            shown => new SlackCall(SlackMethod.Update, workspace, channel, $"the edit of {message}") { Body = SlackBody.Edit(channel, message, shown) },
            patience,
            cancellationToken);

    public Task DeleteAsync(string workspace, string channel, string message, TimeSpan patience, CancellationToken cancellationToken) => line.CallAsync(
        new SlackCall(SlackMethod.Delete, workspace, channel, $"the deletion of {message}") { Body = SlackBody.Fields(("channel", channel), ("ts", message)) },
        SlackShapes.Default.SlackAnswer,
        patience,
        cancellationToken,
        "message_not_found");

    public async Task<bool> WhisperAsync(
        string workspace, string channel, string? thread, string user, SlackMessage message, CancellationToken cancellationToken)
    {
        var answer = await ShowAsync(
            message,
            content => new SlackCall(SlackMethod.PostEphemeral, workspace, channel, "a message for one member") { Body = SlackBody.New(channel, thread, content, user) },
            TurnPatience,
            cancellationToken,
            "user_not_in_channel", "not_in_channel", "channel_not_found", "is_archived", "messages_tab_disabled");
        return answer.Ok;
    }

    public async Task<bool> RespondAsync(Uri responseUrl, SlackMessage message, CancellationToken cancellationToken)
    {
        if (!hosts.MayRespondAt(responseUrl))
        {
            LogForeignAddress(responseUrl.IsAbsoluteUri ? responseUrl.Host : "");
            return false;
        }

        // What cannot be shown in blocks is said in words, once.
        var reply = await RespondOnceAsync(responseUrl, message, cancellationToken);
        if (reply.Status == 400 && Plain(message) is { } plain)
        {
            LogPlain("an answer", "", "", $"{reply.Status}", "");
            reply = await RespondOnceAsync(responseUrl, plain, cancellationToken);
        }

        return reply.Status switch
        {
            >= 200 and < 300 => true,

            // Expired after half an hour, or used five times.
            403 or 404 or 410 => false,
            _ => throw new DeliveryException($"Slack did not take an answer ({reply.Status}); say it another way.", permanent: false),
        };
    }

    public async Task<string?> OpenDirectAsync(string workspace, string user, CancellationToken cancellationToken)
    {
        var answer = await line.CallAsync(
            new SlackCall(SlackMethod.OpenConversation, workspace, "", $"the opening of a chat with {user}") { Body = SlackBody.Fields(("users", user)) },
            SlackShapes.Default.ConversationAnswer,
            ListPatience,
            cancellationToken,
            "user_not_found", "users_not_found", "user_disabled", "user_not_visible", "cannot_dm_bot", "invalid_user_combination");
        return answer.Ok && answer.Channel?.Id is { Length: > 0 } id ? id : null;
    }

    public async Task<bool> OpenViewAsync(string workspace, string trigger, ReadOnlyMemory<byte> view, CancellationToken cancellationToken)
    {
        var answer = await line.CallAsync(
            new SlackCall(SlackMethod.OpenView, workspace, "", "a modal") { Body = SlackBody.View(Drawn(view), ("trigger_id", trigger)) },
            SlackShapes.Default.SlackAnswer,
            TurnPatience,
            cancellationToken,
            "trigger_expired", "expired_trigger_id", "trigger_exchanged", "exchanged_trigger_id", "invalid_trigger", "invalid_trigger_id");
        return answer.Ok;
    }

    public async Task<bool> UpdateViewAsync(string workspace, string view, string? hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var answer = await line.CallAsync(
            new SlackCall(SlackMethod.UpdateView, workspace, "", $"the change of modal {view}") { Body = hash is null ? SlackBody.View(Drawn(content), ("view_id", view)) : SlackBody.View(Drawn(content), ("view_id", view), ("hash", hash)) },
            SlackShapes.Default.SlackAnswer,
            TurnPatience,
            cancellationToken,
            "hash_conflict", "not_found", "view_not_found");
        return answer.Ok;
    }

    public Task PublishHomeAsync(string workspace, string user, ReadOnlyMemory<byte> view, CancellationToken cancellationToken) => line.CallAsync(
        new SlackCall(SlackMethod.PublishView, workspace, "", $"the Home tab of {user}") { Body = SlackBody.View(Drawn(view), ("user_id", user)) },
        SlackShapes.Default.SlackAnswer,
        ListPatience,
        cancellationToken);

    public Task<Uri?> PermalinkAsync(string workspace, string channel, string message, CancellationToken cancellationToken) =>
        facts.PermalinkAsync(workspace, channel, message, cancellationToken);

    public Task<IReadOnlyList<FoundPost>> FindPostsAsync(
        string workspace, string channel, string? thread, long postId, DateTimeOffset after, TimeSpan patience, CancellationToken cancellationToken) =>
        search.FindAsync(workspace, channel, thread, postId, after, patience, cancellationToken);

    public Task<MessagePage> HistoryAsync(string workspace, string channel, string after, string? page, CancellationToken cancellationToken) =>
        facts.MessagesAsync(workspace, channel, null, after, page, cancellationToken);

    public Task<MessagePage> RepliesAsync(string workspace, string channel, string thread, string after, string? page, CancellationToken cancellationToken) =>
        facts.MessagesAsync(workspace, channel, thread, after, page, cancellationToken);

    public Task<SlackUser?> UserAsync(string workspace, string user, CancellationToken cancellationToken) => facts.UserAsync(workspace, user, cancellationToken);

    public Task<IReadOnlyList<string>> GroupMembersAsync(string workspace, string group, CancellationToken cancellationToken) =>
        facts.GroupMembersAsync(workspace, group, cancellationToken);

    public Task<SlackConversation?> ConversationAsync(string workspace, string channel, CancellationToken cancellationToken) =>
        facts.ConversationAsync(workspace, channel, cancellationToken);

    public IAsyncEnumerable<SlackConversation> OwnConversationsAsync(string workspace, CancellationToken cancellationToken) =>
        facts.OwnConversationsAsync(workspace, cancellationToken);

    public Task UploadAsync(
        string workspace, string channel, string? thread, string name, string title, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        files.SendAsync(workspace, channel, thread, name, title, content, ListPatience, cancellationToken);

    /// <summary>Sends a message as it is; where Slack does not take its form, as plain text, once.</summary>
    private async Task<MessageAnswer> ShowAsync(
        SlackMessage message, Func<SlackMessage, SlackCall> callOf, TimeSpan patience, CancellationToken cancellationToken, params IReadOnlyCollection<string> accepted)
    {
        message = Drawn(message);
        var call = callOf(message);
        if (Plain(message) is not { } plain)
        {
            return await line.CallAsync(call, SlackShapes.Default.MessageAnswer, patience, cancellationToken, accepted);
        }

        var answer = await line.CallAsync(call, SlackShapes.Default.MessageAnswer, patience, cancellationToken, [.. accepted, .. SlackFault.PayloadErrors]);
        if (answer.Ok || accepted.Contains(answer.Error))
        {
            return answer;
        }

        LogPlain(call.Subject, call.Workspace, call.Channel, answer.Error, string.Join("; ", SlackFault.DetailsOf(answer)));
        return await line.CallAsync(callOf(plain), SlackShapes.Default.MessageAnswer, patience, cancellationToken, accepted);
    }

    private async Task<WireAnswer> RespondOnceAsync(Uri address, SlackMessage message, CancellationToken cancellationToken) =>
        await line.SendAsync("an answer", new WireRequest(HttpMethod.Post, address) { Body = SlackBody.Response(Drawn(message)) }, cancellationToken);

    private SlackMessage Drawn(SlackMessage message) => classic && !message.Blocks.IsEmpty ? message with { Blocks = ClassicBlocks.Of(message.Blocks) } : message;

    private ReadOnlyMemory<byte> Drawn(ReadOnlyMemory<byte> view) => classic ? ClassicBlocks.Of(view) : view;

    private static SlackMessage? Plain(SlackMessage message) =>
        message.Blocks.IsEmpty || message.PlainText.Length == 0 ? null : message with { Text = message.PlainText, Blocks = default };

    [LoggerMessage(9343, LogLevel.Error, "Slack did not take the form of {Subject} in workspace {Workspace}, conversation {Channel}: {Error}. {Details} It is said in plain text instead")]
    private partial void LogPlain(string subject, string workspace, string channel, string? error, string details);

    [LoggerMessage(9344, LogLevel.Warning, "An answer was to go to {Host}, which is none of Slack:ResponseHosts; it was not sent")]
    private partial void LogForeignAddress(string host);
}
