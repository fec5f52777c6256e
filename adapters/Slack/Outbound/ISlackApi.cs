using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Slack.Outbound;

/// <summary>
/// Slack's Web API: one call each, for one installation of the app. Tokens, limits and repeated tries are its matter; what
/// it cannot deliver it throws. <c>workspace</c> is a <see cref="Install.SlackWorkspace.Id"/>, <c>patience</c> how long a
/// call may wait for room within Slack's limits before it gives up.
/// </summary>
/// <remarks><see href="https://docs.slack.dev/reference/methods"/></remarks>
internal interface ISlackApi
{
    /// <summary>Posts into a conversation, or into a thread of it.</summary>
    /// <param name="thread">The root's <c>ts</c>.</param>
    /// <returns>The message's <c>ts</c>.</returns>
    /// <exception cref="DeliveryException">It was refused or not answered.</exception>
    /// <exception cref="DeliveryPostponedException">The limits leave no room within <paramref name="patience"/>; nothing was sent.</exception>
    Task<string> PostAsync(string workspace, string channel, string? thread, SlackMessage message, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>
    /// Whether <see cref="PostAsync"/> would find room within <paramref name="patience"/>. Answers that would come too late
    /// are not begun: in a flood, refusing each by an exception costs more than the turn that it belongs to.
    /// </summary>
    bool MayPost(string workspace, string channel, TimeSpan patience);

    /// <summary>Replaces a message of the bot.</summary>
    /// <exception cref="MessageGoneException">There is no such message any more, or it can no longer be edited.</exception>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task UpdateAsync(string workspace, string channel, string message, SlackMessage content, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Deletes a message of the bot; one that is gone already is no fault.</summary>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task DeleteAsync(string workspace, string channel, string message, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Shows a message to one member alone (ephemeral); it cannot be edited.</summary>
    /// <returns><see langword="false"/> when the person is not in the conversation: say it another way.</returns>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task<bool> WhisperAsync(string workspace, string channel, string? thread, string user, SlackMessage message, CancellationToken cancellationToken);

    /// <summary>As <see cref="MayPost"/>, for <see cref="WhisperAsync"/>.</summary>
    bool MayWhisper(string workspace);

    /// <summary>Answers a press, command or shortcut at the address that came with it, for the person alone.</summary>
    /// <returns><see langword="false"/> when the address has expired, or is none of Slack's.</returns>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task<bool> RespondAsync(Uri responseUrl, SlackMessage message, CancellationToken cancellationToken);

    /// <summary>Opens the chat with one person, or finds the one that is open.</summary>
    /// <returns>Its channel id; <see langword="null"/> when the person cannot be written to.</returns>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task<string?> OpenDirectAsync(string workspace, string user, CancellationToken cancellationToken);

    /// <summary>As <see cref="MayPost"/>, for <see cref="OpenDirectAsync"/>.</summary>
    bool MayOpenDirect(string workspace);

    /// <summary>Opens a modal.</summary>
    /// <param name="trigger">Good once, for three seconds.</param>
    /// <param name="view">The view as UTF-8 JSON.</param>
    /// <returns><see langword="false"/> when the trigger has expired or was used: offer the form another way.</returns>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task<bool> OpenViewAsync(string workspace, string trigger, ReadOnlyMemory<byte> view, CancellationToken cancellationToken);

    /// <summary>Replaces an open modal.</summary>
    /// <param name="hash">The state that is to be replaced; <see langword="null"/> for whatever it shows.</param>
    /// <returns><see langword="false"/> when it was closed or changed meanwhile.</returns>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task<bool> UpdateViewAsync(string workspace, string view, string? hash, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Shows a person's Home tab.</summary>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task PublishHomeAsync(string workspace, string user, ReadOnlyMemory<byte> view, CancellationToken cancellationToken);

    /// <summary>An address by which people reach a message.</summary>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task<Uri?> PermalinkAsync(string workspace, string channel, string message, CancellationToken cancellationToken);

    /// <summary>The messages that show a post, found by their own metadata: for sendings whose answer was lost.</summary>
    /// <param name="thread">Looked for among its replies; <see langword="null"/>: among the conversation's messages.</param>
    /// <param name="after">Not older than that.</param>
    /// <returns>Newest first; more than one where it was sent twice.</returns>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task<IReadOnlyList<FoundPost>> FindPostsAsync(
        string workspace, string channel, string? thread, long postId, DateTimeOffset after, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>What was said in a conversation, threads left out, page by page.</summary>
    /// <param name="after">Newer than this <c>ts</c>.</param>
    /// <param name="page">See <see cref="MessagePage.Next"/>; <see langword="null"/> for the first.</param>
    /// <returns>Newest first.</returns>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task<MessagePage> HistoryAsync(string workspace, string channel, string after, string? page, CancellationToken cancellationToken);

    /// <summary>What was said in a thread, page by page.</summary>
    /// <returns>Oldest first, and the root before them, however old it is; nothing when there is no such thread any more.</returns>
    /// <inheritdoc cref="HistoryAsync"/>
    Task<MessagePage> RepliesAsync(string workspace, string channel, string thread, string after, string? page, CancellationToken cancellationToken);

    /// <summary>A person as the workspace shows them; asked for rarely, since it is kept for a while.</summary>
    /// <returns><see langword="null"/> when there is nobody of that id.</returns>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task<SlackUser?> UserAsync(string workspace, string user, CancellationToken cancellationToken);

    /// <summary>The user ids of a user group.</summary>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task<IReadOnlyList<string>> GroupMembersAsync(string workspace, string group, CancellationToken cancellationToken);

    /// <summary>A conversation as the workspace shows it.</summary>
    /// <returns><see langword="null"/> when the bot cannot see it.</returns>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task<SlackConversation?> ConversationAsync(string workspace, string channel, CancellationToken cancellationToken);

    /// <summary>The conversations that the bot is in, page by page.</summary>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    IAsyncEnumerable<SlackConversation> OwnConversationsAsync(string workspace, CancellationToken cancellationToken);

    /// <summary>Shares a file in a conversation or thread.</summary>
    /// <param name="name">With its ending, such as <c>open-patches.csv</c>.</param>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    Task UploadAsync(string workspace, string channel, string? thread, string name, string title, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}

/// <summary>A message to send.</summary>
/// <param name="Text">What notifications show and screen readers read; escaped, since Slack formats it.</param>
/// <param name="Blocks">The blocks as a UTF-8 JSON array; empty for a text alone.</param>
/// <param name="PostId">The post that it shows, carried as the message's metadata; <see langword="null"/> for a message that is no post.</param>
internal sealed record SlackMessage(string Text, ReadOnlyMemory<byte> Blocks, long? PostId = null)
{
    /// <summary>Sent once instead, when Slack does not take the blocks.</summary>
    public string PlainText { get; init; } = "";
}

/// <param name="Team">The workspace that the person belongs to.</param>
/// <param name="IsGuest">Restricted, or of another workspace.</param>
internal sealed record SlackUser(string Id, string Team, string Name, bool IsBot, bool IsDeleted, bool IsGuest, string? TimeZone);

internal sealed record SlackConversation(string Id, string Name, bool IsArchived, bool IsMember, bool IsDirect, bool IsGroup)
{
    /// <summary>People of other organisations are there too.</summary>
    public bool IsShared { get; init; }
}

/// <param name="Next">Asks for the page after it; <see langword="null"/> for the last.</param>
internal sealed record MessagePage(IReadOnlyList<SlackEvent> Messages, string? Next);

/// <summary>A message that shows a post.</summary>
/// <param name="HasReplies">People talked under it.</param>
internal readonly record struct FoundPost(string Ts, bool HasReplies);
