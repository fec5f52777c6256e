using Microsoft.Extensions.DependencyInjection;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Db.Engines;

namespace PatchBot.Benchmarks.Scale;

/// <summary>A bot over a store of some size, and what the questions ask it with.</summary>
internal sealed class ScaleStore : IAsyncDisposable
{
    public static readonly ChannelRef Patching = new("webchat", "patching");
    public static readonly ChannelRef Announcements = new("webchat", "announcements");

    private readonly RunningBot bot;

    private ScaleStore(RunningBot bot, FileInfo file, ScaleSize size, ShiftedClock clock)
    {
        (this.bot, File, Size, Clock) = (bot, file, size, clock);
    }

    public static Person Engineer { get; } = new(PersonId.Of("webchat", "local", "engineer"), "Erin Engineer");

    public static Person Manager { get; } = new(PersonId.Of("webchat", "local", "manager"), "Max Manager");

    public FileInfo File { get; }

    public ScaleSize Size { get; }

    public ShiftedClock Clock { get; }

    /// <summary>Opens a store, after filling it where there is none yet.</summary>
    public static async Task<ScaleStore> OpenAsync(DirectoryInfo folder, ScaleSize size, Action<string> report, Action<IServiceCollection>? also = null)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, $"scale-{size.Patches}.db"));
        var building = new FileInfo($"{file.FullName}.building");
        if (!file.Exists)
        {
            building.Delete();
            await using (var empty = await StartAsync(building, size))
            {
                // A connection that waits in the pool would keep the file from being filled.
                empty.CloseIdle();
            }

            using (var history = new History(building, size))
            {
                history.Fill(TimeProvider.System.GetUtcNow(), step => report($"{size.Patches:N0} patches, {step}"));
            }

            await using (var filled = await StartAsync(building, size))
            {
                report($"{size.Patches:N0} patches, work in hand");
                await WorkInHand.BeginAsync(filled);
            }

            building.MoveTo(file.FullName);
        }

        return await StartAsync(file, size, also);
    }

    public T The<T>() where T : notnull => bot.Services.GetRequiredService<T>();

    public Task<T> ReadAsync<T>(Func<IRecordSession, Task<T>> work) => The<IRecord>().ReadAsync((session, _) => work(session), CancellationToken.None);

    public Task<T> WriteAsync<T>(Func<IRecordSession, Task<T>> work) => The<IRecord>().WriteAsync((session, _) => work(session), CancellationToken.None);

    public Task WriteAsync(Func<IRecordSession, Task> work) => WriteAsync(async session =>
    {
        await work(session);
        return true;
    });

    public Task ImportAsync(byte[] document) => bot.ImportAsync(document);

    /// <summary>Into production, which the questions are about.</summary>
    public async Task<Rollout> RolloutAsync(PatchId patch) =>
        (await ReadAsync(session => session.Rollouts.OfPatchesAsync([patch], CancellationToken.None))).Single(rollout => rollout.Ring == "production");

    /// <summary>The message that shows a patch in hand.</summary>
    public async Task<string> CardAsync(PatchId patch) =>
        (await ReadAsync(session => session.Posts.OfSubjectAsync(PostSubject.Of(PatchCard.SubjectKind, patch.Value), CancellationToken.None)))
            .Single(post => post.Channel == Patching).Message!;

    public Task<Answer> PressAsync(Person by, string card, string action, IReadOnlyDictionary<string, string> inputs) =>
        TakeAsync(new ActionPressed(Patching, by, NextKey(), card, card, action, inputs));

    /// <param name="card">In whose thread; otherwise to the bot.</param>
    public Task<Answer> SayAsync(Person by, string text, string? card = null)
    {
        var key = NextKey();
        return TakeAsync(new MessagePosted(Patching, by, key, key, card, text, ToBot: card is null));
    }

    /// <summary>Leaves nothing of the file in this process.</summary>
    public void CloseIdle() => The<ISqlEngine>().CloseIdle();

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    private static string NextKey() => $"scale/{Guid.NewGuid():N}";

    private static async Task<ScaleStore> StartAsync(FileInfo file, ScaleSize size, Action<IServiceCollection>? also = null)
    {
        var clock = new ShiftedClock();
        return new ScaleStore(await RunningBot.StartAsync(serve: false, file, clock, also), file, size, clock);
    }

    /// <summary>Refusals are quick, so a measured one would be a lie.</summary>
    private async Task<Answer> TakeAsync(ChatEvent chatEvent) => await The<IConversation>().HandleAsync(chatEvent, CancellationToken.None) switch
    {
        NoticeAnswer { Tone: not Cards.Tone.Good } refused => throw new InvalidOperationException($"'{chatEvent}' was refused: {refused.Text}"),
        var answer => answer,
    };
}

/// <summary>The computer's time and more, so that windows can end.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
