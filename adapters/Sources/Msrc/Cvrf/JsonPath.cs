using System.Globalization;
using System.Text;
using System.Text.Json;
using PatchBot.Adapters.Sources.Reading;

namespace PatchBot.Adapters.Sources.Msrc.Cvrf;

/// <summary>The path to where a reader stands (<c>$.Vulnerability[3].Threats[0]</c>), kept while it walks.</summary>
internal sealed class JsonPath(string root)
{
    // One level for each open object or list: the member that it is at, or the index.
    private readonly List<(string? Name, int Index)> levels = [];

    /// <summary>Follows the reader to the token that it has just read.</summary>
    public void Step(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                // As it is written: a broken escape is no reason to lose the path.
                levels[^1] = (Encoding.UTF8.GetString(reader.ValueSpan), -1);
                return;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                levels.RemoveAt(levels.Count - 1);
                return;
        }

        if (levels.Count > 0 && levels[^1] is (null, var index))
        {
            levels[^1] = (null, index + 1);
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            levels.Add(reader.TokenType == JsonTokenType.StartObject ? ("", -1) : (null, -1));
        }
    }

    public override string ToString()
    {
        var path = new StringBuilder(root);
        foreach (var (name, index) in levels)
        {
            // The innermost level has not come to a member or an item yet.
            path.Append(name is null
                ? index < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{index}]")
                : name.Length == 0 ? "" : $".{PlainText.Line(name, 60)}");
        }

        return path.ToString();
    }
}
