using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Outbound;

/// <summary>What an answer that is no success calls for.</summary>
internal enum FaultKind
{
    /// <summary>The token was not accepted: once with a new one, then it is the registration's matter.</summary>
    Token,

    /// <summary>The tenant lives in the government community cloud, which has a host of its own.</summary>
    Host,

    /// <summary>Another write won: at once again.</summary>
    Conflict,

    /// <summary>Too much: silence until it says.</summary>
    Throttled,

    /// <summary>The message is not there any more.</summary>
    MessageGone,

    /// <summary>The bot cannot write there until someone changes something.</summary>
    Closed,

    /// <summary>Something about this message; others go through.</summary>
    Refused,

    /// <summary>The service has trouble, and did nothing.</summary>
    Trouble,

    /// <summary>The service has trouble, and may have done it all the same.</summary>
    Doubt,
}

/// <summary>The connector's refusals, by status and error code.</summary>
/// <remarks><see href="https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages"/></remarks>
internal static class ConnectorFault
{
    // Longer ones are no codes.
    private const int CodeLength = 60;

    // A service that asks for longer silence is asked again after this.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(1);

    public static FaultKind KindOf(int status, string code) => (status, code) switch
    {
        (401, _) => FaultKind.Token,
        (403, "InvalidBotApiHost") => FaultKind.Host,
        (403, _) => FaultKind.Closed,
        (404, "ConversationNotFound" or "BotNotInConversationRoster") => FaultKind.Closed,
        (404, _) => FaultKind.MessageGone,
        (412, _) => FaultKind.Conflict,
        (429, _) => FaultKind.Throttled,
        (501, _) => FaultKind.Refused,
        (503, _) => FaultKind.Trouble,
        (>= 500, _) => FaultKind.Doubt,
        _ => FaultKind.Refused,
    };

    /// <returns>Empty when it names none.</returns>
    public static string CodeOf(WireAnswer answer) =>
        WireJson.Read(answer.Body.Span, ConnectorShapes.Default.FaultAnswer)?.Error?.Code is { Length: > 0 and <= CodeLength } code
        && code.All(char.IsAsciiLetterOrDigit) ? code : "";

    public static TimeSpan? SilenceOf(WireAnswer answer) =>
        answer.Wait is { Ticks: > 0 } wait ? wait < LongestSilence ? wait : LongestSilence : null;

    /// <summary>The answer as an exception that names the thing and the remedy, and holds nothing that was sent.</summary>
    public static DeliveryException Of(ConnectorCall call, WireAnswer answer)
    {
        var code = CodeOf(answer);
        var kind = KindOf(answer.Status, code);
        var message = $"Teams did not take {call.Subject} ({answer.Status}{(code.Length > 0 ? $" {code}" : "")}): {Remedy(kind, answer.Status, call)}";
        return kind == FaultKind.MessageGone && call.Method == HttpMethod.Put
            ? new MessageGoneException(message)
            : new DeliveryException(
                message,
                permanent: kind == FaultKind.Closed,
                retryAfter: kind is FaultKind.Throttled or FaultKind.Trouble ? SilenceOf(answer) : null,
                uncertain: kind == FaultKind.Doubt && call.Creates);
    }

    private static string Remedy(FaultKind kind, int status, ConnectorCall call) => kind switch
    {
        FaultKind.Token => "it does not accept the bot's token; compare Teams:AppId, Teams:TenantId and the credential with the bot's registration.",
        FaultKind.Host => "the tenant lives in another cloud; set Teams:Cloud, and Teams:ServiceUrl when the cloud is right.",
        FaultKind.Conflict => "other writes kept winning; it is tried again.",
        FaultKind.Throttled => "the bot asked too much; it waits and tries again.",
        FaultKind.MessageGone => "it is not there any more.",
        FaultKind.Closed => "the bot cannot write there; look whether the app is still installed and allowed, and the conversation still exists.",
        FaultKind.Refused when status == 413 => $"the message of {call.Body?.Length ?? 0:N0} bytes is too large.",
        FaultKind.Refused => "it does not understand the request, or does not know such calls.",
        FaultKind.Trouble or FaultKind.Doubt => "the service has trouble; it is tried again.",
    };
}
