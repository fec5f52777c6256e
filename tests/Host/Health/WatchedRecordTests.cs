using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Core.Record;
using PatchBot.Host.Health;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Host.Health;

public sealed class WatchedRecordTests
{
    [Fact]
    public async Task Given_a_record_that_is_not_open_then_nothing_reaches_the_database()
    {
        await using var here = await Watching.StartAsync(open: false);
        here.Database.IsAway = _ => throw new InvalidOperationException("It was asked.");
        await Assert.ThrowsAsync<RecordUnavailableException>(here.ReadAsync);
        await Assert.ThrowsAsync<RecordUnavailableException>(here.WriteAsync);
        Assert.False(here.Record.IsThere);
    }

    [Fact]
    public async Task Given_a_database_that_goes_away_and_comes_back_then_one_line_says_each()
    {
        await using var here = await Watching.StartAsync();
        here.Database.IsAway = _ => true;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await Assert.ThrowsAsync<RecordUnavailableException>(here.WriteAsync);
            await Assert.ThrowsAsync<RecordUnavailableException>(here.ReadAsync);
        }

        Assert.False(here.Record.IsThere);
        Assert.False(await here.Record.TryReturnAsync(Some.Token));
        here.Database.IsAway = _ => false;
        Assert.True(await here.Record.TryReturnAsync(Some.Token));
        await here.WriteAsync();
        await here.ReadAsync();

        Assert.True(here.Record.IsThere);
        Assert.Collection(
            here.Lines,
            lost => Assert.Contains("The disk is gone.", lost, StringComparison.Ordinal),
            back => Assert.StartsWith("The database is back", back, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_reads_that_go_on_while_writes_fail_then_only_a_write_shows_that_all_is_well()
    {
        await using var here = await Watching.StartAsync();
        here.Database.IsAway = writes => writes;
        await Assert.ThrowsAsync<RecordUnavailableException>(here.WriteAsync);
        await here.ReadAsync();
        Assert.False(here.Record.IsThere);

        Assert.False(await here.Record.TryReturnAsync(Some.Token));
        here.Database.IsAway = _ => false;
        await here.ReadAsync();
        Assert.False(here.Record.IsThere);
        Assert.True(await here.Record.TryReturnAsync(Some.Token));
        await here.WriteAsync();
    }

    [Fact]
    public async Task Given_a_database_that_is_away_then_everybody_is_told_at_once_until_the_recovery_finds_it_back()
    {
        await using var here = await Watching.StartAsync();
        using var recovery = new Recovery(here.Record, here.Clock);
        await recovery.StartAsync(Some.Token);
        here.Database.IsAway = _ => true;
        await Assert.ThrowsAsync<RecordUnavailableException>(here.WriteAsync);
        Assert.Equal(1, here.Forgotten);

        // It answers nobody any more; who asked it would wait for good.
        here.Database.Line = (_, token) => Task.Delay(Timeout.Infinite, token);
        Assert.Equal("The disk is gone.", (await Assert.ThrowsAsync<RecordUnavailableException>(here.WriteAsync)).Message);
        here.Database.Line = (_, _) => Task.CompletedTask;
        await here.UntilAsync(() => here.Database.Refused > 3);
        Assert.False(here.Record.IsThere);

        here.Database.IsAway = _ => false;
        await here.UntilAsync(() => here.Record.IsThere);
        await here.WriteAsync();

        here.Database.IsAway = _ => true;
        await Assert.ThrowsAsync<RecordUnavailableException>(here.WriteAsync);
        here.Database.IsAway = _ => false;
        await here.UntilAsync(() => here.Record.IsThere);
        Assert.Equal(4, here.Lines.Count);
        await recovery.StopAsync(Some.Token);
    }

    [Fact]
    public async Task Given_callers_who_wait_in_line_when_it_goes_away_then_they_are_told_at_once_that_nothing_was_recorded()
    {
        await using var here = await Watching.StartAsync();
        here.Database.Line = (_, token) => Task.Delay(Timeout.Infinite, token);
        var inLine = Enumerable.Range(0, 5).Select(_ => here.WriteAsync()).ToList();
        using var ownWish = new CancellationTokenSource();
        var withdrawn = here.Record.ReadAsync((_, _) => Task.FromResult(true), ownWish.Token);
        await ownWish.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => withdrawn);

        here.Database.Line = (_, _) => Task.CompletedTask;
        here.Database.IsAway = _ => true;
        await Assert.ThrowsAsync<RecordUnavailableException>(here.WriteAsync);
        foreach (var waiting in inLine)
        {
            await Assert.ThrowsAsync<RecordUnavailableException>(() => waiting);
        }
    }

    [Fact]
    public async Task Given_a_call_that_fails_while_another_gets_through_then_the_database_is_not_away()
    {
        await using var here = await Watching.StartAsync();
        var goOn = new TaskCompletionSource();
        here.Database.Line = (_, _) => goOn.Task;
        var unlucky = here.WriteAsync();
        here.Database.Line = (_, _) => Task.CompletedTask;
        await here.WriteAsync();

        here.Database.IsAway = _ => true;
        goOn.SetResult();
        await Assert.ThrowsAsync<RecordUnavailableException>(() => unlucky);
        Assert.True(here.Record.IsThere);
        Assert.Empty(here.Lines);
    }

    private sealed class Watching : ILogger<WatchedRecord>, IAsyncDisposable
    {
        private readonly TestRecord record;

        private Watching(TestRecord record)
        {
            (this.record, Database) = (record, new UnsteadyRecord(record));
            Record = new WatchedRecord(Database, () => Forgotten++, Clock, this);
        }

        public FakeTimeProvider Clock { get; } = new(Some.Noon) { AutoAdvanceAmount = TimeSpan.FromTicks(1) };

        public int Forgotten { get; private set; }

        public UnsteadyRecord Database { get; }

        public WatchedRecord Record { get; }

        public List<string> Lines { get; } = [];

        public static async Task<Watching> StartAsync(bool open = true)
        {
            var watching = new Watching(await TestRecord.CreateAsync());
            if (open)
            {
                watching.Record.Open();
            }

            return watching;
        }

        public async Task UntilAsync(Func<bool> holds)
        {
            while (!holds())
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(5, Some.Token);
            }
        }

        public Task<bool> WriteAsync() => Record.WriteAsync((_, _) => Task.FromResult(true), Some.Token);

        public Task<bool> ReadAsync() => Record.ReadAsync((_, _) => Task.FromResult(true), Some.Token);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public ValueTask DisposeAsync()
        {
            Record.Dispose();
            return record.DisposeAsync();
        }
    }
}
