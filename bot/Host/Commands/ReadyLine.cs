using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Teams;
using PatchBot.Host.Settings;

namespace PatchBot.Host.Commands;

/// <summary>The line that says that the bot serves, with an address that can be opened.</summary>
internal static class ReadyLine
{
    /// <param name="outside">What is said of platforms outside; see <see cref="Outside"/>.</param>
    public static string For(IEnumerable<string> addresses, bool webChat, IReadOnlyList<string> outside)
    {
        var openable = addresses.Select(Openable).Distinct().ToList();
        var chat = webChat
            ? $"PatchBot is ready. Web chat: {string.Join(" or ", openable.Select(address => $"{address}/webchat"))}{(outside.Count > 0 ? "." : "")}"
            : $"PatchBot is ready at {string.Join(" or ", openable)}. The web chat is off.";
        return string.Join(' ', [chat, .. outside]);
    }

    public static string Waiting(IEnumerable<string> addresses) =>
        $"PatchBot listens at {string.Join(" or ", addresses.Select(Openable).Distinct())} and waits for its database.";

    /// <summary>How each platform outside reaches the bot.</summary>
    public static IReadOnlyList<string> Outside(PatchBotSettings settings) =>
    [
        .. settings.ServesTeams ? [$"Teams calls {TeamsEndpoints.Path}."] : (IEnumerable<string>)[],
        .. settings.ServesSlack ? Slack(settings.Slack) : [],
    ];

    private static IEnumerable<string> Slack(SlackOptions slack)
    {
        if (slack.SigningSecret.Length > 0)
        {
            yield return $"Slack calls {SlackPaths.Events}.";
        }

        if (slack.UsesSockets)
        {
            yield return $"Slack is heard over {(slack.Connections == 1 ? "a socket" : $"{slack.Connections} sockets")}.";
        }
    }

    // A server that listens everywhere names no address that a browser could open.
    private static string Openable(string address)
    {
        var listens = BindingAddress.Parse(address);
        var host = listens.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : listens.Host;
        return listens.IsUnixPipe || listens.IsNamedPipe ? address : $"{listens.Scheme}://{host}:{listens.Port}{listens.PathBase}".TrimEnd('/');
    }
}
