using System.Text.Json;
using PatchBot.Core.Patches.Sources;

namespace PatchBot.Adapters.Sources.Msrc.Cvrf;

/// <summary>
/// One JSON value and where it stands. A member that is absent or null reads as nothing; one of another type than
/// expected is refused with its path.
/// </summary>
internal sealed class JsonPart(CvrfIntake intake, JsonElement element, JsonPart? parent, string name, int index = -1) : IPlace
{
    public string Place => index >= 0 ? $"{parent?.Place}[{index}]" : parent is null ? name : $"{parent.Place}.{name}";

    public JsonPart? Member(string member)
    {
        Expect(JsonValueKind.Object, "an object");
        return element.TryGetProperty(member, out var value) && value.ValueKind is not JsonValueKind.Null
            ? new JsonPart(intake, value, this, member)
            : null;
    }

    public IEnumerable<JsonPart> List(string member) => Member(member)?.Items() ?? [];

    public IEnumerable<JsonPart> Items()
    {
        Expect(JsonValueKind.Array, "a list");
        return element.EnumerateArray().Select((item, position) => new JsonPart(intake, item, this, "", position));
    }

    /// <summary>The member's text; empty when absent.</summary>
    public string Text(string member) => Member(member)?.Text() ?? "";

    /// <summary>The text of a member of the form <c>{"Value": "…"}</c>; empty when absent.</summary>
    public string ValueText(string member) => Member(member)?.Text("Value") ?? "";

    public string Text()
    {
        Expect(JsonValueKind.String, "a text");
        try
        {
            return intake.Cut(element.GetString() ?? "");
        }
        catch (InvalidOperationException broken)
        {
            // Half of a surrogate pair, which JSON lets through as \uD800.
            throw intake.Fault(Place, "The text is not valid Unicode.", broken);
        }
    }

    public int? Number(string member) => Member(member)?.Number();

    /// <summary>A CVSS base score; <see langword="null"/> when absent.</summary>
    public decimal? Score(string member) => Member(member) is { } part ? intake.Score(part.Decimal(), part) : null;

    public DateTimeOffset? Date(string member) => Member(member) is { } part ? intake.Date(part.Text(), part) : null;

    private int Number() => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number)
        ? number
        : throw Wrong("a whole number");

    private decimal Decimal() => element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number)
        ? number
        : throw Wrong("a number");

    private void Expect(JsonValueKind kind, string what)
    {
        if (element.ValueKind != kind)
        {
            throw Wrong(what);
        }
    }

    private SourceFormatException Wrong(string expected) => intake.Fault(Place, $"Expected {expected}, found {Found}.");

    private string Found => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "another number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        JsonValueKind.Null or JsonValueKind.Undefined => "nothing",
    };
}
