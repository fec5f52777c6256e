using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace PatchBot.Tests.Teams.Outbound.Stub;

/// <summary>A request as it came.</summary>
/// <param name="Target">Path and query, still escaped, without the tenant.</param>
internal sealed record StubRequest(string Method, string Target, string? Token, JsonElement? Body);

/// <summary>
/// A connector on loopback that answers as the reference says and keeps count: what it was asked, what it shows, which
/// limits were broken. Its address is one tenant's.
/// </summary>
internal sealed class ConnectorStub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TimeProvider clock;

    private ConnectorStub(WebApplication app, int requestsPerSecond, TimeProvider clock)
    {
        (this.app, this.clock) = (app, clock);
        Limits = new StubLimits(requestsPerSecond, clock);
        app.Run(AnswerAsync);
    }

    public StubLimits Limits { get; }

    public StubMessages Messages { get; } = new();

    public ConcurrentQueue<StubRequest> Requests { get; } = new();

    /// <summary>Kept for looking at; off for runs of many thousands.</summary>
    public bool KeepsRequests { get; init; } = true;

    /// <summary>From arrival to answer.</summary>
    public TimeSpan Latency { get; set; }

    public Func<Weather> Weather { get; set; } = () => Stub.Weather.Fine;

    /// <summary>The only token that is accepted; any, or none, without it.</summary>
    public string? Token { get; set; }

    /// <summary>Refuses everything that way, if set.</summary>
    public (int Status, string Body)? Refusal { get; set; }

    /// <summary>Members of every conversation.</summary>
    public int MemberCount { get; set; } = 3;

    /// <summary>As an activity would tell it.</summary>
    public string ServiceUrl => $"{app.Urls.First()}/{Tenant}/";

    public string Tenant { get; } = "00000000-0000-0000-0000-000000000001";

    public static async Task<ConnectorStub> StartAsync(TimeProvider clock, int requestsPerSecond = 50, bool keepsRequests = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var stub = new ConnectorStub(builder.Build(), requestsPerSecond, clock) { KeepsRequests = keepsRequests };
        await stub.app.StartAsync();
        return stub;
    }

    /// <summary>Everyone looks at everything: each card asks for its current state.</summary>
    public async Task ViewAllAsync(Func<StubMessage, long, Task> refresh)
    {
        foreach (var message in Messages.Shown)
        {
            if (message.Post is { } post)
            {
                await refresh(message, post);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var parts = target.Split('?')[0].Split('/').Skip(1).Select(Uri.UnescapeDataString).ToArray();
        var asked = Asked.Of(http.Request.Method, parts);
        if (asked is { Operation: not "" and not "create" })
        {
            Limits.Count(parts[0], asked.Channel, asked.Operation);
        }

        var arrived = clock.GetTimestamp();
        using var body = http.Request.ContentLength > 0 ? await JsonDocument.ParseAsync(http.Request.Body) : null;
        if (asked.Operation == "create")
        {
            Limits.Count(parts[0], Asked.PlaceOf(body?.RootElement), asked.Operation);
        }

        var bearer = http.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] ? token : null;
        if (KeepsRequests)
        {
            Requests.Enqueue(new StubRequest(http.Request.Method, target[(parts[0].Length + 1)..], bearer, body?.RootElement.Clone()));
        }

        var weather = Weather();
        if (await RefuseAsync(http, bearer, weather))
        {
            return;
        }

        var (status, answer) = weather.Taken ? Do(asked, http.Request, body?.RootElement) : (0, null);
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
            case WeatherKind.BadGateway or WeatherKind.GatewayTimeout:
                http.Response.StatusCode = weather.Kind == WeatherKind.BadGateway ? 502 : 504;
                break;
            case WeatherKind.EmptyBody:
                http.Response.StatusCode = status is 201 or 200 ? 202 : status;
                break;
            default:
                await WriteAsync(http, status, answer);
                break;
        }
    }

    private async Task<bool> RefuseAsync(HttpContext http, string? bearer, Weather weather)
    {
        (int Status, string? Code)? refusal = weather.Kind switch
        {
            _ when Token is not null && bearer != Token => (401, "BotNotRegistered"),
            WeatherKind.ThrottledForSeconds or WeatherKind.ThrottledUntilDate or WeatherKind.ThrottledWithoutWord => (429, "Throttled"),
            WeatherKind.Conflict => (412, "PreconditionFailed"),
            WeatherKind.ServerError => (500, "ServiceError"),
            WeatherKind.Unavailable => (503, null),
            _ => null,
        };
        if (Refusal is { } set)
        {
            await WriteAsync(http, set.Status, set.Body);
            return true;
        }

        if (refusal is not { } refused)
        {
            return false;
        }

        http.Response.Headers.RetryAfter = weather.Kind switch
        {
            WeatherKind.ThrottledForSeconds => "1",
            WeatherKind.ThrottledUntilDate => (clock.GetUtcNow() + TimeSpan.FromSeconds(2)).ToString("R", CultureInfo.InvariantCulture),
            _ => default,
        };
        await WriteAsync(http, refused.Status, refused.Code is null ? "" : Fault(refused.Code));
        return true;
    }

    private (int Status, string? Answer) Do(Asked asked, HttpRequest request, JsonElement? body)
    {
        switch (asked.Operation, request.Method)
        {
            case ("create", _) when body is { } wish && wish.TryGetProperty("isGroup", out var group) && group.GetBoolean():
                if (!wish.TryGetProperty("activity", out var activity))
                {
                    return (400, Fault("BadSyntax"));
                }

                var root = Messages.Add(Asked.PlaceOf(wish), "", activity);
                return (201, $$"""{"id":"{{root.Channel}};messageid={{root.Id}}","activityId":"{{root.Id}}"}""");
            case ("create", _):
                return (201, $$"""{"id":"a:{{Asked.PlaceOf(body)}}"}""");
            case ("send", "POST") when request.Query["isTargetedActivity"] == "true" && body?.TryGetProperty("recipient", out _) != true:
                return (400, Fault("BadArgument"));
            case ("send", "POST"):
                return (201, $$"""{"id":"{{Messages.Add(asked.Channel, asked.Thread, body!.Value).Id}}"}""");
            case ("send", "PUT"):
                return Messages.Replace(asked.Channel, asked.Thread, asked.Message, body!.Value) ? (200, $$"""{"id":"{{asked.Message}}"}""") : (404, Fault("ActivityNotFoundInConversation"));
            case ("send", "DELETE"):
                return Messages.Delete(asked.Channel, asked.Message) ? (200, "") : (404, Fault("ActivityNotFoundInConversation"));
            case ("members", _):
                return (200, Members(request));
            case ("channels", _):
                return (200, $$"""{"conversations":[{"id":"{{asked.Channel}}"},{"id":"19:other@thread.tacv2","name":"Releases"}]}""");
            default:
                return (404, Fault("ServiceError"));
        }
    }

    private string Members(HttpRequest request)
    {
        var size = Math.Clamp(int.TryParse(request.Query["pageSize"], CultureInfo.InvariantCulture, out var wish) ? wish : 200, 50, 500);
        var first = int.TryParse(request.Query["continuationToken"], CultureInfo.InvariantCulture, out var next) ? next : 0;
        var page = Enumerable.Range(first, Math.Min(size, MemberCount - first));
        return new JsonObject
        {
            ["members"] = new JsonArray([.. page.Select(number => (JsonNode)new JsonObject { ["id"] = $"29:{number}", ["aadObjectId"] = $"{number}" })]),
            ["continuationToken"] = first + size < MemberCount ? $"{first + size}" : null,
        }.ToJsonString();
    }

    private static string Fault(string code) => $$$"""{"error":{"code":"{{{code}}}","message":"As the stub was told."}}""";

    private static async Task WriteAsync(HttpContext http, int status, string? body)
    {
        http.Response.StatusCode = status;
        if (body is { Length: > 0 })
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        }
    }
}
