using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Protocol;

/// <summary>A conversation id as Teams writes it: the channel, and in channels the thread that a message belongs to.</summary>
/// <param name="Channel"><c>19:…@thread.tacv2</c>, <c>19:…@thread.v2</c> or <c>a:…</c>.</param>
/// <param name="Thread">The root message's id, digits.</param>
internal readonly record struct ConversationId(string Channel, string? Thread)
{
    private const string Mark = ";messageid=";

    public ChannelRef Ref => new(TeamsOptions.Platform, Channel);

    public static ConversationId Read(string id)
    {
        var end = id.IndexOf(';', StringComparison.Ordinal);
        if (end < 0)
        {
            return new(id, null);
        }

        var at = id.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        var thread = at < 0 ? "" : id[(at + Mark.Length)..].Split(';')[0];
        return new(id[..end], thread.Length > 0 && thread.All(char.IsAsciiDigit) && thread.Any(digit => digit != '0') ? thread : null);
    }

    /// <summary>As the connector takes it: posting to it replies in the thread, or begins a new one.</summary>
    public override string ToString() => Thread is null ? Channel : $"{Channel}{Mark}{Thread}";
}
