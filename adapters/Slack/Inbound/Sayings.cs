using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Cards;
using PatchBot.Cards.BlockKit;

namespace PatchBot.Adapters.Slack.Inbound;

/// <summary>What the bot says in a turn, as messages that are no posts.</summary>
internal static class Sayings
{
    public static SlackMessage Of(string text)
    {
        var said = Mrkdwn.Escape(CleanText.Lines(text));
        return new SlackMessage(said, default) { PlainText = said };
    }

    public static SlackMessage Of(ChatCard card) => SlackCards.Reply(card);

    /// <summary>A form behind a button, for where no modal could be opened at once.</summary>
    public static SlackMessage Of(CardForm form) => Of(new ChatCard
    {
        Title = form.Heading,
        Summary = "Press the button to fill it in.",
        Body = [new TextBlock("Press the button to fill it in.")],
        Actions = [new FormAction(form.Heading.Length <= 75 ? form.Heading : "Open the form", form, ActionStyle.Primary)],
    });
}
