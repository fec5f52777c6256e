using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using PatchBot.Adapters.WebChat.Api;

namespace PatchBot.Adapters.WebChat.Live;

/// <summary>
/// Live updates as server-sent events: first <c>hello</c> (whether the page has to read anew), then <c>message</c> and
/// <c>removed</c>; a <c>ping</c> when nothing else is said, so that both ends notice a dead connection.
/// </summary>
internal static class LiveCall
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    public static async Task<IResult> ListenAsync(HttpContext http, LiveFeed feed, LiveWatch watch, TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        await watch.CatchUpAsync(http.RequestAborted);
        var listening = feed.Listen(http.Request.Headers["Last-Event-ID"]);
        if (listening is null)
        {
            return new Refusal(StatusCodes.Status503ServiceUnavailable, "Too many pages listen already. Close some of them.");
        }

        http.Response.RegisterForDispose(listening);
        return TypedResults.ServerSentEvents(SayAsync(listening, clock, http.RequestAborted, lifetime.ApplicationStopping));
    }

    private static async IAsyncEnumerable<SseItem<string>> SayAsync(
        Listening listening, TimeProvider clock, CancellationToken aborted, [EnumeratorCancellation] CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        yield return listening.Missed is null ? Item("hello", """{"resumed":false}""", listening.At) : Item("hello", """{"resumed":true}""");
        foreach (var live in listening.Missed ?? [])
        {
            yield return Item(live.Kind, live.Data, live.Id);
        }

        var more = listening.Events.WaitToReadAsync(end.Token).AsTask();
        while (await WaitAsync(more, clock) is { } goesOn)
        {
            if (goesOn is Next.Silence)
            {
                yield return Item("ping", "{}");
                continue;
            }

            while (listening.Events.TryRead(out var live))
            {
                yield return Item(live.Kind, live.Data, live.Id);
            }

            more = listening.Events.WaitToReadAsync(end.Token).AsTask();
        }
    }

    /// <returns><see langword="null"/> when there will be nothing more: the page left, or the program stops.</returns>
    private static async Task<Next?> WaitAsync(Task<bool> more, TimeProvider clock)
    {
        try
        {
            return await more.WaitAsync(Quiet, clock) ? Next.Event : null;
        }
        catch (TimeoutException)
        {
            return Next.Silence;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static SseItem<string> Item(string kind, string data, string? id = null) => new(data, kind) { EventId = id };

    private enum Next
    {
        Event,
        Silence,
    }
}
