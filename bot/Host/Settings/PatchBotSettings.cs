using Microsoft.Extensions.Options;
using PatchBot.Adapters.Sources.Msrc;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Adapters.WebChat;
using PatchBot.Core;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.People;
using PatchBot.Core.Policy;
using PatchBot.Core.Relations;
using PatchBot.Core.Relations.Rules;
using PatchBot.Core.Retention;
using PatchBot.Core.Windows;
using PatchBot.Db;

namespace PatchBot.Host.Settings;

/// <summary>All that can be set, read and checked as a whole before anything starts.</summary>
internal sealed record PatchBotSettings(
    DatabaseOptions Database,
    WebChatOptions WebChat,
    PeopleOptions People,
    IReadOnlyList<Ring> Rings,
    PolicyOptions Policy,
    RuleBook Rules,
    LabOptions Lab,
    DeliveryOptions Delivery,
    RetentionOptions Retention,
    OpeningOptions Opening,
    MsrcOptions Msrc,
    string[] Urls,
    bool IsTrial)
{
    // Loopback: nothing outside of this machine reaches a bot that nobody has set up.
    public const string DefaultUrls = "http://127.0.0.1:5080";

    private static readonly string[] Sections =
    [
        "Database", "WebChat", "People", "Rings", "Policy", "Relations", "Lab", "Delivery", "Retention", "Sources",
        "Logging", "Urls", "Kestrel", "AllowedHosts", "environment", "contentRoot", "$schema",
    ];

    /// <summary>The web chat is the only platform so far, so it is on unless it is switched off.</summary>
    public bool ServesWebChat => WebChat.IsOn(otherPlatformConfigured: false);

    public static (PatchBotSettings Settings, IReadOnlyList<SettingFault> Faults) Read(IConfiguration configuration, string folder)
    {
        var reader = new SettingsReader(configuration);
        reader.CheckSections(Sections);
        reader.CheckSections("Sources", ["Opening", "Msrc"]);

        // Nothing said about machines or people means that someone is trying PatchBot out.
        var trial = !configuration.GetSection(RingSettings.Section).Exists() && !configuration.GetSection("People").Exists();
        var (rings, ringFaults) = RingSettings.Read(trial ? [.. DefaultRings.Options] : reader.ReadList<RingOptions>(RingSettings.Section));
        reader.Add(ringFaults);
        var policy = reader.Read<PolicyOptions>(PolicyOptions.Section);
        reader.Add(policy.Faults());
        var (rules, ruleFaults) = RuleBook.Load(reader.Read<RelationsOptions>(RelationsOptions.Section), folder);
        reader.Add(ruleFaults);
        var database = reader.Read<DatabaseOptions>(DatabaseOptions.Section);
        reader.Add(database.Faults());
        var webChat = reader.Read<WebChatOptions>(WebChatOptions.Section);
        webChat.FillDefaults();
        var settings = new PatchBotSettings(
            database,
            webChat,
            trial ? TrialPeople() : reader.Read<PeopleOptions>("People"),
            rings,
            policy,
            rules,
            reader.Read<LabOptions>("Lab"),
            reader.Read<DeliveryOptions>("Delivery"),
            reader.Read<RetentionOptions>(RetentionOptions.Section),
            reader.Read<OpeningOptions>(OpeningOptions.Section),
            reader.Read<MsrcOptions>(MsrcOptions.Section),
            Addresses(reader, configuration["Urls"]),
            trial);
        return (settings, reader.Faults);
    }

    public void AddTo(IServiceCollection services) => services
        .AddSingleton(Options.Create(Database))
        .AddSingleton(Options.Create(WebChat))
        .AddSingleton(Options.Create(People))
        .AddSingleton(Options.Create(Lab))
        .AddSingleton(Options.Create(Delivery))
        .AddSingleton(Options.Create(Retention))
        .AddSingleton(Options.Create(Opening))
        .AddSingleton(Options.Create(Msrc))
        .AddSingleton<IRings>(new Rings(Rings))
        .AddSingleton(Rules)
        .AddSingleton(new PatchPolicy(Policy))
        .AddSingleton(this);

    private static string[] Addresses(SettingsReader reader, string? urls)
    {
        var addresses = (string.IsNullOrWhiteSpace(urls) ? DefaultUrls : urls).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        reader.Add(addresses.Where(address => !IsHttp(address)).Select(address => new SettingFault(
            "Urls", address, $"write an address such as {DefaultUrls}; https is the matter of a proxy before the bot")));
        return addresses;
    }

    private static bool IsHttp(string address)
    {
        try
        {
            return BindingAddress.Parse(address) is { Scheme: "http" or "HTTP", PathBase: "" or "/" } parsed && parsed.Port is >= 0 and <= 65_535;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static PeopleOptions TrialPeople() => new()
    {
        Engineers = [PersonId.Of("webchat", "local", "engineer").Value],
        Admins = [PersonId.Of("webchat", "local", "admin").Value],
    };
}
