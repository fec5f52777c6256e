using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PatchBot.Adapters.Wire;

/// <summary>JSON from elsewhere: what it is not is simply not there.</summary>
public static class WireJson
{
    /// <param name="json">UTF-8.</param>
    /// <returns><see langword="null"/> when there is none, or it is something else.</returns>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return json.IsEmpty ? null : JsonSerializer.Deserialize(json, shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte}, JsonTypeInfo{T})"/>
    public static T? Read<T>(string kept, JsonTypeInfo<T> shape)
        where T : class => Read(Encoding.UTF8.GetBytes(kept).AsSpan(), shape);
}
