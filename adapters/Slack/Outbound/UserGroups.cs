using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Adapters.Slack.Outbound;

/// <summary>
/// The user groups that the settings name, <c>slack:{workspace}:S…</c>, and who is in them. Read in the background, so that
/// a press waits for nothing; what has not been confirmed for long counts for nobody.
/// </summary>
internal sealed partial class UserGroups(
    ISlackApi api, IWorkspaces workspaces, IRings rings, IOptions<PeopleOptions> people, TimeProvider clock, ILogger<UserGroups> logger)
    : BackgroundService, IPersonGroups
{
    /// <summary>Whoever joins or leaves a group is noticed within it.</summary>
    public static readonly TimeSpan ReadEvery = TimeSpan.FromMinutes(3);

    /// <summary>Who was a member so long ago may have left since: nobody counts until the group can be read again.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(1);

    private readonly IReadOnlyList<PersonId> named =
    [
        .. rings.All.SelectMany(ring => ring.Approvers)
            .Concat(people.Value.Engineers.Concat(people.Value.Admins).Where(PersonId.IsOne).Select(person => new PersonId(person)))
            .Where(IsGroup)
            .Distinct(),
    ];

    // Replaced as a whole: a press sees one reading or the next.
    private volatile Dictionary<PersonId, Reading> readings = [];

    /// <summary>Slack's ids of groups begin so, and no user's does.</summary>
    public static bool IsGroup(PersonId person) => person.Platform == SlackOptions.Platform && person.ObjectId.StartsWith('S');

    public bool Holds(PersonId group, PersonId person) =>
        person.Platform == SlackOptions.Platform && person.Tenant == group.Tenant
        && readings.TryGetValue(group, out var reading) && clock.GetElapsedTime(reading.At) <= GoodFor && reading.Members.Contains(person.ObjectId);

    /// <summary>Asks Slack for all of them once; a group that cannot be read keeps its members for a while.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var read = new Dictionary<PersonId, Reading>(readings);
        foreach (var group in named)
        {
            try
            {
                if (await workspaces.OfAsync(group.Tenant, group.Tenant, cancellationToken) is not { } workspace)
                {
                    LogNoWorkspace(group);
                    read.Remove(group);
                    continue;
                }

                // Before the call: the answer is not newer than that.
                var at = clock.GetTimestamp();
                read[group] = new Reading((await api.GroupMembersAsync(workspace.Id, group.ObjectId, cancellationToken)).ToHashSet(StringComparer.Ordinal), at);
            }
            catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException or RecordUnavailableException)
            {
                LogUnread(group, fault.Message);
            }
        }

        readings = read;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (named.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(ReadEvery, clock);
        do
        {
            await ReadAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private sealed record Reading(HashSet<string> Members, long At);

    [LoggerMessage(9314, LogLevel.Warning, "Who is in Slack user group {Group} could not be read; those who were members count for an hour more at most. {Reason}")]
    private partial void LogUnread(PersonId group, string reason);

    [LoggerMessage(9315, LogLevel.Warning, "Slack user group {Group} is of a workspace where the app is not installed: its members have no part in what the settings give it")]
    private partial void LogNoWorkspace(PersonId group);
}
