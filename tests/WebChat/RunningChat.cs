using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.WebChat;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.WebChat;

/// <summary>The web chat on a real server on loopback, over a record in memory and a bot that does as told.</summary>
internal sealed class RunningChat : IAsyncDisposable
{
    public static readonly ChannelRef Patching = new("webchat", "patching");

    private readonly WebApplication app;

    private RunningChat(WebApplication app, FakeRecord record, FakeBot bot, FakeTimeProvider clock)
    {
        (this.app, Record, Bot, Clock) = (app, record, bot, clock);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public FakeRecord Record { get; }

    public FakeBot Bot { get; }

    public FakeTimeProvider Clock { get; }

    public HttpClient Client { get; }

    public IChatPlatform Platform => app.Services.GetRequiredService<IChatPlatform>();

    public static async Task<RunningChat> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        foreach (var (key, value) in settings)
        {
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]);
        }

        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        var (record, bot, clock) = (new FakeRecord(), new FakeBot(), new FakeTimeProvider(Some.Noon));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IRecord>(record).AddSingleton<IConversation>(bot).AddSingleton<IDelivery>(bot).AddWebChat();
        var app = builder.Build();
        app.MapWebChat();
        await app.StartAsync(Some.Token);
        return new RunningChat(app, record, bot, clock);
    }

    public async Task<long> PostAsync(PatchBot.Cards.ChatCard card, string? thread = null, long postId = 1) =>
        long.Parse(await Platform.PostAsync(Patching, thread, card, postId, doubt: false, Some.Token) ?? "", System.Globalization.CultureInfo.InvariantCulture);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Reply> SayAsync(string user, string text, long? threadId = null) =>
        SendAsync(HttpMethod.Post, "channels/patching/messages", new { user, text, threadId });

    public Task<Reply> PressAsync(long id, string user, string action, object? inputs = null, string? pressId = null) =>
        SendAsync(HttpMethod.Post, $"messages/{id}/actions", new { user, action, inputs, pressId });

    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"/webchat/api/{path}");
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            HttpContent content => content,
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request, Some.Token);
        var answer = await response.Content.ReadAsStringAsync(Some.Token);
        return new Reply((int)response.StatusCode, answer.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(answer));
    }

    public Task StopAsync() => app.StopAsync(Some.Token);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}

internal sealed record Reply(int Status, JsonElement Body)
{
    public JsonElement this[string name] => Body.GetProperty(name);

    public string Error => Body.GetProperty("error").GetString()!;

    public string? Field => Body.TryGetProperty("field", out var named) ? named.GetString() : null;
}
