using System.Collections.Frozen;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery.Limits;

namespace PatchBot.Adapters.Slack.Outbound.Calls;

/// <summary>
/// Slack's limits, obeyed ahead of its refusal: a message a second in each channel, so many a minute in each workspace, and
/// every other method so often a minute in each workspace.
/// </summary>
/// <param name="processes">How many share the workspace's limits. A channel's messages come from one of them at a time, by its lease.</param>
/// <remarks><see href="https://docs.slack.dev/apis/web-api/rate-limits"/></remarks>
internal sealed class SlackLimits(int processes, TimeProvider clock)
{
    /// <summary>A request is taken to be there this long after it was sent, however late its answer.</summary>
    public static readonly TimeSpan Transit = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // A little more than a minute's messages need, so that a minute is never quite full, even where a busy machine holds some up.
    private static readonly TimeSpan PacedMinute = TimeSpan.FromSeconds(63);

    // Where Slack does not say how long.
    private static readonly TimeSpan ShortSilence = TimeSpan.FromSeconds(1);

    // Who is asked for longer silence asks again after this.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(1);

    // Slack lets a few more through in a burst, and says not to count on it.
    private readonly LimitedCalls channels = new([new(1, TimeSpan.FromSeconds(1))], Transit, clock);

    private readonly FrozenDictionary<SlackMethod, LimitedCalls> workspaces = SlackMethod.All.ToFrozenDictionary(method => method, method =>
    {
        var share = Math.Max(1, method.PerMinute / processes);

        // Messages come by the hundred, and a minute's bunch would hold up the answers of the next; the rest comes one by one.
        return new LimitedCalls([new(share, Minute)], Transit, clock, method == SlackMethod.PostMessage ? PacedMinute / share : default);
    });

    private readonly RefusalsByTenant refusals = new();

    /// <summary>Whether a call that is made now would find room within <paramref name="patience"/>.</summary>
    /// <param name="channel">For a message.</param>
    public bool HaveRoom(SlackMethod method, string workspace, string channel, TimeSpan patience) =>
        workspaces[method].Ahead(workspace) <= patience && (method != SlackMethod.PostMessage || channels.Ahead(KeyOf(workspace, channel)) <= patience);

    /// <summary>Waits for room wherever the call counts.</summary>
    /// <inheritdoc cref="SlidingWindows.EnterAsync" path="/exception"/>
    public async Task<SlackPass> EnterAsync(SlackCall call, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var channel = call.Method == SlackMethod.PostMessage ? await channels.EnterAsync(KeyOf(call.Workspace, call.Channel), patience, cancellationToken) : null;
        try
        {
            var left = patience - clock.GetElapsedTime(began);
            return new SlackPass(channel, await workspaces[call.Method].EnterAsync(call.Workspace, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken));
        }
        catch
        {
            channel?.Dispose();
            throw;
        }
    }

    /// <summary>Hears every answer, so that a refusal silences whom it concerns.</summary>
    /// <param name="wait">What Slack asked for, if it did.</param>
    public void Answered(SlackCall call, bool throttled, TimeSpan? wait)
    {
        var silence = SilenceOf(wait) ?? ShortSilence;
        if (call.Method != SlackMethod.PostMessage)
        {
            if (throttled)
            {
                workspaces[call.Method].Silence(call.Workspace, silence);
            }

            return;
        }

        if (throttled)
        {
            channels.Silence(KeyOf(call.Workspace, call.Channel), silence);
        }

        if (refusals.Note(call.Workspace, throttled ? call.Channel : null))
        {
            workspaces[call.Method].Silence(call.Workspace, silence);
        }
    }

    /// <summary>What was asked for, within reason.</summary>
    public static TimeSpan? SilenceOf(TimeSpan? wait) => wait is { Ticks: > 0 } asked ? asked < LongestSilence ? asked : LongestSilence : null;

    private static string KeyOf(string workspace, string channel) => $"{workspace} {channel}";
}

/// <summary>The right to make one call.</summary>
/// <param name="channel">For a message.</param>
internal sealed class SlackPass(CallSlot? channel, CallSlot workspace) : IDisposable
{
    public void Sent()
    {
        channel?.Sent();
        workspace.Sent();
    }

    public void Dispose()
    {
        channel?.Dispose();
        workspace.Dispose();
    }
}
