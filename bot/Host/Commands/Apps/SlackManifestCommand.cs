using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Manifest;
using PatchBot.Host.Settings;

namespace PatchBot.Host.Commands.Apps;

/// <summary>Prints the manifest that the app is made from in Slack; docs/slack.md goes through it.</summary>
internal static class SlackManifestCommand
{
    private const string DefaultName = "PatchBot";

    // How a part of the app is said on the command line.
    private static readonly Dictionary<string, string> Words = new()
    {
        [nameof(SlackApp.Name)] = "--name",
        [nameof(SlackApp.Command)] = $"--command (or {SlackOptions.Section}:{nameof(SlackOptions.Command)})",
        [nameof(SlackApp.Url)] = $"--url (or {SlackOptions.Section}:{nameof(SlackOptions.PublicUrl)})",
        [nameof(SlackApp.RotatesTokens)] = "--token-rotation",
        [nameof(SlackApp.BackgroundColor)] = "--accent",
    };

    public static Command Build(CommandHost host)
    {
        var socket = new Option<bool>("--socket") { Description = "The bot opens sockets, and Slack needs no way in. This is the default with Slack:AppToken, or without an address." };
        var http = new Option<bool>("--http") { Description = "Slack calls the bot at --url. This is the default with an address." };
        var url = new Option<Uri>("--url") { Description = "Where the outside reaches the bot, https; otherwise Slack:PublicUrl.", CustomParser = Address };
        var name = new Option<string>("--name") { Description = "What the bot is called in Slack.", DefaultValueFactory = _ => DefaultName };
        var word = new Option<string>("--command") { Description = "The slash command; otherwise Slack:Command." };
        var accent = new Option<string>("--accent") { Description = "The app icon's ground as #rrggbb.", DefaultValueFactory = _ => "#4f52b2" };
        var oauth = new Option<bool>("--oauth") { Description = "Workspaces install the app at --url; otherwise where Slack:ClientId is set." };
        var organisations = new Option<bool>("--org") { Description = "The app can be installed in a whole organisation (Enterprise Grid)." };
        var rotation = new Option<bool>("--token-rotation") { Description = "Tokens end after twelve hours and are renewed; needs --oauth. Slack lets nobody turn it off again." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of YAML." };
        var yaml = new Option<bool>("--yaml") { Description = "Print YAML; this is the default." };
        var file = new Option<string>("--out") { Description = "Write it to this file instead; one that is there is replaced." };
        var command = new Command("slack-manifest", "Prints the manifest that the app is made from in Slack.")
        {
            socket, http, url, name, word, accent, oauth, organisations, rotation, yaml, json, file,
        };
        command.Validators.Add(parsed =>
        {
            Exclude(parsed, socket, http);
            Exclude(parsed, yaml, json);
        });
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            (services, _) =>
            {
                var slack = services.GetRequiredService<PatchBotSettings>().Slack;
                var address = parsed.GetValue(url) ?? slack.PublicUrl;
                var sockets = !parsed.GetValue(http) && (parsed.GetValue(socket) || slack.UsesSockets || address is null);
                var app = new SlackApp(parsed.GetRequiredValue(name), parsed.GetValue(word) ?? slack.Command, sockets, address)
                {
                    ForOAuth = parsed.GetValue(oauth) || slack.IsInstalledByOAuth,
                    ForOrganisations = parsed.GetValue(organisations),
                    RotatesTokens = parsed.GetValue(rotation),
                    BackgroundColor = parsed.GetRequiredValue(accent),
                };
                return Task.FromResult(Write(app, parsed.GetValue(json), parsed.GetValue(file)));
            },
            cancellationToken,
            migrate: false));
        return command;
    }

    private static Uri? Address(ArgumentResult said)
    {
        if (Uri.TryCreate(said.Tokens[0].Value, UriKind.Absolute, out var address))
        {
            return address;
        }

        said.AddError($"'{said.Tokens[0].Value}' is no address; write one such as https://patchbot.example.com");
        return null;
    }

    private static void Exclude(CommandResult parsed, Option<bool> one, Option<bool> other)
    {
        if (parsed.GetValue(one) && parsed.GetValue(other))
        {
            parsed.AddError($"{one.Name} and {other.Name} exclude each other.");
        }
    }

    private static int Write(SlackApp app, bool json, string? file)
    {
        var faults = app.Faults().ToList();
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault with { Key = Words[fault.Key] });
        }

        if (faults.Count > 0)
        {
            return CommandHost.WrongSettings;
        }

        var manifest = json ? app.ToJson() : app.ToYaml();
        if (file is null)
        {
            Console.Write(manifest);
            return 0;
        }

        var path = Path.GetFullPath(file);
        if (OutFile.Fault(path, "manifest.yaml") is { } why)
        {
            Console.Error.WriteLine(why);
            return CommandHost.Failed;
        }

        OutFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(manifest)));
        Console.WriteLine($"Wrote {path}: {app.Name}, {app.Command}, {(app.Sockets ? "over sockets" : $"called at {app.Url}")}.");
        Console.WriteLine("Paste it at https://api.slack.com/apps under Create New App, From a manifest; docs/slack.md says what comes before and after.");
        return 0;
    }
}
