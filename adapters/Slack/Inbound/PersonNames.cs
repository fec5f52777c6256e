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
/// who is not known by then goes by what is at hand. Who acts often is looked up once, also where Slack does not tell.
/// </summary>
internal sealed class PersonNames(ISlackApi api, IRecord record, BackgroundTurns background, TimeProvider clock)
{
    /// <summary>So long after a look that brought nothing, the next one is made.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private const int MostRemembered = 20_000;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<PersonId, Look> looks = new();

    /// <param name="otherwise">At hand: a handle, or the id.</param>
    public ValueTask<string> OfAsync(SlackWorkspace workspace, PersonId person, string user, string otherwise)
    {
        var look = LookFor(workspace, person, user);
        return look.Name.Value is { IsCompletedSuccessfully: true, Result: var name }
            ? ValueTask.FromResult(name ?? otherwise)
            : new ValueTask<string>(WaitAsync(look, otherwise));
    }

    private async Task<string> WaitAsync(Look look, string otherwise)
    {
        // Everybody who waits for the same look is let go together.
        var left = Moment - clock.GetElapsedTime(look.BeganAt);
        var name = left > TimeSpan.Zero ? await background.WithinAsync(left, () => look.Name.Value, null) : null;
        return name ?? otherwise;
    }

    private Look LookFor(SlackWorkspace workspace, PersonId person, string user)
    {
        if (looks.TryGetValue(person, out var look) && !IsOutdated(look))
        {
            return look;
        }

        if (looks.Count >= MostRemembered)
        {
            looks.Clear();
        }

        // Of those who come at the same time one begins, and all wait for that look.
        var next = new Look(new(() => LookAsync(workspace, person, user)), clock.GetTimestamp());
        return looks.AddOrUpdate(person, next, (_, current) => IsOutdated(current) ? next : current);
    }

    private bool IsOutdated(Look look) => look.Name is { IsValueCreated: true, Value: { IsCompleted: true } ended }
        && (!ended.IsCompletedSuccessfully || (ended.Result is null && clock.GetElapsedTime(look.BeganAt) >= Rest));

    private async Task<string?> LookAsync(SlackWorkspace workspace, PersonId person, string user)
    {
        if (await StoredAsync(person) is { } stored && stored != user)
        {
            // People are renamed; whoever is asked for next time is shown as they are then.
            background.Run("the name of a person on Slack", () => RenewAsync(workspace, person, user));
            return stored;
        }

        return await AskAsync(workspace, user);
    }

    private async Task RenewAsync(SlackWorkspace workspace, PersonId person, string user)
    {
        if (await AskAsync(workspace, user) is { } name)
        {
            looks[person] = new Look(new(Task.FromResult<string?>(name)), clock.GetTimestamp());
        }
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

    private async Task<string?> AskAsync(SlackWorkspace workspace, string user)
    {
        try
        {
            return await api.UserAsync(workspace.Id, user, CancellationToken.None) is { Name: { Length: > 0 } name } ? name : null;
        }
        catch (Exception fault) when (fault is DeliveryException or DeliveryPostponedException)
        {
            // The next time, perhaps.
            return null;
        }
    }

    /// <param name="Name"><see langword="null"/> when it brought none.</param>
    private sealed record Look(Lazy<Task<string?>> Name, long BeganAt);
}
