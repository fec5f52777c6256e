using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Inbound;
using PatchBot.Adapters.Slack.Trust;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Trust;

namespace PatchBot.Tests.Slack.Trust;

/// <summary>The door that Slack calls at, on a real server; behind it somebody who keeps what is let in.</summary>
internal sealed class SlackDoorstep : IAsyncDisposable
{
    public const string Secret = "a-secret-of-slack-and-this-app";

    private readonly WebApplication app;
    private readonly HttpClient client;

    private SlackDoorstep(WebApplication app, Keeper keeper, FakeTimeProvider clock, CapturedLog log)
    {
        (this.app, Kept, Clock, Log) = (app, keeper, clock, log);
        client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public Keeper Kept { get; }

    public FakeTimeProvider Clock { get; }

    public CapturedLog Log { get; }

    public static async Task<SlackDoorstep> OpenAsync(string secret = Secret, string previous = "", DateTimeOffset? now = null)
    {
        var (keeper, clock, log) = (new Keeper(), new FakeTimeProvider(now ?? Some.Noon), new CapturedLog());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.AddProvider(log);
        builder.Services.AddRoutingCore()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(Options.Create(new SlackOptions { SigningSecret = secret, PreviousSigningSecret = previous }))
            .AddSlackInbound()
            .AddSingleton<ISlackDeliveries>(keeper);
        var app = builder.Build();
        app.MapSlackInbound();
        await app.StartAsync(Some.Token);
        return new SlackDoorstep(app, keeper, clock, log);
    }

    public static string Sign(string secret, string time, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{time}:"), .. body];
        return $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }

    /// <summary>A call as Slack makes it now.</summary>
    public HttpRequestMessage Call(byte[] body, string type = "application/json", string path = "/slack/events", string secret = Secret)
    {
        var time = $"{Clock.GetUtcNow().ToUnixTimeSeconds()}";
        return Call(body, time, Sign(secret, time, body), type, path);
    }

    public static HttpRequestMessage Call(byte[] body, string? time, string? signature, string type = "application/json", string path = "/slack/events")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in new[] { (SignatureCheck.TimeHeader, time), (SignatureCheck.SignatureHeader, signature) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    /// <summary>A call as Slack makes it at this computer's time.</summary>
    /// <param name="attempt">How often it was made before.</param>
    public static HttpRequestMessage CallNow(byte[] body, string type, int attempt = 0)
    {
        var time = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}";
        var request = Call(body, time, Sign(Secret, time, body), type);
        if (attempt > 0)
        {
            request.Headers.Add("X-Slack-Retry-Num", $"{attempt}");
            request.Headers.Add("X-Slack-Retry-Reason", "http_error");
        }

        return request;
    }

    /// <returns>The status.</returns>
    public async Task<int> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var response = await client.SendAsync(request, Some.Token))
        {
            return (int)response.StatusCode;
        }
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    internal sealed class Keeper : ISlackDeliveries
    {
        private readonly Lock gate = new();
        private readonly List<string> all = [];

        public Acknowledgement Acknowledgement { get; set; } = Acknowledgement.Empty;

        public IReadOnlyList<string> All
        {
            get
            {
                lock (gate)
                {
                    return [.. all];
                }
            }
        }

        public Task<Acknowledgement> EventAsync(ReadOnlyMemory<byte> envelope, int attempt, CancellationToken cancellationToken) =>
            Keep($"event {attempt}: {Encoding.UTF8.GetString(envelope.Span)}");

        public Task<Acknowledgement> InteractionAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
            Keep($"interaction: {Encoding.UTF8.GetString(payload.Span)}");

        public Task<Acknowledgement> CommandAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken) =>
            Keep($"command: {string.Join(' ', fields.Select(field => $"{field.Key}={field.Value}"))}");

        private Task<Acknowledgement> Keep(string what)
        {
            lock (gate)
            {
                all.Add(what);
            }

            return Task.FromResult(Acknowledgement);
        }
    }
}
