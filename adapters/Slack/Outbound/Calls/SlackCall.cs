using System.Text;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Slack.Outbound.Calls;

/// <summary>One request to the Web API.</summary>
/// <param name="Workspace">Whose token it carries.</param>
/// <param name="Channel">The conversation that it is about; empty for none.</param>
/// <param name="Subject">For log and faults: ids only.</param>
internal sealed record SlackCall(SlackMethod Method, string Workspace, string Channel, string Subject)
{
    public required ReadOnlyMemory<byte> Body { get; init; }

    public string ContentType { get; private init; } = WireRequest.Json;

    /// <summary>A call that only asks: some of these methods understand nothing but a form.</summary>
    /// <param name="fields">Those without a value are left out.</param>
    public static SlackCall Asking(
        SlackMethod method, string workspace, string channel, string subject, params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var form = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            if (value is { Length: > 0 })
            {
                form.Append(form.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return new SlackCall(method, workspace, channel, subject)
        {
            Body = Encoding.UTF8.GetBytes(form.ToString()),
            ContentType = WireRequest.Form,
        };
    }
}
