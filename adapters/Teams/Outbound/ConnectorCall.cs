using System.Text;

namespace PatchBot.Adapters.Teams.Outbound;

/// <summary>What the platform counts apart.</summary>
internal enum Operation
{
    /// <summary>Messages, replies, edits, deletions.</summary>
    Send,

    /// <summary>New chats with a person, new threads in a channel.</summary>
    Create,

    Members,

    Channels,
}

/// <summary>One request to the connector, before it is known where to.</summary>
/// <param name="ServiceUrl">As it is kept of the conversation.</param>
/// <param name="Conversation">What the limits count: a chat or a whole channel, without its threads.</param>
/// <param name="Path">Below the service URL, escaped.</param>
/// <param name="Subject">For log and faults: ids only.</param>
internal sealed record ConnectorCall(
    HttpMethod Method, string ServiceUrl, string Tenant, string Conversation, Operation Operation, string Path, string Subject)
{
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Made twice, it is as if it was made once.</summary>
    public bool ShowsOnce { get; init; }

    /// <summary>Made twice, it would show twice.</summary>
    public bool Creates => Method == HttpMethod.Post && !ShowsOnce;

    /// <summary>Puts ids into a path. Each is one segment, whatever it holds.</summary>
    /// <exception cref="ArgumentException">An id that no escaping keeps in its place.</exception>
    public static string PathOf(params ReadOnlySpan<string> segments)
    {
        var path = new StringBuilder("v3");
        foreach (var segment in segments)
        {
            if (segment is "" or "." or "..")
            {
                throw new ArgumentException($"'{segment}' is no id.", nameof(segments));
            }

            path.Append('/').Append(Uri.EscapeDataString(segment));
        }

        return path.ToString();
    }
}
