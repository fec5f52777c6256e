using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Wire;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>
/// Lets a local emulator in, which has no token: only in Development, only when allowed, only from this machine, and only
/// to answer on this machine. What a request says of itself, such as a header that names the emulator, opens nothing.
/// </summary>
internal sealed partial class EmulatorDoor(IOptions<TeamsOptions> options, IHostEnvironment environment, ILogger<EmulatorDoor> logger) : IHostedService
{
    // Set by proxies and tunnels (the caller is then not who the connection says) and by browsers (it may be any web page).
    private static readonly string[] Strangers =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-Host", "X-Real-IP", "Via", "Origin", "Sec-Fetch-Site"];

    private bool IsOpen => options.Value.AllowEmulator && environment.IsDevelopment();

    public bool LetsIn(HttpContext http, Activity activity)
    {
        var appId = options.Value.AppId;
        return IsOpen
            && (appId.Length == 0 || http.Request.Headers.Authorization.Count == 0)
            && IsLocal(http)
            && activity.ChannelId == CallerCheck.Channel
            && Uri.TryCreate(activity.ServiceUrl, UriKind.Absolute, out var service) && Loopback.IsLoopback(service) && service.UserInfo.Length == 0
            && (appId.Length == 0 || CallerCheck.IsBot(activity.Recipient?.Id, appId) || appId.Equals(activity.Recipient?.Id, StringComparison.OrdinalIgnoreCase));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsOpen)
        {
            LogOpen();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsLocal(HttpContext http) =>
        http.Connection is { RemoteIpAddress: { } remote, LocalIpAddress: { } local } && IPAddress.IsLoopback(remote) && IPAddress.IsLoopback(local)
        && Loopback.IsLoopback(http.Request.Host.Host.Trim('[', ']'))
        && !Strangers.Any(http.Request.Headers.ContainsKey);

    [LoggerMessage(9104, LogLevel.Warning, "Teams:AllowEmulator is on: whoever runs a program on this machine can speak to the bot as anybody, without a token. This is for Development only")]
    private partial void LogOpen();
}
