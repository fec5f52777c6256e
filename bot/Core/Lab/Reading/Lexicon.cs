using System.Collections.Frozen;

namespace PatchBot.Core.Lab.Reading;

/// <summary>All known words and phrases, of all languages together; the longest phrase that matches counts.</summary>
internal static class Lexicon
{
    private static readonly FrozenDictionary<string, Phrase[]> Phrases = ByFirstWord();
    private static readonly FrozenDictionary<string, Sense> Ideographs = WithoutSpaces();
    private static readonly FrozenDictionary<string, Sense>.AlternateLookup<ReadOnlySpan<char>> IdeographLookup =
        Ideographs.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly int LongestIdeographs = Ideographs.Keys.Max(word => word.Length);

    /// <summary>The phrase that starts at <paramref name="at"/>, and how many tokens it takes.</summary>
    public static (Sense Sense, int Length) Find(IReadOnlyList<Token> tokens, int at)
    {
        if (Phrases.TryGetValue(tokens[at].Key, out var phrases))
        {
            foreach (var phrase in phrases)
            {
                if (phrase.Matches(tokens, at))
                {
                    return (phrase.Sense, phrase.Words.Length);
                }
            }
        }

        return (Typos.SenseOf(tokens[at].Key), 1);
    }

    /// <summary>The longest Japanese or Chinese word at the start of <paramref name="text"/>; length 0 when none is known.</summary>
    public static (Sense Sense, int Length) FindIdeographs(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(LongestIdeographs, text.Length); length > 0; length--)
        {
            if (IdeographLookup.TryGetValue(text[..length], out var sense))
            {
                return (sense, length);
            }
        }

        return (Sense.None, 0);
    }

    private static FrozenDictionary<string, Phrase[]> ByFirstWord()
    {
        var phrases = new Dictionary<string, Phrase>();
        foreach (var (sense, text) in Entries([.. EnglishWords.All, .. GermanicWords.All, .. RomanceWords.All, .. HarmlessWords.All]))
        {
            string[] words = [.. Tokenizer.Words(text)];
            phrases.TryAdd(string.Join(' ', words), new Phrase(words, sense));
        }

        return phrases.Values
            .GroupBy(phrase => phrase.Words[0])
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(phrase => phrase.Words.Length).ToArray());
    }

    private static FrozenDictionary<string, Sense> WithoutSpaces() =>
        Entries([EastAsianWords.Text]).DistinctBy(entry => entry.Text).ToFrozenDictionary(entry => entry.Text, entry => entry.Sense);

    // "Sense: phrase | phrase", a line each.
    private static IEnumerable<(Sense Sense, string Text)> Entries(IEnumerable<string> languages) =>
        from language in languages
        from line in language.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let colon = line.IndexOf(':', StringComparison.Ordinal)
        let sense = Enum.Parse<Sense>(line[..colon])
        from phrase in line[(colon + 1)..].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        select (sense, phrase);

    private sealed record Phrase(string[] Words, Sense Sense)
    {
        public bool Matches(IReadOnlyList<Token> tokens, int at)
        {
            if (at + Words.Length > tokens.Count)
            {
                return false;
            }

            for (var word = 1; word < Words.Length; word++)
            {
                if (tokens[at + word].Key != Words[word])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
