using System.Text;
using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Adapters.Teams.Protocol;

namespace PatchBot.Tests.Teams.Inbound;

/// <summary>What the bot said outside of its answers, in order.</summary>
internal sealed record Said(string How, string Where, string Text)
{
    public override string ToString() => $"{How} {Where}: {Text}";
}

/// <summary>A connector that keeps what it is given. It whispers, and opens chats, unless told otherwise.</summary>
internal sealed class FakeConnector : IConnector
{
    private readonly Lock gate = new();
    private readonly List<Said> said = [];
    private int messages = 1_000;

    /// <summary>Who is in every conversation.</summary>
    public List<PatchBot.Core.People.Person> Members { get; } = [];

    public bool Whispers { get; set; } = true;

    /// <summary>What every whisper meets.</summary>
    public Exception? WhisperFault { get; set; }

    public bool OpensChats { get; set; } = true;

    public IReadOnlyList<Said> All
    {
        get
        {
            lock (gate)
            {
                return [.. said];
            }
        }
    }

    public Task<string?> SendAsync(ConversationAddress address, ConversationId conversation, OutboundMessage message, TimeSpan patience, CancellationToken cancellationToken) =>
        Task.FromResult(Add("reply", conversation, message));

    public Task UpdateAsync(ConversationAddress address, ConversationId conversation, string message, OutboundMessage content, TimeSpan patience, CancellationToken cancellationToken)
    {
        Add($"edit {message}", conversation, content);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(ConversationAddress address, ConversationId conversation, string message, TimeSpan patience, CancellationToken cancellationToken)
    {
        Add($"delete {message}", conversation, OutboundMessage.OfText(""));
        return Task.CompletedTask;
    }

    public Task<bool> WhisperAsync(ConversationAddress address, ConversationId conversation, string person, OutboundMessage message, CancellationToken cancellationToken)
    {
        if (WhisperFault is { } fault)
        {
            throw fault;
        }

        if (Whispers)
        {
            Add($"whisper to {person}", conversation, message);
        }

        return Task.FromResult(Whispers);
    }

    public Task<string?> OpenDirectAsync(PersonAddress person, CancellationToken cancellationToken) =>
        Task.FromResult(OpensChats ? $"a:chat-with-{person.Id}" : null);

    public async IAsyncEnumerable<Member> MembersAsync(
        ConversationAddress address, ConversationId conversation, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var person in Members)
        {
            yield return new Member { Id = $"29:{person.Name}", Name = person.Name, AadObjectId = person.Id.ObjectId.ToUpperInvariant() };
        }
    }

    public Task<IReadOnlyList<Named>> ChannelsAsync(ConversationAddress address, string teamId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Named>>([new Named { Id = teamId }, new Named { Id = "19:ops@thread.tacv2", Name = "Patching" }]);

    private string? Add(string how, ConversationId conversation, OutboundMessage message)
    {
        lock (gate)
        {
            said.Add(new Said(how, conversation.ToString(), message.Text.Length > 0 ? message.Text : Encoding.UTF8.GetString(message.Card.Span)));
            return $"{++messages}";
        }
    }
}
