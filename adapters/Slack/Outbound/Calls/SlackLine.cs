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
            var token = await workspaces.TokenAsync(call.Workspace, either.Token);
            using var pass = await EnterAsync(call, patience, late.Token, either.Token);
            var request = new WireRequest(HttpMethod.Post, address) { Body = call.Body, ContentType = call.ContentType, Token = token };
            var reply = await SendAsync(call.Subject, request, pass.Sent, pass.Dispose, call.Method.Creates, late.Token, either.Token);
            var answer = SlackShapes.Read(reply.Body, shape);
            var fault = SlackFault.Of(reply, answer);
            limits.Answered(call, fault?.Kind == FaultKind.Throttled, fault?.Wait);
            if (answer is not null && (fault is null || accepted.Contains(fault.Error)))
            {
                return answer;
            }

            LogFault(call.Method.Name, call.Workspace, call.Channel, fault!.Status, fault.Error, fault.RequestId, string.Join("; ", fault.Details));
            if (renewed || !await MayHelpAsync(call, fault, token, either.Token))
            {
                throw fault.Of(call);
            }
        }
    }

    /// <summary>A request to an address that Slack gave out, which takes no token and has no limits.</summary>
    /// <exception cref="DeliveryException">It was not answered.</exception>
    public async Task<WireAnswer> SendAsync(string subject, WireRequest request, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(longestCall, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        return await SendAsync(subject, request, () => { }, () => { }, creates: false, late.Token, either.Token);
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

    private async Task<SlackPass> EnterAsync(SlackCall call, TimeSpan patience, CancellationToken late, CancellationToken cancellationToken)
    {
        try
        {
            return await limits.EnterAsync(call, patience, cancellationToken);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new DeliveryPostponedException(longestCall);
        }
    }

    private async Task<WireAnswer> SendAsync(
        string subject, WireRequest request, Action leaving, Action answered, bool creates, CancellationToken late, CancellationToken cancellationToken)
    {
        var sent = false;
        try
        {
            return await http.SendAsync(request, Leave, answered, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new DeliveryException(
                $"Slack did not answer {subject} ({fault.HttpRequestError}); look whether {request.Address.Host} can be reached.",
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

        void Leave()
        {
            sent = true;
            leaving();
        }
    }

    [LoggerMessage(9310, LogLevel.Warning, "Slack refused {Method} in workspace {Workspace}, conversation {Channel}: {Status} {Error}, request {RequestId}. {Details}")]
    private partial void LogFault(string method, string workspace, string channel, int status, string error, string requestId, string details);
}
