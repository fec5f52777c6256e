using System.CommandLine;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Package;
using PatchBot.Host.Settings;

namespace PatchBot.Host.Commands.Apps;

/// <summary>Writes the package that is uploaded to Teams so that the bot can be installed; docs/teams.md goes through it.</summary>
internal static class TeamsPackageCommand
{
    // How a setting is said on the command line.
    private static readonly Dictionary<string, string> Words = new()
    {
        [$"{TeamsOptions.Section}:{nameof(TeamsOptions.AppId)}"] = "--bot-id",
        [nameof(AppPackage.Version)] = "--version",
        [$"{PackageOptions.Section}:{nameof(PackageOptions.Name)}"] = "--name",
        [$"{PackageOptions.Section}:{nameof(PackageOptions.DeveloperName)}"] = "--developer",
        [$"{PackageOptions.Section}:{nameof(PackageOptions.WebsiteUrl)}"] = "--website",
        [$"{PackageOptions.Section}:{nameof(PackageOptions.PrivacyUrl)}"] = "--privacy",
        [$"{PackageOptions.Section}:{nameof(PackageOptions.TermsUrl)}"] = "--terms",
        [$"{PackageOptions.Section}:{nameof(PackageOptions.AccentColor)}"] = "--accent",
    };

    public static Command Build(CommandHost host)
    {
        var file = new Option<string>("--out") { Description = "The zip file to write; one that is there is replaced.", Required = true };
        var bot = new Option<string>("--bot-id") { Description = "Application (client) id of the bot's registration in Entra; otherwise Teams:AppId." };
        var version = new Option<string>("--version") { Description = "The package's version; raise it with every package that you upload again.", DefaultValueFactory = _ => AppPackage.FirstVersion };
        var website = new Option<string>("--website") { Description = "A page of yours about the bot, https; otherwise Teams:Package:WebsiteUrl. Teams wants one." };
        var privacy = new Option<string>("--privacy") { Description = "The page about privacy; otherwise Teams:Package:PrivacyUrl, otherwise the website." };
        var terms = new Option<string>("--terms") { Description = "The page with the terms of use; otherwise Teams:Package:TermsUrl, otherwise the website." };
        var name = new Option<string>("--name") { Description = "What the bot is called in Teams; otherwise Teams:Package:Name." };
        var developer = new Option<string>("--developer") { Description = "Your company or team; otherwise Teams:Package:DeveloperName, otherwise the website's host name." };
        var accent = new Option<string>("--accent") { Description = "The icon's ground as #RRGGBB; otherwise Teams:Package:AccentColor." };
        var mentions = new Option<bool>("--mentions-only") { Description = "Do not ask for the right to read messages; the bot then hears only those that mention it." };
        var targeted = new Option<bool>("--targeted-messages") { Description = "Let people write to the bot so that nobody else sees it: manifest 1.29, which not every cloud takes." };
        var command = new Command("teams-package", "Writes the app package for Microsoft Teams.")
        {
            file, bot, website, privacy, terms, developer, name, accent, version, mentions, targeted,
        };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            (services, _) =>
            {
                var teams = services.GetRequiredService<PatchBotSettings>().Teams;
                var options = new PackageOptions
                {
                    Name = parsed.GetValue(name) ?? teams.Package.Name,
                    DeveloperName = parsed.GetValue(developer) ?? teams.Package.DeveloperName,
                    WebsiteUrl = parsed.GetValue(website) ?? teams.Package.WebsiteUrl,
                    PrivacyUrl = parsed.GetValue(privacy) ?? teams.Package.PrivacyUrl,
                    TermsUrl = parsed.GetValue(terms) ?? teams.Package.TermsUrl,
                    AccentColor = parsed.GetValue(accent) ?? teams.Package.AccentColor,
                };
                var package = new AppPackage(
                    parsed.GetValue(bot) ?? teams.AppId, parsed.GetRequiredValue(version), options, !parsed.GetValue(mentions), parsed.GetValue(targeted));
                return Task.FromResult(Write(package, parsed.GetRequiredValue(file)));
            },
            cancellationToken,
            migrate: false));
        return command;
    }

    private static int Write(AppPackage package, string file)
    {
        var faults = package.Faults();
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault with { Key = Words[fault.Key] + (fault.Key.Contains(':', StringComparison.Ordinal) ? $" (or {fault.Key})" : "") });
        }

        if (faults.Count > 0)
        {
            return CommandHost.WrongSettings;
        }

        var path = Path.GetFullPath(file);
        if (OutFile.Fault(path, "patchbot.zip") is { } why)
        {
            Console.Error.WriteLine(why);
            return CommandHost.Failed;
        }

        OutFile.Write(path, package.Write);
        Console.WriteLine($"Wrote {path}: {package.Options.Name} {package.Version}, manifest {package.ManifestVersion}, for bot {package.BotId}.");
        Console.WriteLine("Upload it in Teams under Apps, Manage your apps, Upload an app; docs/teams.md says what comes before and after.");
        return 0;
    }
}
