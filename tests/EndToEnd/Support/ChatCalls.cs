using System.Net.Http.Json;
using System.Text.Json;

namespace PatchBot.Tests.EndToEnd.Support;

/// <summary>The web chat as programs call it.</summary>
internal sealed class ChatCalls(Uri page) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = page };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<IReadOnlyList<ChatMessage>> MessagesAsync(string channel) =>
        await client.GetFromJsonAsync<List<ChatMessage>>($"/webchat/api/channels/{channel}/messages?limit=1000", Token) ?? [];

    public async Task<JsonElement> SayAsync(string channel, string user, string text, long? threadId = null)
    {
        using var response = await client.PostAsJsonAsync($"/webchat/api/channels/{channel}/messages", new { user, text, threadId }, Token);
        return await ReadAsync(response);
    }

    /// <summary>The channel's messages once they satisfy; gives up when the test's time is over.</summary>
    public async Task<IReadOnlyList<ChatMessage>> UntilAsync(string channel, Func<IReadOnlyList<ChatMessage>, bool> satisfied)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var messages = await MessagesAsync(channel);
            if (satisfied(messages))
            {
                return messages;
            }

            await timer.WaitForNextTickAsync(Token);
        }
    }

    public void Dispose() => client.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }
}

internal sealed record ChatMessage(long Id, long? ThreadId, string Author, string Text, string Summary, int Version, IReadOnlyList<ChatAction> Actions);

internal sealed record ChatAction(string Id, string Title, string Style);
