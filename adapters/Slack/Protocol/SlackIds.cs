using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace PatchBot.Adapters.Slack.Protocol;

/// <summary>Slack's ids: opaque, but never more than letters, digits and a few marks. They become parts of longer ids.</summary>
internal static class SlackIds
{
    // Two of them make a person's id; none of Slack's is longer than a trigger's 60 characters.
    private const int Longest = 90;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>Whether it can be the id of a workspace, user, conversation, message, view or trigger.</summary>
    public static bool IsOne([NotNullWhen(true)] string? id) => id is { Length: > 0 and <= Longest } && !id.AsSpan().ContainsAnyExcept(Letters);

    /// <summary>
    /// The tenant of a user: the workspace that the user belongs to, so that people of shared channels keep their own. Within
    /// an organisation user ids are the organisation's.
    /// </summary>
    /// <param name="team">The user's workspace, where it is told.</param>
    /// <param name="home">The workspace that the installation is for.</param>
    /// <param name="enterprise">Its organisation.</param>
    /// <param name="shared">People of other organisations may be there too.</param>
    public static string TenantOf(string? team, string home, string? enterprise, bool shared) =>
        IsOne(enterprise) && (!shared || !IsOne(team) || team == home) ? enterprise : IsOne(team) ? team : home;
}
