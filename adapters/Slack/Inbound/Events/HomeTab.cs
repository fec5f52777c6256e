using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;
using PatchBot.Core.Conversation.Overviews;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>A person's own page in Slack, drawn each time they open it.</summary>
internal sealed class HomeTab(IHome home, ISlackApi api, Acquaintances acquaintances, PersonNames names, BackgroundTurns background)
{
    private static readonly ChatCard Away = new()
    {
        Title = "PatchBot",
        Summary = "The database does not answer.",
        Tone = Tone.Warning,
        Body = [new TextBlock("The database does not answer, so nothing can be shown here. Open this page again shortly.")],
    };

    /// <summary>Nothing of it has to be recorded before Slack is answered.</summary>
    public void Opened(Delivered delivered) => background.Run("a Home tab on Slack", () => OpenedAsync(delivered));

    private async Task OpenedAsync(Delivered delivered)
    {
        var told = delivered.Event;
        if (!SlackIds.IsOne(told.User))
        {
            return;
        }

        var id = delivered.PersonOf(told.User, told.UserTeam ?? told.Team);
        var person = new Person(id, await names.OfAsync(delivered.Workspace, id, told.User, told.User));
        if (told.Tab == "home")
        {
            await PublishAsync(delivered.Workspace, person, told.User);
        }

        // The event names the chat with the person alone, so that they can be written to before they have said a word.
        if (told.Channel is { Id: { } chat } && SlackIds.IsOne(chat))
        {
            var scene = new Scene(delivered.Workspace, new ChannelRef(SlackOptions.Platform, chat), ConversationKind.Direct, person, told.User);
            await acquaintances.MeetAsync(scene, "", CancellationToken.None);
        }
    }

    private async Task PublishAsync(SlackWorkspace workspace, Person person, string user)
    {
        ChatCard card;
        try
        {
            card = await home.DrawAsync(person, CancellationToken.None);
        }
        catch (RecordUnavailableException)
        {
            card = Away;
        }

        await api.PublishHomeAsync(workspace.Id, user, BlockKitRenderer.Home(card, new BlockKitOptions()), CancellationToken.None);
    }
}
