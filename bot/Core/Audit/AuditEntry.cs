using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PatchBot.Core.People;

namespace PatchBot.Core.Audit;

/// <summary>What is to be remembered: who did what to which subject, from which message.</summary>
/// <param name="Action">A dotted verb, such as <c>approval.recorded</c>; at most 60 characters.</param>
/// <param name="Subject">What it was done to, such as <c>patch/KB5032196</c>; at most 200 characters.</param>
/// <param name="Detail">What a reader needs to understand it, as one line of plain text; at most 2,000 characters.</param>
/// <param name="Origin">The message or command that it came from; empty when the bot acted by itself.</param>
public sealed record AuditEvent(DateTimeOffset At, PersonId Actor, string Action, string Subject, string Detail, string Origin)
{
    public const int MaxDetail = 2000;

    /// <summary>Cuts a detail that is too long, visibly.</summary>
    public static string Fit(string detail) => detail.Length <= MaxDetail ? detail : $"{detail[..(MaxDetail - 1)]}…";
}

/// <summary>One link of the chain: its hash covers its content and the hash before it.</summary>
public sealed record AuditEntry(long Sequence, AuditEvent Event, string PreviousHash, string Hash)
{
    /// <summary>What the first entry follows.</summary>
    public static string Genesis { get; } = new('0', 64);

    public static AuditEntry Follow(long sequence, string previousHash, AuditEvent audited) =>
        new(sequence, audited, previousHash, HashOf(sequence, previousHash, audited));

    public bool IsIntact() => Hash == HashOf(Sequence, PreviousHash, Event);

    // Each part goes in with its length before it, so that moving text from one field to the next changes the hash.
    private static string HashOf(long sequence, string previousHash, AuditEvent audited)
    {
        var text = new StringBuilder();
        foreach (var part in (ReadOnlySpan<string>)
        [
            sequence.ToString(CultureInfo.InvariantCulture), previousHash,
            audited.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            audited.Actor.Value, audited.Action, audited.Subject, audited.Detail, audited.Origin,
        ])
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
