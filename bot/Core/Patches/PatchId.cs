using System.Text.RegularExpressions;

namespace PatchBot.Core.Patches;

/// <summary>The vendor's own name for a patch, such as <c>KB5034441</c> or <c>USN-6591-1</c>; at most 120 characters.</summary>
public readonly partial record struct PatchId : IComparable<PatchId>
{
    public const int MaxLength = 120;

    public PatchId(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        var name = value.Trim();
        if (name.Length > MaxLength)
        {
            throw new ArgumentException($"A patch id has at most {MaxLength} characters; '{name[..40]}…' has {name.Length}.", nameof(value));
        }

        Value = !IsWritten(name) && BareKb().Match(name) is { Success: true } kb ? $"KB{kb.Groups[1].Value}" : name;
    }

    public string Value { get => field ?? ""; }

    public static bool operator <(PatchId left, PatchId right) => left.CompareTo(right) < 0;

    public static bool operator >(PatchId left, PatchId right) => left.CompareTo(right) > 0;

    public static bool operator <=(PatchId left, PatchId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PatchId left, PatchId right) => left.CompareTo(right) >= 0;

    public int CompareTo(PatchId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    // Most are read from the record, where they stand as they are to be.
    private static bool IsWritten(string name) => name.StartsWith("KB", StringComparison.Ordinal) ? !name.AsSpan(2).ContainsAnyExceptInRange('0', '9') : !char.IsDigit(name[^1]);

    // "5034441", "kb 5034441" and "KB-5034441" are spellings of one id.
    [GeneratedRegex(@"^(?:kb[\s-]?)?(\d{6,8})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BareKb();
}
