namespace PatchBot.Core;

/// <summary>A product's name or a title in which <c>*</c> stands for any text, also none. Case does not matter; no other sign is special.</summary>
public readonly record struct NamePattern
{
    public const int MaxLength = 200;

    public NamePattern(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        if (value.Length > MaxLength)
        {
            throw new ArgumentException($"A pattern has at most {MaxLength} characters; this one has {value.Length}.", nameof(value));
        }

        Value = value.Trim();
    }

    public string Value { get => field ?? ""; }

    // Only the last star is ever tried again, so that no pattern takes longer than its length times the name's.
    public bool Matches(string name)
    {
        var (pattern, at, inName, star, resume) = (Value, 0, 0, -1, 0);
        while (inName < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, resume) = (at++, inName);
            }
            else if (at < pattern.Length && char.ToUpperInvariant(pattern[at]) == char.ToUpperInvariant(name[inName]))
            {
                (at, inName) = (at + 1, inName + 1);
            }
            else if (star >= 0)
            {
                (at, inName) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }

    public override string ToString() => Value;
}
