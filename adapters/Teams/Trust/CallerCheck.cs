using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Teams.Protocol;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>
/// Lets in what the Bot Connector signed for this bot, for this message's service address and channel, from a tenant that
/// may use the bot. There is no setting that turns a check off; see <see cref="EmulatorDoor"/> for Development.
/// </summary>
internal sealed class CallerCheck(IOptions<TeamsOptions> options, TokenCheck tokens, EmulatorDoor emulator, RefusalLog log) : ICallerCheck
{
    public const string Channel = "msteams";

    private const string Scheme = "Bearer ";

    private readonly string appId = options.Value.AppId;

    // A tenant's id has several spellings; as a GUID it has one.
    private readonly HashSet<Guid> tenants =
        [.. (options.Value.AllowedTenants.Count > 0 ? options.Value.AllowedTenants : [options.Value.TenantId]).Where(id => Guid.TryParse(id, out _)).Select(Guid.Parse)];

    public async Task<int?> RefuseAsync(HttpContext http, Activity activity, CancellationToken cancellationToken)
    {
        if (emulator.LetsIn(http, activity))
        {
            return null;
        }

        var (refusal, genuine) = await JudgeAsync(http, activity, cancellationToken);
        if (refusal is not { } reason)
        {
            return null;
        }

        // That there are no keys is said once, where they are fetched.
        if (reason != Refusal.KeysUnavailable)
        {
            log.Write(reason, http.TraceIdentifier, genuine && Guid.TryParse(activity.TenantId, out var tenant) ? tenant : null);
        }

        if (reason.Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return reason.Status;
    }

    public static bool IsBot(string? id, string appId) =>
        id is not null && id.StartsWith("28:", StringComparison.Ordinal) && id.AsSpan(3).Equals(appId, StringComparison.OrdinalIgnoreCase);

    private async ValueTask<(Refusal? Refusal, bool Genuine)> JudgeAsync(HttpContext http, Activity activity, CancellationToken cancellationToken)
    {
        // Without an app id there is no audience to check, so nobody is let in.
        if (appId.Length == 0 || Token(http.Request) is not { } token)
        {
            return (Refusal.NoToken, false);
        }

        if (token.Length > TokenCheck.LongestToken)
        {
            return (Refusal.Malformed, false);
        }

        var verdict = await tokens.JudgeAsync(token, cancellationToken);
        return verdict.Refusal is { } fault ? (fault, false) : (Fault(activity, verdict), true);
    }

    private static string? Token(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length > Scheme.Length
            ? header[Scheme.Length..]
            : null;

    private Refusal? Fault(Activity activity, TokenVerdict verdict) =>
        activity.ChannelId != Channel ? Refusal.Channel
        : !verdict.Key!.Endorsements.Contains(Channel) ? Refusal.Endorsement
        : !IsSameService(verdict.ServiceUrl, activity.ServiceUrl) ? Refusal.ServiceUrl
        : !IsAllowed(activity) ? Refusal.Tenant
        : !IsBot(activity.Recipient?.Id, appId) ? Refusal.Recipient
        : null;

    private static bool IsSameService(string? claimed, string? written) =>
        !string.IsNullOrEmpty(claimed) && written is not null
        && claimed.AsSpan().TrimEnd('/').Equals(written.AsSpan().TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    // It may be told in two places. All that are told must be the same, and one must be told.
    private bool IsAllowed(Activity activity)
    {
        var told = new[] { activity.ChannelData?.Tenant?.Id, activity.Conversation?.TenantId }.Where(id => id is not null)
            .Select(id => Guid.TryParse(id, out var tenant) ? tenant : (Guid?)null).Distinct().ToArray();
        return told is [{ } only] && tenants.Contains(only);
    }
}
