using PatchBot.Cards;

namespace PatchBot.Core.Conversation;

/// <summary>What answers a decision that was read only afterwards: everybody in the thread sees that it is not one.</summary>
internal static class LateTalk
{
    public static ReplyAnswer Undecided { get; } = new(new ChatCard
    {
        Title = "Nothing was decided",
        Summary = "What you wrote reached me only now.",
        Tone = Tone.Warning,
        Body =
        [
            new TextBlock("What you wrote reached me only now, so it decided nothing and changed nothing: things may have moved since you wrote it."),
            new TextBlock("Look at the card as it is now, and say it again if you still mean it."),
        ],
    });
}
