using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatchBot.Core.Patches;

/// <summary>SHA-256 of canonical JSON, 64 lower-case hex digits. Equal facts have equal hashes, whoever reports them.</summary>
public readonly record struct ContentHash(string Value)
{
    public static ContentHash Of(PatchFacts facts) =>
        new(Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(facts, PatchJson.Default.PatchFacts))));

    public override string ToString() => Value;
}

/// <summary>How facts are stored and hashed: members in declared order, no blanks, enums by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(PatchIdConverter)])]
[JsonSerializable(typeof(PatchFacts))]
public sealed partial class PatchJson : JsonSerializerContext;

public sealed class PatchIdConverter : JsonConverter<PatchId>
{
    public override PatchId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A patch id must not be null."));

    public override void Write(Utf8JsonWriter writer, PatchId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
