using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Slack.Outbound.Calls;

/// <summary>
/// Brings one call through: within the limits, with a token, once more where another token helps. What does not go through
/// is an exception; trying again later is the deliverer's matter.
/// </summary>
internal sealed partial class SlackLine(
    IWorkspaces workspaces, SlackHosts hosts, SlackLimits limits, WireHttp http, TimeSpan longestCall, TimeProvider clock, ILogger<SlackApi> logger)
{
    /// <summary>For the call with its repetition, once it had its turn.</summary>
    public static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(15);

    private readonly SparingLog<(SlackMethod Method, string Workspace, string Reason)> sparing = new(clock);

    /// <inheritdoc cref="SlackLimits.HaveRoom"/>
    public bool HasRoom(SlackMethod method, string workspace, string channel, TimeSpan patience) => limits.HaveRoom(method, workspace, channel, patience);

    /// <returns>A success, or an answer with one of the <paramref name="accepted"/> errors.</returns>
    /// <exception cref="DeliveryException">It was refused or not answered.</exception>
    /// <exception cref="DeliveryPostponedException">There is no room within <paramref name="patience"/>; nothing was sent.</exception>
    public async Task<T> CallAsync<T>(
        SlackCall call, JsonTypeInfo<T> shape, TimeSpan patience, CancellationToken cancellationToken, params IReadOnlyCollection<string> accepted)
        where T : SlackAnswer
    {
        using var late = new CancellationTokenSource(patience + longestCall, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var address = hosts.AddressOf(call.Method);
        for (var renewed = false; ; renewed = true)
        {
            var (reply, token) = await AnsweredAsync(
                call.Subject, address, call.Method.Creates, leaving => TryAsync(call, address, patience, leaving, either.Token), late.Token);
            var answer = WireJson.Read(reply.Body.Span, shape);
            var fault = SlackFault.Of(reply, answer);
            limits.Answered(call, fault?.Kind == FaultKind.Throttled, fault?.Wait);
            if (answer is not null && (fault is null || accepted.Contains(fault.Error)))
            {
                return answer;
            }

            var refusal = fault!;
            Write(call, refusal);
            if (renewed || !await MayHelpAsync(call, refusal, token, either.Token))
            {
                throw refusal.Of(call);
            }
        }
    }

    private void Write(SlackCall call, SlackFault fault)
    {
        if (sparing.MayWrite((call.Method, call.Workspace, fault.Reason), out var silent))
        {
            LogFault(call.Method.Name, call.Workspace, call.Channel, fault.Reason, fault.RequestId, string.Join("; ", fault.Details), silent);
        }
    }

    /// <summary>A request to an address that Slack gave out, which takes no token and has no limits.</summary>
    /// <exception cref="DeliveryException">It was not answered.</exception>
    public async Task<WireAnswer> SendAsync(string subject, WireRequest request, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(longestCall, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        return await AnsweredAsync(
            subject, request.Address, creates: false, leaving => http.SendAsync(request, leaving, answered: () => { }, either.Token), late.Token);
    }

    /// <returns>Whether it may be tried at once with another token.</returns>
    private async Task<bool> MayHelpAsync(SlackCall call, SlackFault fault, string token, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.Expired:
                workspaces.Expired(call.Workspace, token);
                return true;
            case FaultKind.Credentials when await workspaces.TokenAsync(call.Workspace, cancellationToken) != token:
                // The app was installed again meanwhile.
                return true;
            case FaultKind.Credentials:
                await workspaces.UnusableAsync(call.Workspace, $"Slack answered {fault.Error}: {fault.Remedy}", cancellationToken);
                return false;
            default:
                return false;
        }
    }

    private async Task<(WireAnswer Reply, string Token)> TryAsync(
        SlackCall call, Uri address, TimeSpan patience, Action leaving, CancellationToken cancellationToken)
    {
        var token = await workspaces.TokenAsync(call.Workspace, cancellationToken);
        using var pass = await limits.EnterAsync(call, patience, cancellationToken);
        var request = new WireRequest(HttpMethod.Post, address) { Body = call.Body, ContentType = call.ContentType, Token = token };
        return (await http.SendAsync(request, leaving + pass.Sent, pass.Dispose, cancellationToken), token);
    }

    /// <summary>Turns whatever keeps an answer away into a fault that says whether the call may have been heard.</summary>
    /// <param name="work">Is told whom to tell that its request leaves.</param>
    private async Task<T> AnsweredAsync<T>(string subject, Uri address, bool creates, Func<Action, Task<T>> work, CancellationToken late)
    {
        var sent = false;
        try
        {
            return await work(() => sent = true);
        }
        catch (HttpRequestException fault)
        {
            throw new DeliveryException(
                $"Slack did not answer {subject} ({fault.HttpRequestError}); look whether {address.Host} can be reached.",
                permanent: false,
                cause: fault,
                uncertain: sent && creates);
        }
        catch (IOException fault)
        {
            throw new DeliveryException($"The answer to {subject} broke off.", permanent: false, cause: fault, uncertain: sent && creates);
        }
        catch (OperationCanceledException fault) when (late.IsCancellationRequested)
        {
            throw new DeliveryException(
                $"Slack did not answer {subject} within {longestCall.TotalSeconds:0} s.", permanent: false, cause: fault, uncertain: sent && creates);
        }
    }

    [LoggerMessage(9341, LogLevel.Warning, "Slack refused {Method} in workspace {Workspace} (conversation '{Channel}', request '{RequestId}'): {Reason}. {Details} ({Silent} more like it since the last line)")]
    private partial void LogFault(string method, string workspace, string channel, string reason, string requestId, string details, int silent);
}
