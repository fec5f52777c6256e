using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Tests.Support.Posts;

namespace PatchBot.Tests.Slack.Outbound.Stub;

/// <summary>A request as it came.</summary>
/// <param name="Path">Without the part that all methods share.</param>
/// <param name="Fields">Of a form, or the members of a JSON body.</param>
internal sealed record StubRequest(string Path, string? Token, string ContentType, JsonElement Fields, byte[] Body)
{
    public string? this[string field] => Fields.ValueKind == JsonValueKind.Object && Fields.TryGetProperty(field, out var value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;
}

/// <summary>
/// The Web API on loopback: it answers as the reference says and keeps count: what it was asked, what it shows, which limits
/// were broken. A token <c>xoxb-T1-…</c> is workspace T1's.
/// </summary>
internal sealed class SlackStub : IAsyncDisposable
{
    public const string Bot = "B0BOT", BotUser = "U0BOT", App = "A0APP";

    private readonly WebApplication app;
    private readonly TimeProvider clock;
    private int requestNumber;

    private SlackStub(WebApplication app, TimeProvider clock)
    {
        (this.app, this.clock, Arrivals, Workspace) = (app, clock, new ArrivalCount(clock), new StubWorkspace(clock));
        Answers = new StubAnswers(Workspace, () => app.Urls.First());
        app.Run(AnswerAsync);
    }

    public ArrivalCount Arrivals { get; }

    public StubWorkspace Workspace { get; }

    public StubAnswers Answers { get; }

    public ConcurrentQueue<StubRequest> Requests { get; } = new();

    /// <summary>Kept for looking at; off for runs of many thousands.</summary>
    public bool KeepsRequests { get; init; } = true;

    /// <summary>What a workspace allows of messages a minute.</summary>
    public int MessagesPerMinute { get; init; } = SlackMethod.MessagesPerMinute;

    /// <summary>From arrival to answer.</summary>
    public TimeSpan Latency { get; set; }

    public Func<SlackWeather> Weather { get; set; } = () => SlackWeather.Fine;

    /// <summary>Tokens that have expired.</summary>
    public ConcurrentDictionary<string, bool> ExpiredTokens { get; } = new();

    /// <summary>Refuses everything, or one method, that way.</summary>
    public Func<string, (int Status, string Body)?> Refusal { get; set; } = _ => null;

    public Uri Address => new($"{app.Urls.First()}/api/");

    public static async Task<SlackStub> StartAsync(TimeProvider clock, bool keepsRequests = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var stub = new SlackStub(builder.Build(), clock) { KeepsRequests = keepsRequests };
        await stub.app.StartAsync();
        return stub;
    }

    public static string Error(string error, params string[] messages) => new JsonObject
    {
        ["ok"] = false,
        ["error"] = error,
        ["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. messages.Select(message => (JsonNode)message)]) },
    }.ToJsonString();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var arrived = clock.GetTimestamp();
        var request = await ReadAsync(http.Request);
        Count(request);
        if (KeepsRequests)
        {
            Requests.Enqueue(request);
        }

        var weather = Weather();
        http.Response.Headers["X-Slack-Req-Id"] = $"req-{Interlocked.Increment(ref requestNumber)}";
        if (Refused(request, weather) is { } refusal)
        {
            http.Response.Headers.RetryAfter = refusal.Wait;
            await WriteAsync(http, refusal.Status, refusal.Body);
            return;
        }

        var answer = weather.Taken ? Answers.To(request) : "";
        var latency = Latency + (weather.Kind == WeatherKind.Slow ? TimeSpan.FromSeconds(1) : TimeSpan.Zero) - clock.GetElapsedTime(arrived);
        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, clock, http.RequestAborted);
        }

        switch (weather.Kind)
        {
            case WeatherKind.Hangs:
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case WeatherKind.Cut:
                http.Abort();
                break;
            case WeatherKind.FatalError or WeatherKind.InternalError:
                await WriteAsync(http, 200, Error(weather.Kind == WeatherKind.FatalError ? "fatal_error" : "internal_error"));
                break;
            case WeatherKind.BadGateway:
                http.Response.StatusCode = 502;
                break;
            case WeatherKind.EmptyBody:
                break;
            default:
                await WriteAsync(http, answer.StartsWith('!') ? int.Parse(answer[1..4], CultureInfo.InvariantCulture) : 200, answer.StartsWith('!') ? answer[4..] : answer);
                break;
        }
    }

    private (int Status, string Body, string? Wait)? Refused(StubRequest request, SlackWeather weather) => weather.Kind switch
    {
        WeatherKind.Throttled => (429, Error("ratelimited"), "1"),
        WeatherKind.ThrottledWithoutWord => (429, "", null),
        WeatherKind.Unavailable => (503, "", null),
        WeatherKind.ServerError => (500, "<html>Oh no</html>", null),
        _ when Refusal(request.Path) is { } set => (set.Status, set.Body, null),
        _ when request.Path.StartsWith('/') => null,
        _ when request.Token is null => (200, Error("not_authed"), null),
        _ when ExpiredTokens.ContainsKey(request.Token) => (200, Error("token_expired"), null),
        _ when !request.Token.StartsWith("xoxb-T", StringComparison.Ordinal) => (200, Error("invalid_auth"), null),
        _ => null,
    };

    private void Count(StubRequest request)
    {
        var workspace = request.Token?.Split('-').ElementAtOrDefault(1) ?? "";
        if (SlackMethod.All.FirstOrDefault(method => method.Name == request.Path) is not { } method)
        {
            return;
        }

        if (method == SlackMethod.PostMessage)
        {
            Arrivals.Count(($"{method.Name} {request["channel"]}", [(1, 1)]), ($"{method.Name} in {workspace}", [(MessagesPerMinute, 60)]));
        }
        else
        {
            Arrivals.Count(($"{method.Name} in {workspace}", [(method.PerMinute, 60)]));
        }
    }

    private static async Task<StubRequest> ReadAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        var type = request.ContentType ?? "";
        var fields = default(JsonElement);
        if (type.StartsWith("application/json", StringComparison.Ordinal))
        {
            using var json = JsonDocument.Parse(bytes);
            fields = json.RootElement.Clone();
        }
        else if (type.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal))
        {
            var form = new JsonObject();
            foreach (var field in Encoding.UTF8.GetString(bytes).Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = field.Split('=', 2);
                form[parts[0]] = Uri.UnescapeDataString(parts[1]);
            }

            fields = JsonSerializer.SerializeToElement(form);
        }

        var path = request.Path.Value!;
        var bearer = request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] ? token : null;
        return new StubRequest(path.StartsWith("/api/", StringComparison.Ordinal) ? path[5..] : path, bearer, type, fields, bytes);
    }

    private static async Task WriteAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        if (body.Length > 0)
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        }
    }
}
