using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Workspaces;

namespace PatchBot.Adapters.Slack.Install.OAuth;

/// <summary>Completes an installation: code for token, whether the workspace may, and the token into the record, sealed.</summary>
internal sealed partial class NewInstallation(
    IOptions<SlackOptions> options, AppCalls calls, Seal seal, Installations installations, WorkspaceDesk desk, IRecord record, TimeProvider clock, ILogger<NewInstallation> logger)
{
    private readonly SlackOptions options = options.Value;

    /// <returns>What the browser shows.</returns>
    /// <exception cref="SlackAwayException"/>
    /// <exception cref="RecordUnavailableException"/>
    public async Task<InstallPage> CompleteAsync(string code)
    {
        var grant = await calls.ExchangeAsync(code, InstallEndpoints.Redirect(options), CancellationToken.None);
        if (!grant.Ok)
        {
            LogRefused(grant.Error ?? "");
            return InstallPage.Refused(grant.Error ?? "");
        }

        if (grant is not { AccessToken: { Length: > 0 } token, BotUserId: { Length: > 0 } botUser } || (grant.IsEnterpriseInstall ? grant.Enterprise : grant.Team) is not { Id.Length: > 0 } place)
        {
            LogRefused("no bot token");
            return InstallPage.Refused("no_bot_token");
        }

        if (!options.Allows(place.Id, grant.Enterprise?.Id))
        {
            LogNotAllowed(place.Id);
            await calls.RevokeAsync(token, CancellationToken.None);
            return InstallPage.NotAllowed(place);
        }

        var identity = (await calls.IdentityAsync(token, CancellationToken.None)).Reply;
        var content = new Installation
        {
            Token = token,
            RefreshToken = grant.RefreshToken,
            ExpiresAt = grant is { RefreshToken: not null, ExpiresIn: { } seconds } ? clock.GetUtcNow() + TimeSpan.FromSeconds(seconds) : null,
            BotUser = botUser,
            Bot = identity.BotId ?? "",
            App = grant.AppId ?? "",
            IsOrganisation = grant.IsEnterpriseInstall,
            Enterprise = grant.Enterprise?.Id,
        };
        await KeepAsync(place, content, grant.AuthedUser?.Id);
        LogInstalled(place.Id);
        return InstallPage.Installed(place, content.App);
    }

    private async Task KeepAsync(NamedId place, Installation content, string? by)
    {
        var who = by is { Length: > 0 } user && PersonId.IsOne($"{SlackOptions.Platform}:{place.Id}:{user}") ? PersonId.Of(SlackOptions.Platform, place.Id, user) : Person.Bot.Id;
        var workspace = new Workspace(SlackOptions.Platform, place.Id, place.Name ?? place.Id, seal.Close(place.Id, content));
        await record.WriteAsync(
            async (session, token) =>
            {
                if (await session.Workspaces.FindAsync(workspace.Platform, workspace.Id, token) is { UnusableAt: { } since })
                {
                    // Admins were told that it could not be reached.
                    await session.Posts.RefreshAsync(SlackAlarm.Unusable(workspace.Id).Subject(since), token);
                }

                return await desk.InstalledAsync(session, workspace, who, "", token);
            },
            CancellationToken.None);
        installations.Forget();
    }

    [LoggerMessage(9433, LogLevel.Information, "The app was installed in {Workspace}")]
    private partial void LogInstalled(string workspace);

    [LoggerMessage(9434, LogLevel.Warning, "Slack did not complete an installation: {Error}")]
    private partial void LogRefused(string error);

    [LoggerMessage(9435, LogLevel.Warning, "The app is not to be used in {Workspace}, which Slack:AllowedWorkspaces does not name; its token was given back")]
    private partial void LogNotAllowed(string workspace);
}
