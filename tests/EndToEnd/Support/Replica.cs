using System.Net.Http.Json;
using System.Text.Json;

namespace PatchBot.Tests.EndToEnd.Support;

/// <summary>One of several processes over one database, as callers meet it: it may be gone at any moment.</summary>
internal sealed class Replica(PatchBotProcess process, Uri address) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

    public PatchBotProcess Process => process;

    public static async Task<Replica> StartAsync(Installation here)
    {
        var server = await here.ServeAsync();
        return new Replica(server.Process, server.Page);
    }

    public Task<Told> SayAsync(string channel, string user, string text, long? threadId = null) =>
        PostAsync($"/webchat/api/channels/{channel}/messages", new { user, text, threadId });

    public Task<Told> PressAsync(long id, string user, string action, string pressId) =>
        PostAsync($"/webchat/api/messages/{id}/actions", new { user, action, pressId });

    public async Task<Told> GetAsync(string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Installation.Token);
        return new Told((int)response.StatusCode, await response.Content.ReadAsStringAsync(Installation.Token));
    }

    public async Task UntilReadyAsync(bool ready)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await GetAsync("/health/ready")).Status == 200 != ready)
        {
            await timer.WaitForNextTickAsync(Installation.Token);
        }
    }

    /// <summary>The lines of live updates, as they come.</summary>
    public async Task<StreamReader> ListenAsync() => new(await client.GetStreamAsync(new Uri("/webchat/api/events", UriKind.Relative), Installation.Token));

    public void Dispose() => client.Dispose();

    private async Task<Told> PostAsync(string path, object body)
    {
        try
        {
            using var response = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Installation.Token);
            return new Told((int)response.StatusCode, await response.Content.ReadAsStringAsync(Installation.Token));
        }
        catch (HttpRequestException)
        {
            return new Told(Told.Nobody, "");
        }
    }
}

/// <summary>What came back.</summary>
internal sealed record Told(int Status, string Body)
{
    /// <summary>The process ended meanwhile: whether it was recorded, the caller cannot know.</summary>
    public const int Nobody = 0;

    public const int Done = 200;

    public const int NotRecorded = 503;

    public string? Notice => Status == Done && JsonSerializer.Deserialize<JsonElement>(Body).TryGetProperty("notice", out var notice)
        ? notice.GetProperty("text").GetString()
        : null;
}
