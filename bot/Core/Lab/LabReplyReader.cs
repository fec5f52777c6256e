using PatchBot.Core.Lab.Reading;
using PatchBot.Core.Patches;

namespace PatchBot.Core.Lab;

/// <summary>
/// Understands what a message says about lab results. Never guesses: what is not clearly reported is asked about or left
/// alone. Knows no store: call <see cref="Mentions"/>, look the names up, then <see cref="Read"/>.
/// </summary>
public static class LabReplyReader
{
    /// <summary>The patches that a text names, as their vendors write them; for looking up.</summary>
    public static IReadOnlyList<string> Mentions(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > ReplyText.Longest
            ? []
            : [.. Tokenizer.Cut(ReplyText.Of(text).Text).Where(token => token.Kind == TokenKind.Patch).Select(token => token.Key).Distinct()];
    }

    /// <param name="text">As the platform delivers it: plain text, Slack markup or Teams HTML.</param>
    /// <param name="threadPatch">The patch under whose card it was written.</param>
    /// <param name="known">Those of the <see cref="Mentions"/> that are known, by the name mentioned.</param>
    public static LabReading Read(string text, PatchId? threadPatch, IReadOnlyDictionary<string, PatchId> known)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(known);
        if (text.Length > ReplyText.Longest)
        {
            return Questions.Ask(LabDoubt.TooLong);
        }

        var reply = ReplyText.Of(text);
        if (reply.IsEmpty)
        {
            return reply.Struck ? Questions.Ask(LabDoubt.Retraction) : reply.Code ? Questions.Ask(LabDoubt.LogOnly) : LabReading.None;
        }

        return reply.Text[0] is '/' or '!' ? LabReading.None
            : Clauses.TryRead(HostRanges.Spread(reply.Text, Tokenizer.Cut(reply.Text), out var unclear), out var clauses) ? Message.Of(reply, clauses, unclear, threadPatch, known).Read()
            : Questions.Ask(LabDoubt.TooLong);
    }
}
