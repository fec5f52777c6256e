using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PatchBot.Core.Delivery;
using PatchBot.Core.Record;
using PatchBot.Core.Workspaces;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>
/// Renews tokens that rotate, ahead of their end and beside the calls. A refresh token is good once, so that of several processes
/// the one that has said so in the record uses it; the new pair is recorded before anybody uses it.
/// </summary>
/// <remarks><see href="https://docs.slack.dev/authentication/using-token-rotation"/></remarks>
internal sealed partial class TokenRenewal(
    Installations installations, AppCalls calls, Seal seal, SlackAlarms alarms, IRecord record, WorkspaceDesk desk, TimeProvider clock, ILogger<TokenRenewal> logger)
{
    /// <summary>Of the twelve hours that a token lives.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    /// <summary>A call that carries the token must arrive before it ends.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>How long one process has for a renewal that it said it would do; longer than the call may take.</summary>
    public static readonly TimeSpan Claim = AppCalls.Patience * 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> underWay = new();
    private readonly ConcurrentDictionary<string, string> expired = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> notBefore = new();

    /// <summary>Slack said that the token has ended.</summary>
    public void Expired(string workspace, string token) => expired[workspace] = token;

    /// <exception cref="DeliveryException">There is none that can be used.</exception>
    public async ValueTask<string> TokenAsync(StoredInstallation stored, CancellationToken cancellationToken)
    {
        var (id, content, now) = (stored.Row.Id, stored.Content!, clock.GetUtcNow());
        if (!IsDue(id, content, now))
        {
            return content.Token;
        }

        var canWait = !HasEnded(id, content, now);
        if (canWait && notBefore.TryGetValue(id, out var next) && now < next)
        {
            return content.Token;
        }

        // Shared by all that wait, so that none of them can cancel it.
        var flight = underWay.GetOrAdd(id, _ => new(() => Task.Run(() => FlyAsync(id)))).Value;
        return canWait ? content.Token : await flight.WaitAsync(cancellationToken);
    }

    private bool HasEnded(string id, Installation content, DateTimeOffset now) =>
        now >= content.ExpiresAt - Margin || (expired.TryGetValue(id, out var token) && token == content.Token);

    private bool IsDue(string id, Installation content, DateTimeOffset now) => now >= content.ExpiresAt - Ahead || HasEnded(id, content, now);

    private async Task<string> FlyAsync(string id)
    {
        try
        {
            var token = await RenewAsync(id);
            notBefore.TryRemove(id, out _);
            return token;
        }
        catch (Exception fault)
        {
            notBefore[id] = clock.GetUtcNow() + BetweenTries;
            LogFailed(id, fault.Message);
            throw fault as DeliveryException ?? new DeliveryException("The token cannot be renewed now.", permanent: false, cause: fault);
        }
        finally
        {
            installations.Forget();
            underWay.TryRemove(id, out _);
        }
    }

    private async Task<string> RenewAsync(string id)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var row = await record.ReadAsync((session, token) => session.Workspaces.FindAsync(SlackOptions.Platform, id, token), CancellationToken.None);
            if (row is not { State: WorkspaceState.Active } || seal.Open(id, row.Sealed) is not { RefreshToken: { } refreshToken } content)
            {
                throw new DeliveryException($"The workspace {id} has no token that could be renewed. Install the app there again.", permanent: false, InstalledWorkspaces.WhileUnusable);
            }

            if (!IsDue(id, content, now))
            {
                return content.Token; // Another process was first.
            }

            if (content.RenewingUntil > now)
            {
                await Task.Delay(Pause, clock);
                continue;
            }

            if (await ReplaceAsync(row, content with { RenewingUntil = now + Claim }) is { } claimed)
            {
                return await RefreshAsync(claimed, content, refreshToken);
            }
        }
    }

    private async Task<string> RefreshAsync(Workspace claimed, Installation content, string refreshToken)
    {
        GrantReply reply;
        try
        {
            reply = await calls.RefreshAsync(refreshToken, CancellationToken.None);
        }
        catch (SlackAwayException fault)
        {
            await ReplaceAsync(claimed, content);
            throw new DeliveryException($"The token of the workspace {claimed.Id} cannot be renewed. {fault.Message}", permanent: false, fault.Wait, fault);
        }

        if (reply is { Ok: true, AccessToken: { Length: > 0 } token, RefreshToken: { Length: > 0 } next })
        {
            var renewed = content with { Token = token, RefreshToken = next, ExpiresAt = clock.GetUtcNow() + TimeSpan.FromSeconds(reply.ExpiresIn ?? 43_200) };
            return await KeepAsync(claimed.Id, refreshToken, renewed);
        }

        var why = $"The token of the workspace {claimed.Name} ({claimed.Id}) cannot be renewed: {reply.Error}. Install the app there again.";
        if (await record.WriteAsync((session, cancelled) => desk.UnusableAsync(session, claimed, why, cancelled), CancellationToken.None))
        {
            await alarms.RaiseAsync(SlackAlarm.Unusable(claimed.Id), why, CancellationToken.None);
        }

        throw new DeliveryException(why, permanent: false, InstalledWorkspaces.WhileUnusable);
    }

    // The refresh token is used up: as long as the record is away, nobody else has the pair that works.
    private async Task<string> KeepAsync(string id, string used, Installation renewed)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                return await record.WriteAsync(
                    async (session, token) =>
                    {
                        // Installed anew meanwhile, it has a pair of its own.
                        var row = await session.Workspaces.FindAsync(SlackOptions.Platform, id, token);
                        var stored = row is null ? null : seal.Open(id, row.Sealed);
                        if (stored?.RefreshToken == used)
                        {
                            await session.Workspaces.SaveAsync(row! with { Sealed = seal.Close(id, renewed), UpdatedAt = clock.GetUtcNow() }, token);
                            return renewed.Token;
                        }

                        return stored?.Token ?? renewed.Token;
                    },
                    CancellationToken.None);
            }
            catch (RecordUnavailableException fault)
            {
                if (!told)
                {
                    LogNotKept(id, fault.Message);
                }

                await Task.Delay(Pause, clock);
            }
        }
    }

    private async Task<Workspace?> ReplaceAsync(Workspace row, Installation content)
    {
        var written = row with { Sealed = seal.Close(row.Id, content), UpdatedAt = clock.GetUtcNow() };
        return await record.WriteAsync((session, token) => session.Workspaces.TryReplaceAsync(written, row.Version, token), CancellationToken.None)
            ? written with { Version = row.Version + 1 }
            : null;
    }

    [LoggerMessage(9423, LogLevel.Warning, "The token of workspace {Workspace} was not renewed: {Reason}")]
    private partial void LogFailed(string workspace, string reason);

    [LoggerMessage(9424, LogLevel.Error, "The renewed token of workspace {Workspace} could not be recorded yet, and it is tried again: {Reason}")]
    private partial void LogNotKept(string workspace, string reason);
}
