using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Teams.Inbound;

/// <summary>
/// Each action tells on which message the card of a post was seen. Where that is not the recorded one, a sending whose
/// answer was lost has left it behind.
/// </summary>
internal sealed class DuplicateWatch(Duplicates duplicates, BackgroundTurns background)
{
    public void Seen(Scene scene, Press press)
    {
        if (press.Post is { } post && scene.Activity.ReplyToId is { Length: > 0 } message)
        {
            background.Run("a doubled card on Teams", () => duplicates.SettleAsync(scene.Channel, scene.Conversation.Thread, message, post, CancellationToken.None));
        }
    }
}
