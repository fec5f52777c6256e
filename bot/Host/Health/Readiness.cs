using PatchBot.Core;
using PatchBot.Host.Settings;

namespace PatchBot.Host.Health;

/// <summary>
/// Whether this process can do its work now. However many ask, the database is asked at most once a second, and one that
/// does not answer keeps nobody waiting for longer.
/// </summary>
internal sealed class Readiness(
    WatchedRecord record, Opening opening, IEnumerable<ILifeline> lifelines, PatchBotSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<ILifeline> lifelines = [.. lifelines];
    private readonly Lock gate = new();
    private Task<bool> look = Task.FromResult(false);
    private DateTimeOffset lookedAt = DateTimeOffset.MinValue;

    /// <returns>Why it cannot, in words that hold no address and no secret; <see langword="null"/> when it can.</returns>
    public async Task<string?> FaultAsync()
    {
        if (!opening.Opened.IsCompletedSuccessfully)
        {
            return opening.Waiting.IsCompleted ? "The database is away." : "Starting.";
        }

        return !opening.AreWorkersAlive ? "A worker has stopped; the log says why."
            : !await AnswersAsync() ? "The database does not answer."
            : !record.IsThere ? "The database takes nothing."
            : HearsElsewhere ? null
            : Notes.FirstOrDefault();
    }

    /// <summary>What nothing comes in through now. It keeps a process from being ready only when there is nothing else.</summary>
    public IEnumerable<string> Notes => lifelines.Select(lifeline => lifeline.Fault).OfType<string>();

    private bool HearsElsewhere => settings.ServesWebChat || settings.ServesTeams;

    private async Task<bool> AnswersAsync()
    {
        Task<bool> current;
        lock (gate)
        {
            if (look.IsCompleted && clock.GetUtcNow() - lookedAt >= Fresh)
            {
                (look, lookedAt) = (LookAsync(), clock.GetUtcNow());
            }

            current = look;
        }

        try
        {
            return await current.WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<bool> LookAsync()
    {
        // SQLite answers on the caller's thread.
        await Task.Yield();
        try
        {
            return await record.ReadAsync((session, token) => session.Audit.HeadAsync(token), CancellationToken.None) is { Sequence: >= 0 };
        }
#pragma warning disable CA1031 // Whatever it is, the database did not answer; who else meets it says more.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
