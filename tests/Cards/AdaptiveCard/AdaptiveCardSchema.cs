using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Cards.AdaptiveCards;

/// <summary>
/// The official schema of Adaptive Cards 1.5, applied to what remains of a card without the additions of Teams. Knows just
/// the keywords that this schema uses, and refuses one with others.
/// </summary>
internal sealed class AdaptiveCardSchema(JsonObject schema)
{
    private static readonly string[] Silent =
        ["$schema", "id", "definitions", "description", "version", "features", "default", "example", "examples", "format"];

    /// <summary>Skips the test where the schema is not at hand.</summary>
    public static AdaptiveCardSchema Official()
    {
        using var file = SharedData.Open("adaptive-card-1.5.schema.json");
        return new AdaptiveCardSchema(JsonNode.Parse(file)!.AsObject());
    }

    /// <returns>What is wrong, part by part; empty when the card is valid.</returns>
    public IReadOnlyList<string> Faults(byte[] card)
    {
        var plain = WithoutTeams(JsonNode.Parse(card)!)!;

        // The schema's own answer is one "no" for the whole card, so parts are asked one by one, the innermost first.
        var faults = Parts(plain).Select(FaultOf).OfType<string>().ToList();
        return faults.Count > 0 ? faults : Check(plain, schema, "card") is { } fault ? [fault] : [];
    }

    private static IEnumerable<JsonObject> Parts(JsonNode? node) => node switch
    {
        JsonArray many => many.SelectMany(Parts),
        JsonObject one => one.Where(member => member.Key != "data").SelectMany(member => Parts(member.Value)).Append(one),
        _ => [],
    };

    private string? FaultOf(JsonObject part) => (string?)part["type"] is not { } type ? null
        : schema["definitions"]![type] is { } definition ? Check(part, definition, type)
        : $"There is no element '{type}'.";

    private string? Check(JsonNode? value, JsonNode rules, string at)
    {
        foreach (var (keyword, rule) in rules.AsObject())
        {
            var fault = keyword switch
            {
                "$ref" => Check(value, schema["definitions"]![((string)rule!)["#/definitions/".Length..]]!, at),
                "type" => IsOf((string)rule!, value) ? null : $"{at}: not of type {rule}",
                "enum" => rule!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)) ? null : $"{at}: '{value}' is none of its values",
                "pattern" => value is JsonValue text && text.TryGetValue<string>(out var word) && !Regex.IsMatch(word, (string)rule!) ? $"{at}: '{word}' does not match {rule}" : null,
                "anyOf" => rule!.AsArray().Select(way => Check(value, way!, at)).ToList() is var ways && ways.Contains(null) ? null : $"{at}: none of its forms fits",
                "allOf" => rule!.AsArray().Select(part => Check(value, part!, at)).FirstOrDefault(fault => fault is not null),
                "required" => value is JsonObject owner && rule!.AsArray().FirstOrDefault(name => !owner.ContainsKey((string)name!)) is { } missing ? $"{at}: '{missing}' is missing" : null,
                "properties" => value is not JsonObject owner ? null : rule!.AsObject()
                    .Where(member => owner.ContainsKey(member.Key))
                    .Select(member => Check(owner[member.Key], member.Value!, $"{at}.{member.Key}"))
                    .FirstOrDefault(fault => fault is not null),
                "additionalProperties" when rule is JsonObject => value is not JsonObject owner ? null : owner
                    .Where(member => !Knows(rules, member.Key))
                    .Select(member => Check(member.Value, rule, $"{at}.{member.Key}"))
                    .FirstOrDefault(fault => fault is not null),
                "additionalProperties" => (bool)rule! || value is not JsonObject owner || owner.All(member => Knows(rules, member.Key))
                    ? null
                    : $"{at}: '{owner.First(member => !Knows(rules, member.Key)).Key}' is unknown",
                "items" => value is not JsonArray items ? null
                    : items.Select((item, index) => Check(item, rule!, $"{at}[{index}]")).FirstOrDefault(fault => fault is not null),
                _ when Silent.Contains(keyword) => null,
                _ => throw new NotSupportedException($"The schema uses '{keyword}', which this check does not know."),
            };
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static bool Knows(JsonNode rules, string name) => rules["properties"]?.AsObject().ContainsKey(name) == true;

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "null" => value is null,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "number" or "integer" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        _ => throw new NotSupportedException($"The schema uses the type '{type}', which this check does not know."),
    };

    /// <summary>A copy in which a client that knows nothing but the schema's own version would find what it draws.</summary>
    private static JsonNode? WithoutTeams(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray many:
                return new JsonArray([.. many.Select(one => WithoutTeams(one)).Where(one => one is not null)]);
            case JsonObject { Count: > 0 } badge when (string?)badge["type"] == "Badge":
                return badge["fallback"] is JsonObject instead ? WithoutTeams(instead) : null;
            case JsonObject one:
                var plain = new JsonObject();
                foreach (var (name, value) in one.Where(member => member.Key is not ("msteams" or "roundedCorners" or "showBorder" or "layouts" or "targetWidth")))
                {
                    plain[name] = name == "data" ? value?.DeepClone() : WithoutTeams(value);
                }

                return plain;
            default:
                return node?.DeepClone();
        }
    }
}
