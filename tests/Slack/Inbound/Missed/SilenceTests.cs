using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack.Inbound.Events;
using PatchBot.Core;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Inbound.Missed;

/// <summary>When the bot has not listened for so long that something may have been missed.</summary>
public sealed class SilenceTests
{
    [Theory, InlineData(20, false), InlineData(40, true)]
    public async Task Given_no_way_in_for_a_while_then_its_end_is_told_unless_it_was_short(int seconds, bool told)
    {
        var (clock, line) = (new FakeTimeProvider(Some.Noon), new Line { Fault = "closed" });
        var end = new Silences([line, new Line()], clock).NextEndAsync(Some.Token);
        await PassAsync(clock, seconds);
        Assert.False(end.IsCompleted);
        line.Fault = null;
        await PassAsync(clock, 20);
        Assert.Equal(told, end.IsCompleted);
    }

    private static async Task PassAsync(FakeTimeProvider clock, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            await Task.Delay(2, Some.Token);
        }
    }

    private sealed class Line : ILifeline
    {
        public string? Fault { get; set; }
    }
}
