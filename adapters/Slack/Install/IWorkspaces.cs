using PatchBot.Core.Delivery;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>One installation of the app: a workspace, or a whole organisation of them (Enterprise Grid).</summary>
/// <param name="Id">The workspace's id (<c>T…</c>); the organisation's (<c>E…</c>) for an installation in all of it.</param>
/// <param name="BotUser">The user id that mentions of the bot name there.</param>
/// <param name="Bot">The bot id that its messages carry.</param>
/// <param name="App">The app's id.</param>
internal sealed record SlackWorkspace(string Id, string Name, string BotUser, string Bot, string App, bool IsOrganisation)
{
    /// <summary>The organisation that it belongs to; <see langword="null"/> for none.</summary>
    public string? Enterprise { get; init; }
}

/// <summary>
/// The installations of the app and their tokens: the one of <see cref="SlackOptions.BotToken"/>, or those that came by
/// OAuth. What has not changed costs no look into the record.
/// </summary>
internal interface IWorkspaces
{
    /// <summary>Whose installation a delivery is for: the workspace's own, else its organisation's.</summary>
    /// <returns><see langword="null"/> when nobody installed the app there, or it may not be used there.</returns>
    /// <exception cref="RecordUnavailableException">It cannot be known now.</exception>
    ValueTask<SlackWorkspace?> OfAsync(string? team, string? enterprise, CancellationToken cancellationToken);

    /// <summary>Every installation that can be used.</summary>
    /// <exception cref="RecordUnavailableException">It cannot be known now.</exception>
    Task<IReadOnlyList<SlackWorkspace>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The bot token for calls there; renewed early where tokens rotate.</summary>
    /// <exception cref="DeliveryException">There is none that can be used; says what to do.</exception>
    ValueTask<string> TokenAsync(string workspace, CancellationToken cancellationToken);

    /// <summary>Slack said that the token has expired: the next <see cref="TokenAsync"/> gets another.</summary>
    void Expired(string workspace, string token);

    /// <summary>Slack does not accept the token any more (revoked, app removed): it is not used again, and the admins hear of it.</summary>
    /// <param name="why">A sentence.</param>
    Task UnusableAsync(string workspace, string why, CancellationToken cancellationToken);

    /// <summary>The app was removed there: the installation is forgotten, and its channels stop.</summary>
    Task RemovedAsync(string workspace, CancellationToken cancellationToken);
}
