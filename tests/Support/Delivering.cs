using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Tests.Support;

/// <summary>A deliverer over a record of its own, cards that say what they are told, and a platform that only remembers.</summary>
internal sealed class Delivering : IAsyncDisposable
{
    private readonly TestRecord record;

    private Delivering(TestRecord record, FakeTimeProvider clock)
    {
        (this.record, Clock, People, Database) = (record, clock, new RightOfWay(clock), new UnsteadyRecord(record));
        Deliverer = Over(Database);
    }

    public FakeTimeProvider Clock { get; }

    public RightOfWay People { get; }

    public FakeChat Platform { get; } = new();

    public FakeCards Cards { get; } = new();

    /// <summary>What <see cref="Deliverer"/> works over; others see the database as it is.</summary>
    public UnsteadyRecord Database { get; }

    public Deliverer Deliverer { get; }

    public static async Task<Delivering> StartAsync()
    {
        var clock = new FakeTimeProvider(Some.Noon);
        return new Delivering(await TestRecord.CreateAsync(clock), clock);
    }

    /// <summary>Serves four channels at once.</summary>
    public DeliveryWorker Worker() => new(Deliverer, Options.Create(new DeliveryOptions { AtOnce = 4 }), Clock, NullLogger<DeliveryWorker>.Instance);

    /// <summary>Lets time pass until something holds; gives up when the test's time is over.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Some.Token);
        }
    }

    /// <summary>What another process would run: shares nothing but the database file and the platform.</summary>
    public Deliverer Another() => Over(record.OpenAnother());

    public Task WantAsync(ChannelRef channel, params string[] subjects) => WriteAsync(async session =>
    {
        foreach (var subject in subjects)
        {
            await session.Posts.WantAsync(channel, PostSubject.Of(Cards.Kind, subject), null, Some.Token);
        }
    });

    public Task RefreshAsync(string subject) => WriteAsync(session => session.Posts.RefreshAsync(PostSubject.Of(Cards.Kind, subject), Some.Token));

    public Task RunAsync() => RunAsync(Deliverer);

    /// <summary>Delivers until nothing is due.</summary>
    public static async Task RunAsync(Deliverer deliverer)
    {
        while (await deliverer.DeliverNextAsync(null, Some.Token))
        {
        }
    }

    public async Task<string?> FaultOfAsync(string subject) =>
        await record.ByHandAsync($"SELECT last_fault FROM post WHERE subject = '{PostSubject.Of(Cards.Kind, subject)}' AND last_fault IS NOT NULL") as string;

    public Task WriteAsync(Func<IRecordSession, Task> work) => record.WriteAsync(
        async (session, _) =>
        {
            await work(session);
            return true;
        },
        Some.Token);

    public Task<T> ReadAsync<T>(Func<IRecordSession, Task<T>> work) => record.ReadAsync((session, _) => work(session), Some.Token);

    public ValueTask DisposeAsync()
    {
        Deliverer.Dispose();
        return record.DisposeAsync();
    }

    private Deliverer Over(IRecord over) =>
        new(over, [Platform], [Cards], People, Options.Create(new DeliveryOptions()), Clock, NullLogger<Deliverer>.Instance);

    internal sealed class FakeCards : ICardSource
    {
        private readonly Dictionary<string, string?> titles = [];

        public string Kind => "note";

        public HashSet<string> Broken { get; } = [];

        /// <summary>What the card of a subject says; "<c>{subject} 1</c>" until it is told, no card for <see langword="null"/>.</summary>
        public string? this[string subject]
        {
            get => titles.TryGetValue(subject, out var title) ? title : $"{subject} 1";
            set => titles[subject] = value;
        }

        public Task<ChatCard?> DrawAsync(IRecordSession session, PostSubject subject, ChannelRef channel, CancellationToken cancellationToken)
        {
            if (Broken.Contains(subject.Key))
            {
                throw new InvalidOperationException($"Cannot draw {subject.Key}.");
            }

            return Task.FromResult(this[subject.Key] is { } title ? new ChatCard { Title = title, Summary = title } : null);
        }
    }
}
