using PatchBot.Core.Announcements;
using PatchBot.Core.Audit;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Workspaces;

namespace PatchBot.Tests.WebChat;

/// <summary>A record that holds a transcript in memory, and which message shows which post; <see cref="Down"/> is a database that does not answer.</summary>
internal sealed class FakeRecord : IRecord, IRecordSession
{
    public FakeTranscript Messages { get; } = new();

    public bool Down { get; set; }

    /// <summary>What happens between a commit and its caller's next step.</summary>
    public Func<Task> Committed { get; set; } = () => Task.CompletedTask;

    /// <summary>What happens between the end of a read and its caller's next step.</summary>
    public Func<Task> Answered { get; set; } = () => Task.CompletedTask;

    public ITranscript Transcript => Messages;

    public IPatchStore Patches => throw NotHeld();

    public IRelationStore Relations => throw NotHeld();

    public ILabStore Lab => throw NotHeld();

    public IRolloutStore Rollouts => throw NotHeld();

    public IAnnouncementStore Announcements => throw NotHeld();

    public IChannelStore Channels => throw NotHeld();

    public FakePosts Shown { get; } = new();

    public IPostStore Posts => Shown;

    public IInbox Inbox => throw NotHeld();

    public PatchBot.Core.Retention.IRetentionStore Retention => throw NotHeld();

    public IPeopleStore People => throw NotHeld();

    public ILinkStore Links => throw NotHeld();

    public ILinkCodeStore LinkCodes => throw NotHeld();

    public IWorkspaceStore Workspaces => throw NotHeld();

    public IAuditLog Audit => throw NotHeld();

    public Task<T> WriteAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, Committed, cancellationToken);

    public Task<T> ReadAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, Answered, cancellationToken);

    private async Task<T> RunAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, Func<Task> afterwards, CancellationToken cancellationToken)
    {
        var result = await (Down ? throw new RecordUnavailableException("The database is down.", new IOException()) : work(this, cancellationToken));
        await afterwards();
        return result;
    }

    private static NotSupportedException NotHeld() => new("The web chat needs the transcript and the posts only.");
}

internal sealed class FakeTranscript : ITranscript
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, TranscriptMessage> messages = [];

    /// <summary>How often a channel was read.</summary>
    public int Reads { get; private set; }

    public Task<TranscriptMessage> AddAsync(TranscriptMessage message, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var same = message.PostId is null ? null : messages.Values.FirstOrDefault(known => known.PostId == message.PostId);
            return Task.FromResult(same ?? (messages[messages.Count + 1] = message with { Id = messages.Count + 1 }));
        }
    }

    public Task<TranscriptMessage?> FindAsync(long id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(messages.GetValueOrDefault(id));
        }
    }

    public Task<TranscriptMessage?> EditAsync(long id, string text, string? card, CancellationToken cancellationToken) =>
        Task.FromResult(Change(id, message => message with { Text = text, Card = card, Version = message.Version + 1 }));

    public Task DeleteAsync(long id, CancellationToken cancellationToken) =>
        Task.FromResult(Change(id, message => message with { Deleted = true }));

    public Task<IReadOnlyList<TranscriptMessage>> ReadAsync(ChannelRef channel, long after, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Reads++;
            return Task.FromResult<IReadOnlyList<TranscriptMessage>>(
                [.. messages.Values.Where(message => message.Channel == channel && message.Id > after && !message.Deleted).TakeLast(limit)]);
        }
    }

    public async Task<IReadOnlyList<TranscriptMessage>> ThreadAsync(ChannelRef channel, long root, int limit, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(channel, 0, int.MaxValue, cancellationToken)).Where(message => (message.Thread ?? message.Id) == root)];

    private TranscriptMessage? Change(long id, Func<TranscriptMessage, TranscriptMessage> change)
    {
        lock (gate)
        {
            return messages.TryGetValue(id, out var message) ? messages[id] = change(message) : null;
        }
    }
}
