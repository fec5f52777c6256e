using System.CommandLine;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Sources.Msrc;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Adapters.WebChat;
using PatchBot.Core;
using PatchBot.Core.People;
using PatchBot.Core.Windows;
using PatchBot.Host.Settings;

namespace PatchBot.Host.Commands.Doctor;

/// <summary>Says what is configured, what can be reached, what is missing and how to mend it. Changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Build(CommandHost host)
    {
        var command = new Command("doctor", "Says what is configured, what can be reached, what is missing and how to mend it.");
        command.SetAction((_, cancellationToken) => host.RunAsync(ExamineAsync, cancellationToken, migrate: false));
        return command;
    }

    private static async Task<int> ExamineAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        List<Finding> findings = [.. Settings(services)];
        var (database, isReadable) = await DatabaseDoctor.ExamineAsync(services, cancellationToken);
        findings.AddRange([.. database, .. Rings(services)]);
        foreach (var doctor in services.GetServices<IDoctor>())
        {
            findings.AddRange(await doctor.ExamineAsync(isReadable, cancellationToken));
        }

        findings.AddRange(await SourcesAsync(services, cancellationToken));
        foreach (var finding in findings)
        {
            var mark = finding.Gravity switch { Gravity.Ok => "ok   ", Gravity.Note => "note ", Gravity.Fault => "fault" };
            Console.WriteLine(finding.Remedy.Length == 0 ? $"{mark}  {finding.What}" : $"{mark}  {finding.What}\n       → {finding.Remedy}");
        }

        return findings.Any(finding => finding.Gravity == Gravity.Fault) ? CommandHost.Failed : 0;
    }

    private static IEnumerable<Finding> Settings(IServiceProvider services)
    {
        var settings = services.GetRequiredService<PatchBotSettings>();
        yield return settings.IsTrial
            ? Finding.Note("Nothing is configured: this is a trial with two example rings and four people in the web chat.", "Copy appsettings.sample.json to appsettings.json and describe your rings and people.")
            : Finding.Ok("Settings can be read.");
        var people = services.GetRequiredService<IOptions<PeopleOptions>>().Value;
        if (people.Engineers.Count == 0)
        {
            yield return Finding.Note("Nobody may record lab results.", "Name engineers in People:Engineers, or write \"*\" for everyone in the channels.");
        }

        if (people.Admins.Count == 0)
        {
            yield return Finding.Note("There is no admin.", "Name one in People:Admins.");
        }

        var chat = services.GetRequiredService<IOptions<WebChatOptions>>().Value;
        yield return settings switch
        {
            { ServesWebChat: true } => Finding.Ok($"Web chat is on, channels: {string.Join(", ", chat.Channels.Select(channel => channel.Id))}."),
            { ServesTeams: true } or { ServesSlack: true } => Finding.Ok("Web chat is off."),
            _ => Finding.Fault("No chat platform is on, so nobody will see anything.", "Set WebChat:Enabled to true, or leave it out; or set up Teams or Slack."),
        };
        if (!settings.ServesTeams)
        {
            yield return Finding.Note("Teams is off.", "Set Teams:AppId, Teams:TenantId and a credential; docs/teams.md goes through it.");
        }

        if (!settings.ServesSlack)
        {
            yield return Finding.Note("Slack is off.", "Set Slack:BotToken, and Slack:AppToken or Slack:SigningSecret; docs/slack.md goes through it.");
        }
    }

    private static IEnumerable<Finding> Rings(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (services.GetRequiredService<IRings>().All.Count == 0)
        {
            yield return Finding.Fault("No ring is described, so no patch concerns anybody.", "Describe your machines in Rings; see appsettings.sample.json.");
        }

        foreach (var ring in services.GetRequiredService<IRings>().All)
        {
            var calendar = ring.Calendar.Occurrences(now, now.AddDays(366)).ToList();
            var open = calendar.Where(window => !ring.Freezes.Any(freeze => freeze.Span.Overlaps(window))).Take(1).ToList();
            yield return (ring.Approvers.Count, open) switch
            {
                (_, []) when calendar.Count > 0 => Finding.Fault($"Every window of ring {ring.Key} within a year is frozen.", "Look at its freezes."),
                (_, []) => Finding.Fault($"Ring {ring.Key} has no window within a year.", $"Look at its calendar: {ring.Calendar.Rule}"),
                (0, _) => Finding.Fault($"Ring {ring.Key} has no approver, so nothing can be approved for it.", "Name approvers in its settings."),
                var (_, windows) => Finding.Ok($"Ring {ring.Key}: next window {WindowText.Local(windows[0], ring.Calendar)}, approvers: {ring.Approvers.Count}."),
            };
        }
    }

    private static async Task<IReadOnlyList<Finding>> SourcesAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var msrc = services.GetRequiredService<IOptions<MsrcOptions>>().Value;
        if (!msrc.Enabled)
        {
            return [Finding.Note("MSRC is not polled.", "Set Sources:Msrc:Enabled to true, or import documents by: PatchBot import")];
        }

        try
        {
            await using var list = await services.GetRequiredService<SourceHttp>().DownloadAsync(new Uri(msrc.BaseAddress, "updates"), cancellationToken);
            return [Finding.Ok($"MSRC answers at {msrc.BaseAddress.Host}.")];
        }
        catch (Exception fault) when (fault is HttpRequestException or SourceAccessException)
        {
            return [Finding.Fault($"MSRC does not answer at {msrc.BaseAddress.Host}: {fault.Message}", "Check the proxy and firewall; documents can be imported from files meanwhile.")];
        }
    }
}
