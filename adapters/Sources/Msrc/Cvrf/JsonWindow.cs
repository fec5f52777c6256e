using System.Buffers;
using System.Text.Json;

namespace PatchBot.Adapters.Sources.Msrc.Cvrf;

/// <summary>
/// A pooled window that moves over a JSON stream, so that of a document of any size only one value is held at a time.
/// Not thread-safe; a value is valid until the next call.
/// </summary>
internal sealed class JsonWindow(Stream content, int maxDepth, int maxValue) : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(256 << 10);
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = maxDepth });
    private long passed;
    private int start;
    private int end;
    private bool ended;

    /// <summary>Where the newest token or value begins, in bytes of UTF-8 without a mark.</summary>
    public long Offset { get; private set; }

    /// <summary>Takes one token, with its text when it is a property's name; <see langword="null"/> after the last.</summary>
    public (JsonTokenType Type, string? Name)? Next()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), ended, state);
            if (reader.Read())
            {
                var token = (reader.TokenType, reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null);
                Advance(reader.BytesConsumed, reader.CurrentState, start + (int)reader.TokenStartIndex);
                return token;
            }

            if (ended)
            {
                return null;
            }

            Fill();
        }
    }

    /// <summary>Takes one value whole; empty where the array ends instead. Of an object or a list only the end is looked for: its reader finds what is wrong inside.</summary>
    /// <exception cref="JsonException">It is no JSON, or longer than the window may grow.</exception>
    public ReadOnlyMemory<byte> Value()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), ended, state);
            if (reader.Read())
            {
                var from = start + (int)reader.TokenStartIndex;
                var length = reader.TokenType switch
                {
                    JsonTokenType.EndArray => 0,
                    JsonTokenType.StartObject or JsonTokenType.StartArray => JsonBrackets.Length(buffer.AsSpan(from, end - from)),
                    _ => start + (int)reader.BytesConsumed - from,
                };
                if (length >= 0)
                {
                    Advance(Math.Max(reader.BytesConsumed, from - start + length), StateBehind(ref reader), from);
                    return buffer.AsMemory(from, length);
                }
            }

            if (ended)
            {
                throw new JsonException("The document ends inside a value.");
            }

            Fill();
        }
    }

    /// <summary>Passes over one value of any length without holding it.</summary>
    public void Skip()
    {
        var depth = 0;
        do
        {
            var token = Next() ?? throw new JsonException("The document ends inside a value.");
            depth += token.Type switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                _ => 0,
            };
        }
        while (depth > 0);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    // Reading the closing bracket alone brings the reader behind the value.
    private static JsonReaderState StateBehind(ref Utf8JsonReader opened)
    {
        if (opened.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return opened.CurrentState;
        }

        var closing = new Utf8JsonReader(opened.TokenType == JsonTokenType.StartObject ? "}"u8 : "]"u8, isFinalBlock: false, opened.CurrentState);
        closing.Read();
        return closing.CurrentState;
    }

    private void Advance(long bytes, JsonReaderState after, int tokenStart)
    {
        Offset = passed + tokenStart;
        start += (int)bytes;
        state = after;
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            passed += start;
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Grow();
        }

        var read = content.Read(buffer, end, buffer.Length - end);
        end += read;
        ended = read == 0;
    }

    private void Grow()
    {
        if (buffer.Length >= maxValue)
        {
            throw new JsonException($"One value is longer than {maxValue} bytes.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 2, Math.Max(maxValue, buffer.Length + 1)));
        buffer.AsSpan(0, end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
