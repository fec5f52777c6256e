using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>Slack was not reached, or has no time for this now.</summary>
/// <param name="wait">How long Slack wants to be left alone.</param>
internal sealed class SlackAwayException(string message, TimeSpan? wait = null, Exception? cause = null) : Exception(message, cause)
{
    public TimeSpan? Wait { get; } = wait;
}

/// <summary>What Slack answered to one call.</summary>
/// <param name="Scopes">The rights that the token has, with commas; <see langword="null"/> where Slack does not say.</param>
/// <param name="At">Slack's clock.</param>
internal sealed record AppAnswer<T>(T Reply, string? Scopes, DateTimeOffset? At)
    where T : SlackReply;

/// <summary>The few calls that are the app's own and no workspace's: whose token, a code for a token, a token for an old one, an address for a socket.</summary>
internal sealed class AppCalls(IOptions<SlackOptions> options, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // Slack's trouble, not ours.
    private static readonly HashSet<string> Passing = ["fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable", "team_added_to_org"];

    private readonly SlackOptions options = options.Value;
    private readonly WireHttp http = new(clock);

    public void Dispose() => http.Dispose();

    /// <summary>Whose token it is, and what it may.</summary>
    /// <exception cref="SlackAwayException"/>
    public Task<AppAnswer<IdentityReply>> IdentityAsync(string token, CancellationToken cancellationToken) =>
        CallAsync("auth.test", new("Bearer", token), [], AppReplyJson.Default.IdentityReply, cancellationToken);

    /// <summary>An address for one socket; good once, and soon.</summary>
    /// <exception cref="SlackAwayException"/>
    public async Task<SocketReply> SocketAsync(CancellationToken cancellationToken) =>
        (await CallAsync("apps.connections.open", new("Bearer", options.AppToken), [], AppReplyJson.Default.SocketReply, cancellationToken)).Reply;

    /// <summary>Completes an installation.</summary>
    /// <exception cref="SlackAwayException"/>
    public Task<GrantReply> ExchangeAsync(string code, Uri redirect, CancellationToken cancellationToken) =>
        GrantAsync([new("code", code), new("redirect_uri", redirect.AbsoluteUri)], cancellationToken);

    /// <summary>Another token for one that ends. The refresh token is good once.</summary>
    /// <exception cref="SlackAwayException"/>
    public Task<GrantReply> RefreshAsync(string refreshToken, CancellationToken cancellationToken) =>
        GrantAsync([new("grant_type", "refresh_token"), new("refresh_token", refreshToken)], cancellationToken);

    /// <summary>Gives a token back that is not wanted.</summary>
    /// <exception cref="SlackAwayException"/>
    public Task RevokeAsync(string token, CancellationToken cancellationToken) =>
        CallAsync("auth.revoke", new("Bearer", token), [], AppReplyJson.Default.SlackReply, cancellationToken);

    private async Task<GrantReply> GrantAsync(KeyValuePair<string, string>[] fields, CancellationToken cancellationToken)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ClientId}:{options.ClientSecret}"));
        return (await CallAsync("oauth.v2.access", new("Basic", basic), fields, AppReplyJson.Default.GrantReply, cancellationToken)).Reply;
    }

    private async Task<AppAnswer<T>> CallAsync<T>(
        string method, AuthenticationHeaderValue authorization, KeyValuePair<string, string>[] fields, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
        where T : SlackReply
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        inTime.CancelAfter(Patience);
        try
        {
            using var form = new FormUrlEncodedContent(fields);
            var asked = new WireRequest(HttpMethod.Post, new Uri(options.ApiUrl, method))
            {
                Authorization = authorization, Body = await form.ReadAsByteArrayAsync(inTime.Token), ContentType = WireRequest.Form,
            };
            var answer = await http.SendAsync(asked, () => { }, () => { }, inTime.Token);
            if (!answer.IsSuccess)
            {
                throw new SlackAwayException($"{Host} answered {method} with {answer.Status}.", answer.Wait);
            }

            // What neither succeeds nor says why is not Slack's answer, and proves nothing against a token.
            var reply = JsonSerializer.Deserialize(answer.Body.Span, shape);
            if (reply is null or { Ok: false, Error: null or "" })
            {
                throw new JsonException();
            }

            if (reply is { Ok: false, Error: { } error } && Passing.Contains(error))
            {
                throw new SlackAwayException($"{Host} answered {method} with {error}.", answer.Wait);
            }

            return new(reply, answer.Headers!.TryGetValues("X-OAuth-Scopes", out var scopes) ? string.Join(',', scopes) : null, answer.Headers.Date);
        }
        catch (HttpRequestException fault)
        {
            throw new SlackAwayException($"{Host} cannot be reached for {method} ({fault.HttpRequestError}). Open the way there in proxy and firewall; see Slack:ApiUrl.", cause: fault);
        }
        catch (JsonException fault)
        {
            throw new SlackAwayException($"{Host} answered {method} with something that is not Slack's; see Slack:ApiUrl and the proxy.", cause: fault);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SlackAwayException($"{Host} did not answer {method} within {Patience.TotalSeconds:0} s.", cause: fault);
        }
    }

    private string Host => options.ApiUrl.IdnHost;
}
