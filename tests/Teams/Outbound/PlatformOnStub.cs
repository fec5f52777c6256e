using Microsoft.Extensions.Options;
using Microsoft.Extensions.Logging.Abstractions;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams.Outbound;

/// <summary>The platform over a record with a channel and a chat, and the stub that it posts to.</summary>
internal sealed class PlatformOnStub : IAsyncDisposable
{
    public static readonly ChannelRef Channel = new(TeamsOptions.Platform, "19:patching@thread.tacv2");
    public static readonly ChannelRef Chat = new(TeamsOptions.Platform, "a:chat");
    public static readonly PostSubject Subject = new("note/1");

    private PlatformOnStub(TestRecord record, ConnectorOnStub line, IReadOnlyList<Ring> rings)
    {
        (Record, Line) = (record, line);
        Platform = new TeamsPlatform(record, line.Connector, new TeamsCards(new Rings(rings), Options.Create(new TeamsOptions())));
        Duplicates = new Duplicates(record, line.Connector, NullLogger<Duplicates>.Instance);
    }

    public TestRecord Record { get; }

    public ConnectorOnStub Line { get; }

    public TeamsPlatform Platform { get; }

    public Duplicates Duplicates { get; }

    public static ChatCard Card(string title = "One") => new() { Title = title, Summary = "What matters", Actions = [new PressAction("note/1", "Take note")] };

    public static async Task<PlatformOnStub> StartAsync(params IReadOnlyList<Ring> rings)
    {
        var platform = new PlatformOnStub(await TestRecord.CreateAsync(), await ConnectorOnStub.StartAsync(), rings);
        await platform.WriteAsync(async session =>
        {
            await session.Channels.SaveAsync(new Channel(Channel, "Patching", ChannelState.Active) { Address = platform.Line.InChannel.Write() }, Some.Token);
            await session.Channels.SaveAsync(new Channel(Chat, "Ana", ChannelState.Active) { Address = platform.Line.InChat.Write() }, Some.Token);
        });
        return platform;
    }

    /// <summary>A post that is noted as shown by a message; by none for <see langword="null"/>.</summary>
    public async Task<long> WantAsync(ChannelRef channel, string? message, bool pending = false)
    {
        await WriteAsync(session => session.Posts.WantAsync(channel, Subject, null, Some.Token));
        var id = (await PostAsync()).Id;
        if (!pending)
        {
            await WriteAsync(session => session.Posts.ShownAsync(id, 1, message, "print", Some.Token));
        }

        return id;
    }

    public async Task<Post> PostAsync() => Assert.Single(await ReadAsync(session => session.Posts.OfSubjectAsync(Subject, Some.Token)));

    public Task<T> ReadAsync<T>(Func<IRecordSession, Task<T>> work) => Record.ReadAsync((session, _) => work(session), Some.Token);

    public Task WriteAsync(Func<IRecordSession, Task> work) => Record.WriteAsync(
        async (session, _) =>
        {
            await work(session);
            return true;
        },
        Some.Token);

    public async ValueTask DisposeAsync()
    {
        await Line.DisposeAsync();
        await Record.DisposeAsync();
    }
}
