using System.Text;

namespace PatchBot.Adapters.Slack.Inbound;

/// <summary>A body as forms are sent (<c>application/x-www-form-urlencoded</c>), decoded where it lies: an interaction's payload is most of it.</summary>
internal static class FormFields
{
    /// <summary>No command of Slack's comes near it.</summary>
    private const int MostFields = 50;

    /// <summary>Finds a field and decodes its value in place; the body is used up then.</summary>
    /// <param name="name">Of plain letters.</param>
    /// <returns><see langword="null"/> when there is no such field.</returns>
    public static Memory<byte>? Take(Memory<byte> body, ReadOnlySpan<byte> name)
    {
        for (var start = 0; start < body.Length;)
        {
            var rest = body.Span[start..];
            var length = rest.IndexOf((byte)'&') is >= 0 and var end ? end : rest.Length;
            if (length > name.Length && rest[name.Length] == '=' && rest.StartsWith(name))
            {
                var value = body.Slice(start + name.Length + 1, length - name.Length - 1);
                return value[..Decode(value.Span)];
            }

            start += length + 1;
        }

        return null;
    }

    /// <returns>All fields by their names; of a name that comes twice the first.</returns>
    public static IReadOnlyDictionary<string, string> All(Memory<byte> body)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var start = 0; start < body.Length && fields.Count < MostFields;)
        {
            var rest = body.Span[start..];
            var length = rest.IndexOf((byte)'&') is >= 0 and var end ? end : rest.Length;
            var field = rest[..length];
            var equals = field.IndexOf((byte)'=');
            if (equals > 0)
            {
                fields.TryAdd(Text(field[..equals]), Text(field[(equals + 1)..]));
            }

            start += length + 1;
        }

        return fields;
    }

    private static string Text(Span<byte> encoded) => Encoding.UTF8.GetString(encoded[..Decode(encoded)]);

    /// <returns>The length of what was decoded. A percent sign that starts no code stands for itself.</returns>
    private static int Decode(Span<byte> text)
    {
        var (from, to) = (0, 0);
        while (from < text.Length)
        {
            var here = text[from];
            if (here == '%' && from + 2 < text.Length && Digit(text[from + 1]) is >= 0 and var high && Digit(text[from + 2]) is >= 0 and var low)
            {
                text[to++] = (byte)((high << 4) | low);
                from += 3;
            }
            else
            {
                text[to++] = here == '+' ? (byte)' ' : here;
                from++;
            }
        }

        return to;
    }

    private static int Digit(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        _ => -1,
    };
}
