using Microsoft.Extensions.Logging;
using PatchBot.Core.Record;
using PatchBot.Core.Workspaces;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>One installation as the record has it.</summary>
/// <param name="Content">What was sealed; <see langword="null"/> when the keys do not open it.</param>
internal sealed record StoredInstallation(Workspace Row, Installation? Content)
{
    public bool CanBeUsed => Row.State == WorkspaceState.Active && Content is not null;

    public SlackWorkspace Workspace => new(Row.Id, Row.Name, Content!.BotUser, Content.Bot, Content.App, Content.IsOrganisation) { Enterprise = Content.Enterprise };
}

/// <summary>
/// All installations, read together and kept for a short while: what another process installs or renews is seen within seconds,
/// and a delivery costs no look into the record.
/// </summary>
internal sealed partial class Installations(IRecord record, Seal seal, TimeProvider clock, ILogger<Installations> logger) : IDisposable
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>For what is not among them: it may have been installed just now.</summary>
    public static readonly TimeSpan FreshForStrangers = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim gate = new(1);
    private volatile Look? last;

    public void Dispose() => gate.Dispose();

    /// <returns><see langword="null"/> when there is none of that id.</returns>
    /// <exception cref="RecordUnavailableException">The record is away and has never been read.</exception>
    public async ValueTask<StoredInstallation?> FindAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            return null;
        }

        return (await AllAsync(Fresh, cancellationToken)).GetValueOrDefault(id)
            ?? (await AllAsync(FreshForStrangers, cancellationToken)).GetValueOrDefault(id);
    }

    /// <exception cref="RecordUnavailableException">The record is away and has never been read.</exception>
    public async Task<IReadOnlyCollection<StoredInstallation>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await AllAsync(Fresh, cancellationToken)).Values];

    /// <summary>Something was written: the next look reads anew.</summary>
    public void Forget()
    {
        if (last is { } look)
        {
            last = look with { ReadAt = DateTimeOffset.MinValue };
        }
    }

    private async ValueTask<IReadOnlyDictionary<string, StoredInstallation>> AllAsync(TimeSpan fresh, CancellationToken cancellationToken)
    {
        if (last is { } look && clock.GetUtcNow() - look.ReadAt < fresh)
        {
            return look.All;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (last is { } other && clock.GetUtcNow() - other.ReadAt < fresh)
            {
                return other.All;
            }

            return (last = await ReadAsync(last, cancellationToken)).All;
        }
        catch (RecordUnavailableException) when (last is not null)
        {
            // People can still be told that nothing is recorded.
            return (last = last with { ReadAt = clock.GetUtcNow() }).All;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<Look> ReadAsync(Look? before, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var rows = await record.ReadAsync((session, token) => session.Workspaces.ListAsync(SlackOptions.Platform, token), cancellationToken);
        return new Look(at, rows.ToDictionary(row => row.Id, row => Known(before, row) ?? Open(row), StringComparer.Ordinal));
    }

    // A row is written with another version each time, and removed and added again only with another seal.
    private static StoredInstallation? Known(Look? before, Workspace row) =>
        before?.All.GetValueOrDefault(row.Id) is { } known && known.Row.Version == row.Version && known.Row.Sealed == row.Sealed ? known : null;

    private StoredInstallation Open(Workspace row)
    {
        var content = seal.Open(row.Id, row.Sealed);
        if (content is null)
        {
            LogNotOpened(row.Id);
        }

        return new StoredInstallation(row, content);
    }

    [LoggerMessage(9421, LogLevel.Error,
        "The token of workspace {Workspace} cannot be opened with the keys in Slack:KeyFolder. Bring those keys back, or install the app there again")]
    private partial void LogNotOpened(string workspace);

    private sealed record Look(DateTimeOffset ReadAt, IReadOnlyDictionary<string, StoredInstallation> All);
}
