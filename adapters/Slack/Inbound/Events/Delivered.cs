using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.People;

namespace PatchBot.Adapters.Slack.Inbound.Events;

/// <summary>One event of an installation that may use the bot.</summary>
/// <param name="Id">Slack's id of the event, for those that have no other identity.</param>
/// <param name="Home">The workspace that the installation is for.</param>
/// <param name="Shared">It happened in a conversation with people of other organisations.</param>
/// <param name="Attempt">0 for the first delivery.</param>
internal sealed record Delivered(SlackWorkspace Workspace, SlackEvent Event, string Id, string Home, string? Enterprise, bool Shared, int Attempt)
{
    /// <summary>Slack tries three times more.</summary>
    public bool IsLast => Attempt >= 3;

    /// <param name="user">Checked; see <see cref="SlackIds"/>.</param>
    /// <param name="team">The user's own workspace, where the event tells it.</param>
    public PersonId PersonOf(string user, string? team) =>
        PersonId.Of(SlackOptions.Platform, SlackIds.TenantOf(team, Home, Enterprise, Shared), user);
}
