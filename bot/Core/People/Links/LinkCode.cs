using System.Security.Cryptography;
using System.Text;

namespace PatchBot.Core.People.Links;

/// <summary>
/// A one-time code that is out. The first is for the person to say on their other platform; the second, given there, comes
/// back to the one who began.
/// </summary>
/// <param name="Hash">SHA-256 of the code, in hex; the code itself is nowhere.</param>
/// <param name="By">Who began.</param>
/// <param name="Answered">Who said the first code, so that this is the second; <see langword="null"/> for the first.</param>
public sealed record LinkCode(string Hash, Person By, LinkAnswer? Answered, DateTimeOffset ExpiresAt)
{
    // Without what looks or sounds like another: I, L, O, U, 0, 1.
    private const string Alphabet = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
    private const int Groups = 3;
    private const int GroupLength = 4;

    /// <summary>A new code such as <c>K7QD-94XM-T2WH</c>: 58 bits, so that nobody finds it from its hash while it is worth anything.</summary>
    public static string NewText() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));

    /// <summary>However it was typed: case, blanks and dashes do not count.</summary>
    public static string HashOf(string text)
    {
        var typed = string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(typed)));
    }
}

/// <param name="Channel">The id of their chat with the bot alone, on their own platform.</param>
public sealed record LinkAnswer(Person By, string Channel);
