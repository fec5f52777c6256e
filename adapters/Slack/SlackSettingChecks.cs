using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Wire;
using PatchBot.Core;

namespace PatchBot.Adapters.Slack;

/// <summary>What one look at a setting alone cannot tell: how they go together, and with the environment.</summary>
internal static class SlackSettingChecks
{
    /// <summary>Over all processes of one app.</summary>
    private const int MostSockets = 10;

    public static IEnumerable<SettingFault> Of(SlackOptions options, bool development, bool serves)
    {
        foreach (var fault in Addresses(options, development).Concat(Hosts(options)))
        {
            yield return fault;
        }

        // Who writes the app's manifest or imports a document may not have the tokens, and should not need them.
        if (!serves)
        {
            yield break;
        }

        foreach (var fault in options.IsConfigured ? Serving(options) : Begun(options))
        {
            yield return fault;
        }
    }

    private static IEnumerable<SettingFault> Begun(SlackOptions options)
    {
        if (options is { UsesSockets: true } or { SigningSecret.Length: > 0 } or { ClientSecret.Length: > 0 })
        {
            yield return Fault(nameof(options.BotToken), "",
                "Slack is half set up; write the bot token of your workspace here, or Slack:ClientId, Slack:ClientSecret and Slack:PublicUrl where workspaces install the app");
        }
    }

    private static IEnumerable<SettingFault> Serving(SlackOptions options)
    {
        if (options is { SigningSecret.Length: 0, UsesSockets: false })
        {
            yield return Fault(nameof(options.SigningSecret), "",
                "Slack has no way in; write the signing secret here where Slack calls the bot, or an app-level token in Slack:AppToken where the bot opens sockets");
        }

        if (options is { SigningSecret.Length: 0, PreviousSigningSecret.Length: > 0 })
        {
            yield return Fault(nameof(options.PreviousSigningSecret), "", "this is accepted beside a new one; write the new one in Slack:SigningSecret");
        }

        if (options.UsesSockets && options.Connections * options.Processes > MostSockets)
        {
            yield return Fault(nameof(options.Connections), $"{options.Connections}",
                $"Slack allows an app {MostSockets} sockets over all processes; with Slack:Processes {options.Processes}, write at most {Math.Max(1, MostSockets / options.Processes)}");
        }

        if (options is { BotToken.Length: > 0, IsInstalledByOAuth: true })
        {
            yield return Fault(nameof(options.BotToken), "",
                "the bot serves one workspace by its token, or those that install the app; keep Slack:BotToken or Slack:ClientId");
        }
        else if (options.IsInstalledByOAuth)
        {
            foreach (var fault in Installing(options))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<SettingFault> Installing(SlackOptions options)
    {
        if (options.ClientSecret.Length == 0)
        {
            yield return Fault(nameof(options.ClientSecret), "", "write the Client Secret of the app's page Basic Information; with it an installation is completed");
        }

        if (options.PublicUrl is null)
        {
            yield return Fault(nameof(options.PublicUrl), "", "write where people's browsers reach the bot, such as https://patchbot.example.com; Slack sends them back there after an installation");
        }

        if (KeyFolder.Fault(options.KeyFolder) is { } remedy)
        {
            yield return Fault(nameof(options.KeyFolder), options.KeyFolder, remedy);
        }
    }

    private static IEnumerable<SettingFault> Addresses(SlackOptions options, bool development)
    {
        (string Key, Uri? Address)[] addresses =
        [
            (nameof(options.ApiUrl), options.ApiUrl),
            (nameof(options.AuthorizeUrl), options.AuthorizeUrl),
            (nameof(options.PublicUrl), options.PublicUrl),
        ];
        foreach (var (key, address) in addresses)
        {
            if (address is { IsAbsoluteUri: true, UserInfo.Length: > 0 })
            {
                // What stands before the @ may be a password.
                yield return Fault(key, "", "write the address without a user name or password");
            }
            else if (address is not null && !Loopback.IsSafe(address, development))
            {
                yield return Fault(key, address.OriginalString, "write an address with https; plain http is for this machine's own addresses, in Development");
            }
            else if (address is { Query.Length: > 0 } or { Fragment.Length: > 0 })
            {
                yield return Fault(key, address.OriginalString, "write the address without a query");
            }
            else if (key == nameof(options.PublicUrl) && address is { AbsolutePath: not "/" })
            {
                yield return Fault(key, address.OriginalString, "write it without a path, such as https://patchbot.example.com");
            }
            else if (key == nameof(options.ApiUrl) && !address!.AbsolutePath.EndsWith('/'))
            {
                yield return Fault(key, address.OriginalString, "end it with a slash, such as https://slack.com/api/");
            }
        }
    }

    private static IEnumerable<SettingFault> Hosts(SlackOptions options) => options.ResponseHosts
        .Select((pattern, index) => (pattern, index))
        .Where(entry => !HostPattern.IsOne(entry.pattern))
        .Select(entry => Fault($"{nameof(options.ResponseHosts)}:{entry.index}", entry.pattern,
            "write a host name without scheme, port and path, such as hooks.slack.com, or *.example.com for any name below"));

    private static SettingFault Fault(string key, string value, string remedy) => new($"{SlackOptions.Section}:{key}", value, remedy);
}
