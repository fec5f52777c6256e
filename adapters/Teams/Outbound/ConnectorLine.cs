using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Outbound;

/// <summary>
/// Brings one call through: within the limits, with a token, again where the platform says that this helps at once. What
/// does not go through is an exception; trying again later is the deliverer's matter.
/// </summary>
internal sealed partial class ConnectorLine(
    IServiceTokens tokens, ServiceHosts hosts, ConnectorLimits limits, WireHttp http, TimeSpan longestCall, TimeProvider clock, ILogger<Connector> logger)
{
    /// <summary>For the call with all its repetitions, once it had its turn.</summary>
    public static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(15);

    private const int Conflicts = 3;

    /// <returns>A success, or one of the <paramref name="accepted"/> statuses.</returns>
    /// <exception cref="DeliveryException">It was refused or not answered.</exception>
    /// <exception cref="DeliveryPostponedException">There is no room within <paramref name="patience"/>; nothing was sent.</exception>
    public async Task<WireAnswer> CallAsync(
        ConnectorCall call, TimeSpan patience, CancellationToken cancellationToken, params IReadOnlyCollection<int> accepted)
    {
        using var late = new CancellationTokenSource(patience + longestCall, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var (conflicts, renewed) = (0, false);
        while (true)
        {
            var (answer, token) = await TryAsync(call, patience, late.Token, either.Token);
            var kind = answer.IsSuccess ? (FaultKind?)null : ConnectorFault.KindOf(answer.Status, ConnectorFault.CodeOf(answer));
            limits.Answered(call, kind == FaultKind.Throttled, ConnectorFault.SilenceOf(answer));
            switch (kind)
            {
                case null:
                    return answer;
                case FaultKind.Token when token is not null && !renewed:
                    tokens.Forget(token);
                    renewed = true;
                    break;
                case FaultKind.Conflict when conflicts < Conflicts:
                    conflicts++;
                    break;
                case FaultKind.Host when hosts.MoveToGcc(call.Tenant):
                    LogMoved(call.Tenant);
                    break;
                default:
                    return accepted.Contains(answer.Status) ? answer : throw ConnectorFault.Of(call, answer);
            }
        }
    }

    private async Task<(WireAnswer Answer, string? Token)> TryAsync(
        ConnectorCall call, TimeSpan patience, CancellationToken late, CancellationToken cancellationToken)
    {
        var service = hosts.Of(call);
        var sent = false;
        try
        {
            var token = await tokens.GetAsync(service, cancellationToken);
            using var pass = await limits.EnterAsync(call, patience, cancellationToken);
            var request = new WireRequest(call.Method, ServiceHosts.At(service, call.Path)) { Body = call.Body, Token = token };
            var answer = await http.SendAsync(request, Leave, pass.Dispose, cancellationToken);
            return (answer, token);

            void Leave()
            {
                sent = true;
                pass.Sent();
            }
        }
        catch (HttpRequestException fault)
        {
            throw new DeliveryException(
                $"Teams did not answer {call.Subject} ({fault.HttpRequestError}); look whether {service.Host} can be reached.",
                permanent: false,
                cause: fault,
                uncertain: sent && call.Creates);
        }
        catch (IOException fault)
        {
            throw new DeliveryException(
                $"The answer to {call.Subject} broke off.", permanent: false, cause: fault, uncertain: sent && call.Creates);
        }
        catch (OperationCanceledException fault) when (late.IsCancellationRequested)
        {
            throw new DeliveryException(
                $"Teams did not answer {call.Subject} within {longestCall.TotalSeconds:0} s.", permanent: false, cause: fault, uncertain: sent && call.Creates);
        }
    }

    [LoggerMessage(9110, LogLevel.Warning, "Tenant {Tenant} is reached through the government community cloud's connector from now on")]
    private partial void LogMoved(string tenant);
}
