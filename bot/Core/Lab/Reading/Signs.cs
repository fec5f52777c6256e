using System.Collections.Frozen;

namespace PatchBot.Core.Lab.Reading;

/// <summary>Emoji, their short codes and typed signs that say how a test went.</summary>
internal static class Signs
{
    private const string Table = """
        Green: ✅ ☑ ✔ ✓ 👍 🟢 🟩 💚 👌 💯 🆗 +1 :white_check_mark: :heavy_check_mark: :ballot_box_with_check: :+1: :thumbsup: :large_green_circle: :green_circle: :green_heart: :ok_hand: :ok: :large_green_square: :check: :tick: :100: (y)
        Red: ❌ ✖ ✗ ✘ ❎ 👎 🔴 🟥 🚫 ⛔ 💥 -1 :x: :-1: :thumbsdown: :red_circle: :no_entry: :no_entry_sign: :large_red_square: :boom: :heavy_multiplication_x: :cross_mark: :negative_squared_cross_mark: (n)
        Yellow: ⚠ 🟡 🟠 🟨 🟧 💛 ❓ ❔ 🤷 🤔 😬 ☐ ⬜ ⏳ ⌛ 🔲 🔜 :hourglass: :hourglass_flowing_sand: :white_large_square: :warning: :large_yellow_circle: :yellow_circle: :large_orange_circle: :orange_circle: :question: :shrug: :thinking_face: :thinking:
        Neutral: :( :-( :'( :/ :-/ :| :-| ;) ;-)
        Chat: :) :-) :D :-D 🎉 🥳 🙏 🙂 😀 😃 😄 😊 😁 😎 🚀 ☕ 🍺 🍻 🍕 💪 🙌 👏 🎃 🎊 ❤ ⭐ 🌟 🏆 🥇 📎 📸 🔗 📝 📋 🖥 💻 🔒 👀 👋 🤖 😅 ☺ 🫡
        Sarcasm: 🙃 🙄 😒 😏 :upside_down_face: :face_with_rolling_eyes: :roll_eyes: :unamused: :smirk: /s
        """;

    private static readonly FrozenDictionary<string, Sense> All = Table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(sign => (Sign: sign, Sense: Enum.Parse<Sense>(line[..line.IndexOf(':', StringComparison.Ordinal)].Trim()))))
        .DistinctBy(entry => entry.Sign)
        .ToFrozenDictionary(entry => entry.Sign, entry => entry.Sense);

    private static readonly FrozenDictionary<string, Sense>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        All.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int Longest = All.Keys.Max(sign => sign.Length);

    public static bool TryRead(string text, int at, out Sense sense, out int length)
    {
        for (length = Math.Min(Longest, text.Length - at); length > 0; length--)
        {
            var typed = char.IsAsciiDigit(text[at + length - 1]);
            if (Lookup.TryGetValue(text.AsSpan(at, length), out sense)
                && (!typed || ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + length == text.Length || !IsWordGoingOn(text, at + length))))
                && (!IsFace(text.AsSpan(at, length)) || IsAlone(text, at, length)))
            {
                return true;
            }
        }

        (sense, length) = (Sense.None, 0);
        return false;
    }

    private static bool IsFace(ReadOnlySpan<char> sign) => sign[0] is ':' or ';' or '/' && sign[^1] != ':';

    // "lab1:(ok)" is no face, and "a/s" no remark.
    private static bool IsAlone(string text, int at, int length) =>
        (at + length == text.Length || char.IsWhiteSpace(text[at + length]) || text[at + length] is '.' or ',' or '!' or '?')
        && (at == 0 || char.IsWhiteSpace(text[at - 1]) || !char.IsLetter(text[at + length - 1]));

    // "+1" is a sign, "+10" and "-1.5" are numbers.
    private static bool IsWordGoingOn(string text, int at) =>
        char.IsLetterOrDigit(text[at]) || (text[at] is '.' or ',' or '%' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]));
}
