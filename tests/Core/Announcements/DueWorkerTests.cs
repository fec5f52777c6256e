using Microsoft.Extensions.Logging;
using PatchBot.Core.Announcements;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Announcements;

public sealed class DueWorkerTests
{
    [Fact]
    public async Task Given_a_window_that_starts_while_the_database_is_away_then_it_is_announced_once_it_is_back_and_the_log_stays_quiet()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        Assert.StartsWith("Recorded", Chat.Text(await chat.SayAsync(Some.Manager, "approve production", card)), StringComparison.Ordinal);
        var window = (await chat.ReadAsync(session => session.Rollouts.OfPatchesAsync([new PatchId("KB5032196")], Some.Token)))
            .Single(rollout => rollout.Ring == "production").Window!;

        var database = new UnsteadyRecord(chat.Record) { IsAway = _ => true };
        var log = new Lines();
        using var worker = new DueWorker(database, chat.Get<DueWork>(), chat.Get<IDelivery>(), chat.Clock, log);
        await worker.StartAsync(Some.Token);
        chat.Clock.SetUtcNow(window.Start);
        await UntilAsync(chat, () => Task.FromResult(database.Refused >= 5));
        Assert.Empty(log.Said);

        database.IsAway = _ => false;
        await UntilAsync(chat, async () => (await chat.ReadAsync(session => session.Announcements.OfWindowAsync("production", window.Start, Some.Token)))
            .Any(announcement => announcement.Stage == "start"));
        await worker.StopAsync(Some.Token);
        Assert.Empty(log.Said);
    }

    private static async Task UntilAsync(Chat chat, Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            chat.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Some.Token);
        }
    }

    private sealed class Lines : ILogger<DueWorker>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Add(formatter(state, exception));
    }
}
