using System.Collections.Frozen;

namespace PatchBot.Core.Lab.Reading;

/// <summary>Slips of the finger in the words that matter most: a letter left out, doubled, or swapped with the next.</summary>
internal static class Typos
{
    // Real words that a slip could make.
    private static readonly FrozenSet<string> Words = FrozenSet.Create(
        "passe", "pased", "filed", "faied", "assed", "issue", "blocke", "passes", "pass", "fail", "teted");

    private static readonly FrozenDictionary<string, Sense> Slips = Build();

    public static Sense SenseOf(string key) => key.Length < 4 ? Sense.None : Slips.GetValueOrDefault(key);

    private static FrozenDictionary<string, Sense> Build()
    {
        var slips = new Dictionary<string, Sense> { ["pased"] = Sense.Pass, ["pasd"] = Sense.Pass };
        foreach (var (word, sense) in ((string, Sense)[])
        [
            ("passed", Sense.Pass), ("failed", Sense.Fail), ("blocked", Sense.Blocked), ("issues", Sense.Problem),
            ("problems", Sense.Problem), ("tested", Sense.Tested), ("partial", Sense.Partial), ("probably", Sense.Hedge),
        ])
        {
            // The first letter stays: without it other words begin.
            for (var at = 1; at < word.Length; at++)
            {
                Add(word.Remove(at, 1), sense);
                Add(word.Insert(at, word[at].ToString()), sense);
                if (at + 1 < word.Length)
                {
                    Add($"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}", sense);
                }
            }
        }

        return slips.ToFrozenDictionary();

        void Add(string slip, Sense sense)
        {
            if (!Words.Contains(slip))
            {
                slips.TryAdd(slip, sense);
            }
        }
    }
}
