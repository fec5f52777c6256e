using PatchBot.Adapters.WebChat;
using PatchBot.Cards;
using PatchBot.Core;
using PatchBot.Core.Audit;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;
using PatchBot.Host.Settings;

namespace PatchBot.Host.Commands.Doctor;

/// <summary>Whether the record is there and whole, which channels are stopped, and which rings nobody hears of.</summary>
internal static class DatabaseDoctor
{
    /// <returns>What was found, and whether the record is there to be read.</returns>
    public static async Task<(IReadOnlyList<Finding> Findings, bool IsReadable)> ExamineAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var engine = services.GetRequiredService<ISqlEngine>();
        var name = engine.DisplayName;
        if (!engine.Exists())
        {
            return ([Finding.Note($"The database {name} does not exist yet.", "It is made at the first start, or by: PatchBot migrate")], false);
        }

        try
        {
            var pending = await services.GetRequiredService<Migrator>().PendingAsync(cancellationToken);
            if (pending.Count > 0)
            {
                return ([Finding.Note($"The database {name} waits for {pending.Count} migrations.", "They run at the next start, or by: PatchBot migrate")], false);
            }

            var verdict = await services.GetRequiredService<AuditVerifier>().VerifyAsync(cancellationToken);
            return (
                [
                    Finding.Ok($"Database: {name}, up to date."),
                    verdict.IsWhole
                        ? Finding.Ok($"The audit is whole: {verdict.Entries} entries.")
                        : Finding.Fault($"The audit is broken: {verdict.Fault}.", "Compare with a backup of the database."),
                    .. await services.GetRequiredService<IRecord>().ReadAsync((session, token) => ChannelsAsync(services, session, token), cancellationToken),
                ],
                true);
        }
        catch (Exception fault) when (fault is RecordUnavailableException or MigrationException)
        {
            return ([Finding.Fault($"The database {name} can't be used.", fault.Message)], false);
        }
    }

    private static async Task<IReadOnlyList<Finding>> ChannelsAsync(IServiceProvider services, IRecordSession session, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var channel in await session.Channels.StoppedAsync(cancellationToken))
        {
            var waiting = await session.Posts.WaitingAsync(channel.Ref, cancellationToken);
            findings.Add(Finding.Fault(
                $"The channel {channel.Name} ({channel.Ref}) is stopped since {ZonedTime.Format(channel.StoppedAt!.Value, "UTC")}: {channel.StoppedWhy} Posts that wait there: {waiting}.",
                "Add PatchBot there again; or mend it, and an admin writes there what it should follow."));
        }

        // Teams has a doctor of its own.
        if ((await session.Channels.ListAsync(WebChatOptions.Platform, cancellationToken)).Count == 0 || !services.GetRequiredService<PatchBotSettings>().ServesWebChat)
        {
            return findings;
        }

        var follows = (await session.Channels.SubscriptionsAsync(cancellationToken))
            .Where(subscription => subscription.Topic == Topic.Patches).Select(subscription => subscription.Ring).ToHashSet();
        findings.AddRange(services.GetRequiredService<IRings>().All.Where(ring => !follows.Contains(ring.Key))
            .Select(ring => Finding.Note($"No channel follows ring {ring.Key}, so its patches are posted nowhere.", $"An admin writes in a channel: follow patches of {ring.Key}")));
        return findings;
    }
}
