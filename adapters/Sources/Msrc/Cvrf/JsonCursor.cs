using System.Text;
using System.Text.Json;
using PatchBot.Core.Patches.Sources;

namespace PatchBot.Adapters.Sources.Msrc.Cvrf;

/// <summary>
/// Walks one JSON value forwards and keeps nothing of it. The cursor stands on a value's first token, and what reads
/// the value leaves it on the last. A member that is absent or null reads as nothing; one of another type than expected
/// is refused with its path. A copy is a bookmark.
/// </summary>
internal ref struct JsonCursor : IPlace
{
    private static readonly JsonNames Value = new("Value");

    private readonly CvrfIntake intake;
    private readonly ReadOnlySpan<byte> whole;
    private readonly string root;
    private readonly JsonReaderOptions options;
    private Utf8JsonReader reader;

    /// <param name="whole">One complete value, known to be JSON.</param>
    /// <param name="root">Where in the document it stands.</param>
    public JsonCursor(CvrfIntake intake, ReadOnlySpan<byte> whole, string root, int depth)
    {
        this.intake = intake;
        this.whole = whole;
        this.root = root;
        options = new JsonReaderOptions { MaxDepth = depth };
        reader = new Utf8JsonReader(whole, options);
        reader.Read();
    }

    public readonly bool IsNull => reader.TokenType == JsonTokenType.Null;

    /// <summary>Where the cursor stands; found by walking there again, since it is asked for only in faults.</summary>
    public readonly string Place
    {
        get
        {
            var path = new JsonPath(root);
            var walk = new Utf8JsonReader(whole, options);
            while (walk.Read())
            {
                path.Step(ref walk);
                if (walk.TokenStartIndex == reader.TokenStartIndex)
                {
                    break;
                }
            }

            return path.ToString();
        }
    }

    /// <summary>Enters an object; <see cref="Next"/> takes its members.</summary>
    public readonly JsonMembers Members(JsonNames names)
    {
        Expect(JsonTokenType.StartObject, "an object");
        return new JsonMembers(names);
    }

    /// <summary>Goes to the value of the next member that is asked for, in the document's order; <see langword="null"/> at the object's end.</summary>
    public string? Next(ref JsonMembers members)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = Known(ref members);
            reader.Read();
            if (known is not null && reader.TokenType != JsonTokenType.Null)
            {
                return known;
            }

            reader.Skip();
        }

        return null;
    }

    /// <summary>Enters a list; <see cref="NextItem"/> takes its items.</summary>
    public readonly void List() => Expect(JsonTokenType.StartArray, "a list");

    public bool NextItem() => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    public void Skip() => reader.Skip();

    public readonly string Text()
    {
        Expect(JsonTokenType.String, "a text");
        try
        {
            return intake.Cut(reader.GetString()!);
        }
        catch (InvalidOperationException broken)
        {
            throw NotUnicode(broken);
        }
    }

    /// <summary>The text of an object of the form <c>{"Value": "…"}</c>; empty when it has none.</summary>
    public string ValueText()
    {
        var text = "";
        for (var members = Members(Value); Next(ref members) is not null;)
        {
            text = Text();
        }

        return text;
    }

    public readonly int Number() =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : throw Wrong("a whole number");

    /// <summary>A CVSS base score.</summary>
    public readonly decimal Score() =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var score) ? intake.Score(score, this) : throw Wrong("a number");

    public readonly DateTimeOffset? Date() => intake.Date(Text(), this);

    private string? Known(ref JsonMembers members)
    {
        try
        {
            var known = members.Find(ref reader, out var again);
            return again ? throw intake.Fault(Place, "The member stands twice.") : known;
        }
        catch (InvalidOperationException broken)
        {
            throw NotUnicode(broken);
        }
    }

    // Half of a surrogate pair, which JSON lets through as \uD800.
    private readonly SourceFormatException NotUnicode(InvalidOperationException broken) =>
        intake.Fault(Place, "The text is not valid Unicode.", broken);

    private readonly void Expect(JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
        {
            throw Wrong(what);
        }
    }

    private readonly SourceFormatException Wrong(string expected) => intake.Fault(Place, $"Expected {expected}, found {Found}.");

    private readonly string Found => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "another number",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        _ => "nothing",
    };
}

/// <summary>Names of the members that are read of a kind of object; at most 64.</summary>
internal sealed class JsonNames(params string[] names)
{
    private readonly byte[][] utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public int Find(ref Utf8JsonReader reader)
    {
        for (var at = 0; at < utf8.Length; at++)
        {
            if (reader.ValueTextEquals(utf8[at]))
            {
                return at;
            }
        }

        return -1;
    }

    public string this[int at] => names[at];
}

/// <summary>The members of one object that were met so far.</summary>
internal struct JsonMembers(JsonNames names)
{
    private ulong met;

    /// <param name="again">It was met before: two statements, of which neither can be believed.</param>
    /// <returns><see langword="null"/> for a name that nobody asks for.</returns>
    public string? Find(ref Utf8JsonReader reader, out bool again)
    {
        var at = names.Find(ref reader);
        var bit = at < 0 ? 0 : 1UL << at;
        again = (met & bit) != 0;
        met |= bit;
        return at < 0 ? null : names[at];
    }
}
