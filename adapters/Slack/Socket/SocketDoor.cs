using Microsoft.Extensions.Hosting;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Slack.Socket;

/// <summary>Slack opens no socket, and asking again does not help until somebody has mended it.</summary>
/// <param name="error">In Slack's own word.</param>
internal sealed class SocketRefusedException(string error) : Exception(SlackRefusals.NoSocket(error))
{
    public string Error { get; } = error;
}

/// <summary>Asks for addresses of sockets: sparingly, since Slack counts it, and one after the other.</summary>
internal sealed class SocketDoor(AppCalls calls, IHostEnvironment environment, TimeProvider clock) : IDisposable
{
    private static readonly string[] SlackHosts = ["*.slack.com", "*.slack-gov.com"];

    private readonly SemaphoreSlim gate = new(1);
    private DateTimeOffset closedUntil = DateTimeOffset.MinValue;

    public void Dispose() => gate.Dispose();

    /// <returns>An address that is good once, and soon.</returns>
    /// <exception cref="SlackAwayException">Try again later.</exception>
    /// <exception cref="SocketRefusedException"/>
    public async Task<Uri> AddressAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (closedUntil - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }

            return Checked(await calls.SocketAsync(cancellationToken));
        }
        catch (SlackAwayException fault) when (fault.Wait is { } wait)
        {
            closedUntil = clock.GetUtcNow() + wait;
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    private Uri Checked(SocketReply reply)
    {
        if (!reply.Ok)
        {
            // It becomes part of an id.
            throw new SocketRefusedException(reply.Error is { Length: > 0 and <= 60 } error && error.All(letter => letter is (>= 'a' and <= 'z') or '_') ? error : "unknown_error");
        }

        // Nothing secret goes there, but what comes from there is believed.
        return Uri.TryCreate(reply.Url, UriKind.Absolute, out var address) && IsSlacks(address)
            ? address
            : throw new SocketRefusedException(SlackRefusals.ForeignAddress);
    }

    private bool IsSlacks(Uri address) => address.UserInfo.Length == 0 && address switch
    {
        { Scheme: "wss", IsDefaultPort: true } => SlackHosts.Any(pattern => HostPattern.Matches(pattern, address.IdnHost)),
        { Scheme: "ws" } => environment.IsDevelopment() && Loopback.IsLoopback(address.IdnHost),
        _ => false,
    };
}
