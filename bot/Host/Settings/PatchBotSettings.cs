using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Sources.Msrc;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Adapters.Teams;
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
    TeamsOptions Teams,
    SlackOptions Slack,
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
    bool IsTrial,
    bool HasLocalSlack)
{
    // Loopback: nothing outside of this machine reaches a bot that nobody has set up.
    public const string DefaultUrls = "http://127.0.0.1:5080";

    private static readonly string[] Sections =
    [
        "Database", "WebChat", "Teams", "Slack", "People", "Rings", "Policy", "Relations", "Lab", "Delivery", "Retention", "Sources",
        "Logging", "Urls", "Kestrel", "AllowedHosts", "environment", "contentRoot", "$schema",
    ];

    /// <summary>Until a chat platform outside is configured, unless it is switched on or off. An emulator alone is none.</summary>
    public bool ServesWebChat => WebChat.IsOn(otherPlatformConfigured: Teams.AppId.Length > 0 || (Slack.IsConfigured && !HasLocalSlack));

    public bool ServesTeams => Teams.IsConfigured;

    public bool ServesSlack => Slack.IsConfigured;

    /// <summary>Whether the channel can only be one of a local emulator: no real Teams or Slack is configured.</summary>
    public bool IsEmulated(ChannelRef channel) => channel.Platform switch
    {
        TeamsOptions.Platform => Teams is { AllowEmulator: true, AppId.Length: 0 },
        SlackOptions.Platform => HasLocalSlack,
        _ => false,
    };

    /// <param name="development">Whether the environment is Development, in which local emulators and issuers may be used.</param>
    /// <param name="serves">Whether the program is about to serve; only then it needs the credentials of chat platforms.</param>
    public static (PatchBotSettings Settings, IReadOnlyList<SettingFault> Faults) Read(
        IConfiguration configuration, string folder, bool development = false, bool serves = true)
    {
        var reader = new SettingsReader(configuration);
        reader.CheckSections(Sections);
        reader.CheckSections("Sources", ["Opening", "Msrc"]);

        // Nothing said about machines or people means that someone is trying PatchBot out.
        var trial = !configuration.GetSection(RingSettings.Section).Exists() && !configuration.GetSection("People").Exists();
        var teams = reader.Read<TeamsOptions>(TeamsOptions.Section);
        reader.Add(teams.Faults(development, serves));
        var slack = reader.Read<SlackOptions>(SlackOptions.Section);
        reader.Add(slack.Faults(development, serves));
        var localSlack = slack.IsEmulated(development);
        var (rings, ringFaults) = RingSettings.Read(trial ? [.. TrialRings(teams, localSlack)] : reader.ReadList<RingOptions>(RingSettings.Section));
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
            teams,
            slack,
            trial ? TrialPeople(teams, localSlack) : reader.Read<PeopleOptions>("People"),
            rings,
            policy,
            rules,
            reader.Read<LabOptions>("Lab"),
            reader.Read<DeliveryOptions>("Delivery"),
            reader.Read<RetentionOptions>(RetentionOptions.Section),
            reader.Read<OpeningOptions>(OpeningOptions.Section),
            reader.Read<MsrcOptions>(MsrcOptions.Section),
            Addresses(reader, configuration["Urls"]),
            trial,
            localSlack);
        return (settings, reader.Faults);
    }

    public void AddTo(IServiceCollection services) => services
        .AddSingleton(Options.Create(Database))
        .AddSingleton(Options.Create(WebChat))
        .AddSingleton(Options.Create(Teams))
        .AddSingleton(Options.Create(Slack))
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

    private static IReadOnlyList<RingOptions> TrialRings(TeamsOptions teams, bool localSlack)
    {
        var rings = DefaultRings.Options;
        foreach (var ring in rings)
        {
            ring.Approvers = [.. ring.Approvers ?? [], .. Emulated(teams, localSlack, SlackEmulator.Approver)];
        }

        return rings;
    }

    private static PeopleOptions TrialPeople(TeamsOptions teams, bool localSlack) => new()
    {
        Engineers = [PersonId.Of("webchat", "local", "engineer").Value, .. localSlack ? (IEnumerable<string>)[SlackEmulator.Engineer.Value] : []],
        Admins = [PersonId.Of("webchat", "local", "admin").Value, .. Emulated(teams, localSlack, SlackEmulator.Admin)],
    };

    // The one person of the emulator of Teams may do everything there but decide on their own lab results alone.
    private static IEnumerable<string> Emulated(TeamsOptions teams, bool localSlack, PersonId onSlack)
    {
        if (teams.AllowEmulator)
        {
            yield return TeamsEmulator.FirstUser.Value;
        }

        if (localSlack)
        {
            yield return onSlack.Value;
        }
    }
}
