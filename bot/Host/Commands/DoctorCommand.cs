using System.CommandLine;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Sources.Msrc;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Adapters.WebChat;
using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;
using PatchBot.Host.Settings;

namespace PatchBot.Host.Commands;

/// <summary>Says what is configured, what can be reached, what is missing and how to mend it. Changes nothing.</summary>
internal static class DoctorCommand
{
    private enum Health
    {
        Ok,
        Note,
        Fault,
    }

    private sealed record Finding(Health Health, string What, string Remedy = "");

    public static Command Build(CommandHost host)
    {
        var command = new Command("doctor", "Says what is configured, what can be reached, what is missing and how to mend it.");
        command.SetAction((_, cancellationToken) => host.RunAsync(ExamineAsync, cancellationToken, migrate: false));
        return command;
    }

    private static async Task<int> ExamineAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        List<Finding> findings =
        [
            .. Settings(services),
            .. await DatabaseAsync(services, cancellationToken),
            .. Rings(services),
            .. await SourcesAsync(services, cancellationToken),
        ];
        foreach (var finding in findings)
        {
            var mark = finding.Health switch { Health.Ok => "ok   ", Health.Note => "note ", Health.Fault => "fault" };
            Console.WriteLine(finding.Remedy.Length == 0 ? $"{mark}  {finding.What}" : $"{mark}  {finding.What}\n       → {finding.Remedy}");
        }

        return findings.Any(finding => finding.Health == Health.Fault) ? CommandHost.Failed : 0;
    }

    private static IEnumerable<Finding> Settings(IServiceProvider services)
    {
        var settings = services.GetRequiredService<PatchBotSettings>();
        yield return settings.IsTrial
            ? new(Health.Note, "Nothing is configured: this is a trial with two example rings and four people in the web chat.", "Copy appsettings.sample.json to appsettings.json and describe your rings and people.")
            : new(Health.Ok, "Settings can be used.");
        var people = services.GetRequiredService<IOptions<PeopleOptions>>().Value;
        if (people.Engineers.Count == 0)
        {
            yield return new(Health.Note, "Nobody may record lab results.", "Name engineers in People:Engineers, or write \"*\" for everyone in the channels.");
        }

        if (people.Admins.Count == 0)
        {
            yield return new(Health.Note, "There is no admin.", "Name one in People:Admins.");
        }

        var chat = services.GetRequiredService<IOptions<WebChatOptions>>().Value;
        yield return settings.ServesWebChat
            ? new(Health.Ok, $"Web chat is on, channels: {string.Join(", ", chat.Channels.Select(channel => channel.Id))}.")
            : new(Health.Fault, "No chat platform is on, so nobody will see anything.", "Set WebChat:Enabled to true, or leave it out.");
    }

    private static async Task<IReadOnlyList<Finding>> DatabaseAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var engine = services.GetRequiredService<ISqlEngine>();
        var name = engine.DisplayName;
        if (!engine.Exists())
        {
            return [new(Health.Note, $"The database {name} does not exist yet.", "It is made at the first start, or by: PatchBot migrate")];
        }

        try
        {
            var pending = await services.GetRequiredService<Migrator>().PendingAsync(cancellationToken);
            if (pending.Count > 0)
            {
                return [new(Health.Note, $"The database {name} waits for {pending.Count} migrations.", "They run at the next start, or by: PatchBot migrate")];
            }

            var record = services.GetRequiredService<IRecord>();
            var channels = await record.ReadAsync((session, token) => session.Channels.ListAsync(WebChatOptions.Platform, token), cancellationToken);
            var follows = (await record.ReadAsync((session, token) => session.Channels.SubscriptionsAsync(token), cancellationToken))
                .Where(subscription => subscription.Topic == Topic.Patches).Select(subscription => subscription.Ring).ToHashSet();
            var verdict = await services.GetRequiredService<AuditVerifier>().VerifyAsync(cancellationToken);
            return
            [
                new(Health.Ok, $"Database: {name}, up to date."),
                verdict.IsWhole
                    ? new(Health.Ok, $"The audit is whole: {verdict.Entries} entries.")
                    : new(Health.Fault, $"The audit is broken: {verdict.Fault}.", "Compare with a backup of the database."),
                .. channels.Where(channel => channel.State == ChannelState.Stopped)
                    .Select(channel => new Finding(Health.Fault, $"The channel {channel.Ref} was stopped after a permanent failure.", "See the audit entry channel.stopped for why; then an admin writes there what it should follow.")),
                .. services.GetRequiredService<IRings>().All.Where(ring => channels.Count > 0 && !follows.Contains(ring.Key))
                    .Select(ring => new Finding(Health.Note, $"No channel follows ring {ring.Key}, so its patches are posted nowhere.", $"An admin writes in a channel: follow patches of {ring.Key}")),
            ];
        }
        catch (Exception fault) when (fault is RecordUnavailableException or MigrationException)
        {
            return [new(Health.Fault, $"The database {name} can't be used.", fault.Message)];
        }
    }

    private static IEnumerable<Finding> Rings(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (services.GetRequiredService<IRings>().All.Count == 0)
        {
            yield return new(Health.Fault, "No ring is described, so no patch concerns anybody.", "Describe your machines in Rings; see appsettings.sample.json.");
        }

        foreach (var ring in services.GetRequiredService<IRings>().All)
        {
            var next = ring.Calendar.Occurrences(now, now.AddDays(366)).Take(1).ToList();
            yield return (ring.Approvers.Count, next) switch
            {
                (_, []) => new(Health.Fault, $"Ring {ring.Key} has no window within a year.", $"Look at its calendar: {ring.Calendar.Rule}"),
                (0, _) => new(Health.Fault, $"Ring {ring.Key} has no approver, so nothing can be approved for it.", "Name approvers in its settings."),
                var (_, windows) => new(Health.Ok, $"Ring {ring.Key}: next window {WindowText.Local(windows[0], ring.Calendar)}, {ring.Approvers.Count} approvers."),
            };
        }
    }

    private static async Task<IReadOnlyList<Finding>> SourcesAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var msrc = services.GetRequiredService<IOptions<MsrcOptions>>().Value;
        if (!msrc.Enabled)
        {
            return [new(Health.Note, "MSRC is not polled.", "Set Sources:Msrc:Enabled to true, or import documents by: PatchBot import")];
        }

        try
        {
            await using var list = await services.GetRequiredService<SourceHttp>().DownloadAsync(new Uri(msrc.BaseAddress, "updates"), cancellationToken);
            return [new(Health.Ok, $"MSRC answers at {msrc.BaseAddress.Host}.")];
        }
        catch (Exception fault) when (fault is HttpRequestException or SourceAccessException)
        {
            return [new(Health.Fault, $"MSRC does not answer at {msrc.BaseAddress.Host}: {fault.Message}", "Check the proxy and firewall; documents can be imported from files meanwhile.")];
        }
    }
}
