using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack.Inbound.Interactions;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Exports;

namespace PatchBot.Adapters.Slack.Inbound;

/// <summary>
/// Says in the chat what came of a turn: to everyone in the thread, or to the person alone, by the most private way that
/// works there. Cards that everyone sees are brought up to date by the delivery, never from here.
/// </summary>
internal sealed partial class Answering(ISlackApi api, TimeProvider clock, ILogger<Answering> logger)
{
    private const string NotInPrivate = "I could not answer you in private here. Write to me in a chat of our own.";

    // Someone waits for it, but it is better late than not said.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SparingLog<string> sparing = new(clock);

    /// <param name="post">The post whose card was pressed.</param>
    public Task GiveAsync(Scene scene, Answer answer, CancellationToken cancellationToken, long? post = null) => answer switch
    {
        ReplyAnswer reply when scene.IsPrivate => TellAsync(scene, Sayings.Of(reply.Card), cancellationToken),
        ReplyAnswer { File: { } file } reply => HandOverAsync(scene, reply.Card, file, cancellationToken),
        ReplyAnswer reply => ReplyAsync(scene, Sayings.Of(reply.Card), cancellationToken),
        NoticeAnswer notice => TellAsync(scene, notice.Text, cancellationToken),
        FormAnswer form => OfferAsync(scene, form.Form, post, cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>The card says what the file holds, also where Slack does not take the file.</summary>
    private async Task HandOverAsync(Scene scene, ChatCard card, Exported file, CancellationToken cancellationToken)
    {
        await ReplyAsync(scene, Sayings.Of(card), cancellationToken);
        await api.UploadAsync(
            scene.Workspace.Id, scene.Channel.Id, scene.ThreadOfAnswer, file.FileName, file.Title, file.Content, cancellationToken);
    }

    /// <summary>Opens a form for the person; where that is not possible any more, a button opens it.</summary>
    public async Task OfferAsync(Scene scene, CardForm form, long? post, CancellationToken cancellationToken)
    {
        if (!await OpenedAsync(scene, Modals.Form(form, OpenedFrom.Of(scene, form, post)), cancellationToken))
        {
            await TellAsync(scene, Sayings.Of(form), cancellationToken);
        }
    }

    /// <summary>Shows something to the person in a modal, else as a message.</summary>
    public async Task ShowAsync(Scene scene, ReadOnlyMemory<byte> view, SlackMessage otherwise, CancellationToken cancellationToken)
    {
        if (!await OpenedAsync(scene, view, cancellationToken))
        {
            await TellAsync(scene, otherwise, cancellationToken);
        }
    }

    /// <summary>Shows something in a modal that is open.</summary>
    /// <returns><see langword="false"/> when it is not open any more.</returns>
    public Task<bool> ShownInAsync(Scene scene, string view, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        TriedAsync(scene, () => api.UpdateViewAsync(scene.Workspace.Id, view, null, content, cancellationToken));

    public Task TellAsync(Scene scene, string text, CancellationToken cancellationToken) => TellAsync(scene, Sayings.Of(text), cancellationToken);

    /// <summary>
    /// For the person alone: where they are looking, else in the chat with the person; only where neither is possible, aloud,
    /// and then nothing of what was asked in private.
    /// </summary>
    private async Task TellAsync(Scene scene, SlackMessage message, CancellationToken cancellationToken)
    {
        if (scene.Kind == ConversationKind.Direct)
        {
            await api.PostAsync(scene.Workspace.Id, scene.Channel.Id, scene.Thread, message, Patience, cancellationToken);
            return;
        }

        foreach (var way in Ways(scene, message, cancellationToken))
        {
            if (await TriedAsync(scene, way))
            {
                return;
            }
        }

        if (!api.MayPost(scene.Workspace.Id, scene.Channel.Id, Patience))
        {
            LogNoRoom(scene);
            return;
        }

        if (scene.IsPrivate)
        {
            message = Sayings.Of(NotInPrivate);
        }

        await ReplyAsync(scene, message with { Text = $"<@{scene.User}> {message.Text}" }, cancellationToken);
    }

    private IEnumerable<Func<Task<bool>>> Ways(Scene scene, SlackMessage message, CancellationToken cancellationToken)
    {
        // What comes back at the address is shown in the channel itself, where nobody in a thread would look for it.
        if (scene is { ResponseUrl: { } url, Thread: null })
        {
            yield return () => api.RespondAsync(url, message, cancellationToken);
        }

        if (api.MayWhisper(scene.Workspace.Id))
        {
            yield return () => api.WhisperAsync(scene.Workspace.Id, scene.Channel.Id, scene.Thread, scene.User, message, cancellationToken);
        }

        if (scene is { ResponseUrl: { } late, Thread: not null })
        {
            yield return () => api.RespondAsync(late, message, cancellationToken);
        }

        if (api.MayOpenDirect(scene.Workspace.Id))
        {
            yield return () => TellAloneAsync(scene, message, cancellationToken);
        }
    }

    private async Task<bool> TellAloneAsync(Scene scene, SlackMessage message, CancellationToken cancellationToken)
    {
        if (await api.OpenDirectAsync(scene.Workspace.Id, scene.User, cancellationToken) is not { } chat)
        {
            return false;
        }

        await api.PostAsync(scene.Workspace.Id, chat, null, message, Patience, cancellationToken);
        return true;
    }

    private async Task<bool> OpenedAsync(Scene scene, ReadOnlyMemory<byte> view, CancellationToken cancellationToken) =>
        scene.Trigger is { } trigger && await TriedAsync(scene, () => api.OpenViewAsync(scene.Workspace.Id, trigger, view, cancellationToken));

    // One way that fails leaves the next: an answer that somebody waits for must not be lost with it.
    private async Task<bool> TriedAsync(Scene scene, Func<Task<bool>> way)
    {
        try
        {
            return await way();
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            LogNotAlone(scene.By.Id.Value, fault.Message);
            return false;
        }
    }

    private Task<string> ReplyAsync(Scene scene, SlackMessage message, CancellationToken cancellationToken) =>
        api.PostAsync(scene.Workspace.Id, scene.Channel.Id, scene.ThreadOfAnswer, message, Patience, cancellationToken);

    private void LogNoRoom(Scene scene)
    {
        if (sparing.MayWrite(scene.Workspace.Id, out var silent))
        {
            LogNoRoom(scene.By.Id.Value, scene.Channel.Id, silent);
        }
    }

    [LoggerMessage(7212, LogLevel.Warning, "{Person} was not answered in conversation {Channel}: Slack's limits leave no room; what was recorded stands ({Silent} more like it since the last line)")]
    private partial void LogNoRoom(string person, string channel, int silent);

    [LoggerMessage(7211, LogLevel.Debug, "One way to answer {Person} alone failed, so the next is tried: {Reason}")]
    private partial void LogNotAlone(string person, string reason);
}
