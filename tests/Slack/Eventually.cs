using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack;

/// <summary>Waits for what happens by itself, in real time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task IsAsync(Func<bool> happened, string what)
    {
        for (var waited = TimeSpan.Zero; !happened(); waited += TimeSpan.FromMilliseconds(10))
        {
            Assert.True(waited < Patience, $"Waited in vain: {what}.");
            await Task.Delay(10, Some.Token);
        }
    }
}
