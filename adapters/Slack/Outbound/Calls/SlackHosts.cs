using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Slack.Outbound.Calls;

/// <summary>
/// Where the bot's token, its messages and its files may go. Some addresses come with a payload or an answer; the trust in
/// them never does.
/// </summary>
internal sealed class SlackHosts(IOptions<SlackOptions> options, IHostEnvironment environment)
{
    private static readonly string[] Slack = ["slack.com", "slack-gov.com"];

    private readonly Uri api = options.Value.ApiUrl;
    private readonly IList<string> responseHosts = options.Value.ResponseHosts;
    private readonly bool development = environment.IsDevelopment();

    /// <exception cref="InvalidOperationException">The setting leads where no token may go.</exception>
    public Uri AddressOf(SlackMethod method) => Loopback.IsSafe(api, development)
        ? new Uri($"{api.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{method.Name}")
        : throw new InvalidOperationException("Slack:ApiUrl must begin with https://, since the bot's token goes there; leave it out for Slack's own.");

    /// <summary>Whether an answer to a press may be posted there.</summary>
    public bool MayRespondAt(Uri address) => IsLocal(address)
        || (IsPlain(address) && responseHosts.Any(host => host.Equals(address.IdnHost, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether a file's bytes may be sent there: to Slack, or to where the Web API is.</summary>
    public bool MayUploadTo(Uri address) => IsLocal(address)
        || (IsPlain(address) && Slack.Append(api.IdnHost).Any(host => IsAtOrBelow(host, address.IdnHost)));

    // Whatever is not plainly "https, host, path" is someone's attempt to be read differently by somebody else.
    private static bool IsPlain(Uri address) => address is { IsAbsoluteUri: true, UserInfo: "", IsDefaultPort: true }
        && address.Scheme == Uri.UriSchemeHttps && address.Host.All(char.IsAscii);

    private bool IsLocal(Uri address) => development && Loopback.IsLoopback(address) && address.UserInfo.Length == 0;

    // The dot stays in the comparison: evil-slack.com is not below slack.com.
    private static bool IsAtOrBelow(string trusted, string host) =>
        host.Equals(trusted, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{trusted}", StringComparison.OrdinalIgnoreCase);
}
