using System.Collections.Concurrent;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound;

/// <summary>
/// What people are called, which Slack's events do not say. For showing only, so nobody waits for it longer than a moment:
/// who is not known by then goes by what is at hand.
/// </summary>
internal sealed class PersonNames(ISlackApi api, IRecord record, BackgroundTurns background)
{
    private const int MostRemembered = 20_000;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<PersonId, string> known = new();

    /// <param name="otherwise">At hand: a handle, or the id.</param>
    public ValueTask<string> OfAsync(SlackWorkspace workspace, PersonId person, string user, string otherwise) =>
        known.TryGetValue(person, out var name)
            ? ValueTask.FromResult(name)
            : new ValueTask<string>(background.WithinAsync(Moment, () => LookAsync(workspace, person, user, otherwise), otherwise));

    private async Task<string> LookAsync(SlackWorkspace workspace, PersonId person, string user, string otherwise)
    {
        if (await StoredAsync(person) is { } stored && stored != user)
        {
            // People are renamed; whoever is asked for next time is shown as they are then.
            Remember(person, stored);
            background.Run("the name of a person on Slack", () => AskAsync(workspace, person, user));
            return stored;
        }

        return await AskAsync(workspace, person, user) ?? otherwise;
    }

    private async Task<string?> StoredAsync(PersonId person)
    {
        try
        {
            return await record.ReadAsync((session, token) => session.People.FindAsync([person], token), CancellationToken.None) is [{ Name.Length: > 0 } found] ? found.Name : null;
        }
        catch (RecordUnavailableException)
        {
            return null;
        }
    }

    private async Task<string?> AskAsync(SlackWorkspace workspace, PersonId person, string user)
    {
        try
        {
            if (await api.UserAsync(workspace.Id, user, CancellationToken.None) is { Name: { Length: > 0 } name })
            {
                Remember(person, name);
                return name;
            }
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            // The next time, perhaps.
        }

        return null;
    }

    private void Remember(PersonId person, string name)
    {
        if (known.Count >= MostRemembered)
        {
            known.Clear();
        }

        known[person] = name;
    }
}
