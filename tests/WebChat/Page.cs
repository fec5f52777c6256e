using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.WebChat;

/// <summary>A page that listens to live updates.</summary>
internal sealed class Page(RunningChat chat, HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
{
    public static (long Id, int Version) IdAndVersion(SseItem<string> item)
    {
        var message = JsonSerializer.Deserialize<JsonElement>(item.Data);
        return (message.GetProperty("id").GetInt64(), message.GetProperty("version").GetInt32());
    }

    public static async Task<Page> OpenAsync(RunningChat chat, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/webchat/api/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await chat.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Some.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var stream = await response.Content.ReadAsStreamAsync(Some.Token);
        return new Page(chat, response, SseParser.Create(stream).EnumerateAsync(Some.Token).GetAsyncEnumerator(Some.Token));
    }

    public async Task<SseItem<string>> NextAsync(string kind)
    {
        Assert.True(await events.MoveNextAsync(), $"The stream ended before '{kind}'.");
        Assert.Equal(kind, events.Current.EventType);
        return events.Current;
    }

    /// <summary>As <see cref="NextAsync"/>, while time passes.</summary>
    public async Task<SseItem<string>> LaterAsync(string kind, bool skipPings = true)
    {
        do
        {
            var next = events.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                chat.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.WhenAny(next, Task.Delay(10, Some.Token));
            }

            Assert.True(await next, $"The stream ended before '{kind}'.");
        }
        while (skipPings && events.Current.EventType == "ping");
        Assert.Equal(kind, events.Current.EventType);
        return events.Current;
    }

    /// <returns><see langword="null"/> when the stream ended without anything more.</returns>
    public async Task<SseItem<string>?> EndAsync() => await events.MoveNextAsync() ? events.Current : null;

    public async ValueTask DisposeAsync()
    {
        await events.DisposeAsync();
        response.Dispose();
    }
}
