using PatchBot.Cards;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;

namespace PatchBot.Core.Conversation;

/// <summary>What goes out with a code: what it does, and to whom never to give it.</summary>
public static class LinkCodeCards
{
    private static readonly NoticeBlock Warning = new(
        Tone.Warning,
        "Keep it to yourself",
        ["Give it to nobody, and write me no code that somebody gave you: whoever is linked with you decides and tests in your name. I never ask for a code."]);

    public static ChatCard First(LinkBegun begun, Person by)
    {
        ArgumentNullException.ThrowIfNull(begun);
        ArgumentNullException.ThrowIfNull(by);
        return new ChatCard
        {
            Title = "Link your other identity",
            Summary = $"A code for your other platform; it counts for {LinkDesk.Lifetime.TotalMinutes:0} minutes.",
            Body =
            [
                new TextBlock($"Here you are {by.Name} on {Platforms.TitleOf(by.Id.Platform)}. Go to your other platform and write there, to me alone, within {LinkDesk.Lifetime.TotalMinutes:0} minutes:"),
                new ListBlock([CardText.Code($"link {begun.Code}")]),
                new TextBlock("There I give you a second code, for here. Nothing is linked before that."),
                Warning,
            ],
        };
    }

    public static ChatCard Second(LinkAnswered answered)
    {
        ArgumentNullException.ThrowIfNull(answered);
        var (name, platform) = (answered.Begun.Name, Platforms.TitleOf(answered.Begun.Id.Platform));
        return new ChatCard
        {
            Title = $"Are you {name} on {platform}?",
            Summary = $"You are about to be one person with {name} on {platform}. If that is not you, do nothing.",
            Tone = Tone.Warning,
            Body =
            [
                new TextBlock(CardText.Strong($"You are about to be one person with {name} on {platform}. If that is not you, do nothing: nothing is linked, and the code ends by itself.")),
                new FactsBlock([new CardFact("Known there as", CardText.Code(answered.Begun.Id.Value))]),
                new TextBlock($"If it is you, write to me there, in our chat alone, within {LinkDesk.Lifetime.TotalMinutes:0} minutes:"),
                new ListBlock([CardText.Code($"link {answered.Code}")]),
                Warning,
            ],
        };
    }
}
