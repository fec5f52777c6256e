using System.Collections.Frozen;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery.Limits;

namespace PatchBot.Adapters.Teams.Outbound;

/// <summary>
/// The platform's limits, obeyed ahead of its refusal: for each conversation and operation, and for each tenant over all.
/// A conversation is a chat or a whole channel, and its threads share: that is what the platform counts.
/// </summary>
/// <remarks><see href="https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit"/></remarks>
internal sealed class ConnectorLimits(int requestsPerSecond, TimeProvider clock)
{
    /// <summary>A request is taken to be there this long after it was sent, however late its answer.</summary>
    public static readonly TimeSpan Transit = TimeSpan.FromMilliseconds(100);

    // A little more than a second's calls need, so that a second is never quite full.
    private static readonly TimeSpan PacedSecond = TimeSpan.FromMilliseconds(1_080);

    // Where the platform does not say how long.
    private static readonly TimeSpan ShortSilence = TimeSpan.FromSeconds(1);

    private static readonly RateLimit[] Writing =
        [new(7, TimeSpan.FromSeconds(1)), new(8, TimeSpan.FromSeconds(2)), new(60, TimeSpan.FromSeconds(30)), new(1_800, TimeSpan.FromHours(1))];

    private static readonly RateLimit[] Reading =
        [new(14, TimeSpan.FromSeconds(1)), new(16, TimeSpan.FromSeconds(2)), new(120, TimeSpan.FromSeconds(30)), new(3_600, TimeSpan.FromHours(1))];

    private readonly FrozenDictionary<Operation, LimitedCalls> conversations = Enum.GetValues<Operation>().ToFrozenDictionary(
        operation => operation,
        operation => new LimitedCalls(operation is Operation.Members or Operation.Channels ? Reading : Writing, Transit, clock));

    private readonly LimitedCalls tenants = new(
        [new(requestsPerSecond, TimeSpan.FromSeconds(1))], Transit, clock, PacedSecond / requestsPerSecond);
    private readonly RefusalsByTenant refusals = new();

    /// <summary>Waits for room in both.</summary>
    /// <inheritdoc cref="SlidingWindows.EnterAsync" path="/exception"/>
    public async Task<ConnectorPass> EnterAsync(ConnectorCall call, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var conversation = await conversations[call.Operation].EnterAsync(call.Conversation, patience, cancellationToken);
        try
        {
            var left = patience - clock.GetElapsedTime(began);
            var tenant = await tenants.EnterAsync(call.Tenant, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
            return new ConnectorPass(conversation, tenant);
        }
        catch
        {
            conversation.Dispose();
            throw;
        }
    }

    /// <summary>Hears every answer, so that a refusal silences whom it concerns: the conversation, or all of the tenant.</summary>
    /// <param name="wait">What the platform asked for, if it did.</param>
    public void Answered(ConnectorCall call, bool throttled, TimeSpan? wait)
    {
        if (throttled && wait is { } asked)
        {
            foreach (var operation in conversations.Values)
            {
                operation.Silence(call.Conversation, asked);
            }
        }

        if (refusals.Note(call.Tenant, throttled ? call.Conversation : null))
        {
            tenants.Silence(call.Tenant, wait ?? ShortSilence);
        }
    }
}

/// <summary>The right to make one request.</summary>
internal sealed class ConnectorPass(CallSlot conversation, CallSlot tenant) : IDisposable
{
    public void Sent()
    {
        conversation.Sent();
        tenant.Sent();
    }

    public void Dispose()
    {
        conversation.Dispose();
        tenant.Dispose();
    }
}
