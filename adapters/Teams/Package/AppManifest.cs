using System.Text.Json.Serialization;

namespace PatchBot.Adapters.Teams.Package;

/// <summary>The app's description for Teams, as its schema has it.</summary>
/// <remarks>Format: <see href="https://learn.microsoft.com/microsoft-365/extensibility/schema/root"/></remarks>
internal sealed record AppManifest
{
    [JsonPropertyName("$schema")]
    public required string Schema { get; init; }

    public required string ManifestVersion { get; init; }

    public required string Version { get; init; }

    /// <summary>The app's own id. It is the bot's, so that every package of one bot is the same app.</summary>
    public required string Id { get; init; }

    public required ManifestDeveloper Developer { get; init; }

    public required ManifestText Name { get; init; }

    public required ManifestText Description { get; init; }

    public ManifestIcons Icons { get; } = new();

    public required string AccentColor { get; init; }

    public required IReadOnlyList<ManifestBot> Bots { get; init; }

    public IReadOnlyList<string> Permissions { get; } = ["identity", "messageTeamMembers"];

    /// <summary>A bot has no pages of its own, so it may link nowhere within Teams.</summary>
    public IReadOnlyList<string> ValidDomains { get; } = [];

    public ManifestWebApplication? WebApplicationInfo { get; init; }

    public ManifestAuthorization? Authorization { get; init; }

    public string DefaultInstallScope { get; } = BotCommands.Team;

    public ManifestCapability DefaultGroupCapability { get; } = new();

    /// <summary>The bot can be added to shared and private channels as well.</summary>
    public string SupportsChannelFeatures { get; } = "tier1";

    public static AppManifest Of(AppPackage package)
    {
        var (id, options) = (Guid.ParseExact(package.BotId, "D").ToString("D"), package.Options);
        return new AppManifest
        {
            Schema = $"https://developer.microsoft.com/json-schemas/teams/v{package.ManifestVersion}/MicrosoftTeams.schema.json",
            ManifestVersion = package.ManifestVersion,
            Version = package.Version,
            Id = id,
            Developer = new(options.Developer, options.Website, options.Privacy, options.Terms),
            Name = new(options.Name, $"{options.Name}: patches from release to maintenance window"),
            Description = new("Carries patches through lab, approval and maintenance window.", FullText(options.Name, package.ReadsMessages)),
            AccentColor = options.AccentColor,
            Bots = [new ManifestBot(id, [BotCommands.Team, BotCommands.GroupChat, BotCommands.Personal], BotCommands.Lists) { SupportsTargetedMessages = package.TargetedMessages ? true : null }],
            WebApplicationInfo = package.ReadsMessages ? new(id, $"api://botid-{id}") : null,
            Authorization = package.ReadsMessages ? new(new([new("ChannelMessage.Read.Group"), new("ChatMessage.Read.Chat")])) : null,
        };
    }

    private static string FullText(string name, bool reads) => $"""
        {name} posts newly released patches as cards: how urgent each one is, what has to be updated first, and a suggested maintenance window. Engineers reply with lab results, approvers decide with a button or a word, and the window is announced where people asked for it. Every result and decision is recorded.

        {(reads
            ? $"Once it is added, {name} reads the messages of that team's channels or of that group chat, so that a reply under a card counts as a lab result or a decision without a mention."
            : $"{name} reads only messages that mention it, and what is pressed or filled in on its cards.")}
        """.ReplaceLineEndings("\n");
}

internal sealed record ManifestDeveloper(string Name, string WebsiteUrl, string PrivacyUrl, string TermsOfUseUrl);

internal sealed record ManifestText(string Short, string Full);

internal sealed record ManifestIcons
{
    public const string ColourFile = "color.png";
    public const string OutlineFile = "outline.png";

    public string Color { get; } = ColourFile;

    public string Outline { get; } = OutlineFile;
}

internal sealed record ManifestBot(string BotId, IReadOnlyList<string> Scopes, IReadOnlyList<ManifestCommandList> CommandLists)
{
    public bool SupportsFiles { get; }

    public bool IsNotificationOnly { get; }

    public bool? SupportsTargetedMessages { get; init; }
}

internal sealed record ManifestCommandList(IReadOnlyList<string> Scopes, IReadOnlyList<ManifestCommand> Commands);

internal sealed record ManifestCommand(string Title, string Description);

/// <param name="Resource">Must be there and is not used: nobody signs in to this app.</param>
internal sealed record ManifestWebApplication(string Id, string Resource);

internal sealed record ManifestAuthorization(ManifestPermissions Permissions);

internal sealed record ManifestPermissions(IReadOnlyList<ManifestPermission> ResourceSpecific);

internal sealed record ManifestPermission(string Name)
{
    public string Type { get; } = "Application";
}

internal sealed record ManifestCapability
{
    public string Team { get; } = "bot";

    public string Groupchat { get; } = "bot";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(AppManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
