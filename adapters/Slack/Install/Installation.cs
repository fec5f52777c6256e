using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>What is kept of one installation, under seal.</summary>
internal sealed record Installation
{
    public required string Token { get; init; }

    /// <summary>Good once; <see langword="null"/> where tokens do not rotate.</summary>
    public string? RefreshToken { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Until then, one process is about to use the refresh token, and nobody else may.</summary>
    public DateTimeOffset? RenewingUntil { get; init; }

    public required string BotUser { get; init; }

    public string Bot { get; init; } = "";

    public string App { get; init; } = "";

    /// <summary>In a whole organisation.</summary>
    public bool IsOrganisation { get; init; }

    /// <summary>The organisation that the workspace belongs to.</summary>
    public string? Enterprise { get; init; }

    // What is sealed is nobody's to read, in a log either.
    public override string ToString() => nameof(Installation);
}

/// <summary>Seals installations for the record. Without the keys of <see cref="SlackOptions.KeyFolder"/> nobody opens them.</summary>
internal sealed class Seal(IOptions<SlackOptions> options)
{
    private readonly Lazy<IDataProtectionProvider> keys = new(() => KeyFolder.Open(options.Value.KeyFolder));

    public string Close(string workspace, Installation installation) =>
        For(workspace).Protect(JsonSerializer.Serialize(installation, InstallationJson.Default.Installation));

    /// <returns><see langword="null"/> when the keys do not open it.</returns>
    public Installation? Open(string workspace, string closed)
    {
        try
        {
            return JsonSerializer.Deserialize(For(workspace).Unprotect(closed), InstallationJson.Default.Installation);
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException)
        {
            return null;
        }
    }

    // One workspace's seal does not fit another's row.
    private IDataProtector For(string workspace) => keys.Value.CreateProtector("PatchBot.Slack.Installation", "1", workspace);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Installation))]
internal sealed partial class InstallationJson : JsonSerializerContext;
