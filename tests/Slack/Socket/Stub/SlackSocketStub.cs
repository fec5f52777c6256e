using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PatchBot.Tests.Slack.Socket.Stub;

/// <summary>
/// Slack's side of Socket Mode on loopback, as it is documented: addresses that are good once, any one of several sockets for
/// each envelope, and another try over another socket for what is not acknowledged in time.
/// </summary>
internal sealed class SlackSocketStub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, bool> tickets = [];
    private readonly List<StubSocket> sockets = [];
    private int opened;
    private int asked;

    private SlackSocketStub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.MapPost("/api/apps.connections.open", OpenAsync);
        app.Map("/link/{ticket}", LinkAsync);
    }

    public Uri Api => new($"{app.Urls.Single()}/api/");

    /// <summary>What Slack thinks of the token; replaces the answer of <c>apps.connections.open</c>.</summary>
    public Func<HttpContext, Task>? AnswerOpen { get; set; }

    /// <summary>Seconds that the greeting promises.</summary>
    public int? ConnectionTime { get; set; } = 18_060;

    public bool Greets { get; set; } = true;

    /// <summary>Three seconds in earnest.</summary>
    public TimeSpan AcknowledgeWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often an address was asked for.</summary>
    public int Asked => Volatile.Read(ref asked);

    public string? Authorization { get; private set; }

    /// <summary>Those that are open, in the order in which they were opened.</summary>
    public IReadOnlyList<StubSocket> Open
    {
        get
        {
            lock (sockets)
            {
                return [.. sockets.Where(socket => socket.IsOpen)];
            }
        }
    }

    public static async Task<SlackSocketStub> StartAsync()
    {
        var stub = new SlackSocketStub();
        await stub.app.StartAsync();
        return stub;
    }

    /// <summary>Waits for so many open sockets.</summary>
    public async Task<IReadOnlyList<StubSocket>> OpenAsync(int count)
    {
        await Eventually.IsAsync(() => Open.Count == count, $"{count} sockets open");
        return Open;
    }

    /// <summary>Delivers over any socket, and again over another, three times at most.</summary>
    /// <returns>The acknowledgement; <see langword="null"/> when there was none.</returns>
    public async Task<string?> DeliverAsync(string type, string payload, bool acceptsPayload = false)
    {
        StubSocket? last = null;
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var open = Open;
            last = open.OrderBy(socket => socket == last).ThenBy(_ => Random.Shared.Next()).FirstOrDefault();
            if (last is null)
            {
                await Task.Delay(50);
                continue;
            }

            if (await last.DeliverAsync(type, payload, acceptsPayload, attempt, AcknowledgeWithin) is { } acknowledged)
            {
                return acknowledged;
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in Open)
        {
            socket.Abort();
        }

        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private Task OpenAsync(HttpContext http)
    {
        Interlocked.Increment(ref asked);
        Authorization = http.Request.Headers.Authorization;
        if (AnswerOpen is { } answer)
        {
            return answer(http);
        }

        var ticket = $"{Guid.NewGuid():N}";
        tickets[ticket] = true;
        return http.Response.WriteAsJsonAsync(new { ok = true, url = $"ws://{http.Request.Host}/link/{ticket}" });
    }

    private async Task LinkAsync(HttpContext http)
    {
        if (!tickets.TryRemove((string)http.Request.RouteValues["ticket"]!, out _))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var stub = new StubSocket(socket, Interlocked.Increment(ref opened));
        if (Greets)
        {
            var debug = ConnectionTime is { } seconds ? $",\"debug_info\":{{\"host\":\"applink\",\"approximate_connection_time\":{seconds}}}" : "";
            await stub.SendAsync($"{{\"type\":\"hello\",\"num_connections\":{Open.Count + 1},\"connection_info\":{{\"app_id\":\"A0123\"}}{debug}}}");
        }

        lock (sockets)
        {
            sockets.Add(stub);
        }

        await stub.ListenAsync();
    }
}
