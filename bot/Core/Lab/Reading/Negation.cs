namespace PatchBot.Core.Lab.Reading;

/// <summary>The negations that wait for a word to turn around, within one clause.</summary>
internal struct Negation
{
    private int count;

    public int At { get; private set; }

    /// <summary>Covers every case: "not a single", "nothing".</summary>
    public bool IsUniversal { get; private set; }

    public string Word { get; private set; }

    /// <summary>Some negation found nothing to turn around, so what it denied is not known.</summary>
    public bool Wasted { get; private set; }

    public readonly bool Pending => count > 0;

    public readonly bool Began(int at, int within) => Pending && at - At <= within;

    public void Begin(int at, bool nothing, string word = "")
    {
        IsUniversal |= nothing;
        (At, Word) = (at, word);
        count++;
    }

    /// <summary>How many negations reach the word at <paramref name="at"/>; they are used up by it.</summary>
    public int Take(int at, int reach)
    {
        var reaching = Pending && at - At <= reach ? count : 0;
        Wasted |= Pending && reaching == 0;
        count = 0;
        return reaching;
    }
}
