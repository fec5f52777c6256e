using System.Text.Json;

namespace PatchBot.Cards;

/// <summary>
/// JSON that others wrote, member by member: what is missing, of another kind or no readable text is not there. Half of a
/// surrogate pair and bytes that are no UTF-8, in a text or in any name beside it, are found out only when they are read,
/// and by an exception.
/// </summary>
public static class ForeignJson
{
    public static JsonElement? Member(JsonElement of, string name)
    {
        try
        {
            return of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static string? Text(JsonElement of, string name) => Member(of, name) is { } member ? Text(member) : null;

    public static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>All members whose names can be read.</returns>
    public static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement of)
    {
        if (of.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var member in of.EnumerateObject())
        {
            if (NameOf(member) is { } name)
            {
                yield return (name, member.Value);
            }
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
