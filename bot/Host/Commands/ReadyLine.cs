using PatchBot.Adapters.Teams;

namespace PatchBot.Host.Commands;

/// <summary>The line that says that the bot serves, with an address that can be opened.</summary>
internal static class ReadyLine
{
    public static string For(IEnumerable<string> addresses, bool webChat, bool teams)
    {
        var openable = addresses.Select(Openable).Distinct().ToList();
        var chat = webChat
            ? $"PatchBot is ready. Web chat: {string.Join(" or ", openable.Select(address => $"{address}/webchat"))}"
            : $"PatchBot is ready at {string.Join(" or ", openable)}. The web chat is off.";
        return teams ? $"{chat}{(webChat ? "." : "")} Teams calls {TeamsEndpoints.Path}." : chat;
    }

    public static string Waiting(IEnumerable<string> addresses) =>
        $"PatchBot listens at {string.Join(" or ", addresses.Select(Openable).Distinct())} and waits for its database.";

    // A server that listens everywhere names no address that a browser could open.
    private static string Openable(string address)
    {
        var listens = BindingAddress.Parse(address);
        var host = listens.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : listens.Host;
        return listens.IsUnixPipe || listens.IsNamedPipe ? address : $"{listens.Scheme}://{host}:{listens.Port}{listens.PathBase}".TrimEnd('/');
    }
}
