using System.Text;

namespace PatchBot.Core;

/// <summary>One setting that cannot be used. Prints as one line: key, value, remedy.</summary>
/// <param name="Key">The configuration key, such as <c>Rings:0:Calendar:Rule</c>.</param>
/// <param name="Value">As configured; never a secret: pass an empty string for those.</param>
/// <param name="Remedy">What is wrong and what to write instead.</param>
public sealed record SettingFault(string Key, string Value, string Remedy)
{
    private const int ShownLength = 120;

    public override string ToString() => $"{Key} = \"{OneLine(Value)}\": {Remedy}";

    private static string OneLine(string value)
    {
        var shown = new StringBuilder(Math.Min(value.Length, ShownLength) + 1);
        foreach (var character in value.AsSpan(0, Math.Min(value.Length, ShownLength)))
        {
            shown.Append(char.IsControl(character) ? ' ' : character);
        }

        return value.Length > ShownLength ? shown.Append('…').ToString() : shown.ToString();
    }
}
