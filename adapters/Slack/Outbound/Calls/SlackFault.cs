using System.Collections.Frozen;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Slack.Outbound.Calls;

/// <summary>What an answer that is no success calls for.</summary>
internal enum FaultKind
{
    /// <summary>Too much: silence until it says.</summary>
    Throttled,

    /// <summary>Slack has trouble, and did nothing.</summary>
    Trouble,

    /// <summary>Slack has trouble, and may have done it all the same.</summary>
    Doubt,

    /// <summary>The bot cannot write there until someone changes something.</summary>
    TargetGone,

    /// <summary>The message is not there any more, or can no longer be edited.</summary>
    MessageGone,

    /// <summary>A rule of the workspace forbids it.</summary>
    Policy,

    /// <summary>The token is not accepted any more.</summary>
    Credentials,

    /// <summary>The token is good, but not for this.</summary>
    Scope,

    /// <summary>The token's time is over: once with another.</summary>
    Expired,

    /// <summary>Slack does not understand what was sent, and never will.</summary>
    Payload,

    /// <summary>Something else about this call; others go through.</summary>
    Refused,
}

/// <summary>A refusal of Slack.</summary>
/// <param name="Error">Slack's word for it; empty when it gave none.</param>
/// <param name="Needed">The scopes that the token lacks; empty when that is not the matter.</param>
/// <param name="Details">What it complained of in blocks and arguments: it names places, and repeats nothing of the content.</param>
/// <param name="Wait">How long it asks for silence.</param>
/// <param name="RequestId">By which Slack's support finds the call.</param>
internal sealed record SlackFault(FaultKind Kind, int Status, string Error, string Needed, IReadOnlyList<string> Details, TimeSpan? Wait, string RequestId)
{
    /// <summary>What is wrong with a message: sent again it is refused again, as plain text it may go through.</summary>
    public static readonly IReadOnlyCollection<string> PayloadErrors =
    [
        "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text", "invalid_attachments", "only_one_table_allowed",
        "too_many_attachments", "metadata_too_large", "invalid_arguments", "invalid_json",
    ];

    private const string PolicyRemedy = "a rule of the workspace forbids it; ask your Slack administrator to allow the app there.";

    // Longer ones are no codes.
    private const int CodeLength = 60;

    private const int MostDetails = 10;

    private static readonly FrozenDictionary<string, FaultKind> Kinds = new (FaultKind Kind, IReadOnlyCollection<string> Errors)[]
    {
        (FaultKind.Throttled, ["ratelimited", "rate_limited"]),
        (FaultKind.Trouble, ["service_unavailable", "request_timeout", "team_added_to_org", "external_channel_migrating"]),

        // Of both Slack says that some of it may have succeeded.
        (FaultKind.Doubt, ["fatal_error", "internal_error"]),
        (FaultKind.TargetGone, ["channel_not_found", "not_in_channel", "is_archived", "user_not_in_channel", "messages_tab_disabled"]),
        (FaultKind.MessageGone, ["message_not_found", "cant_update_message", "edit_window_closed", "is_inactive"]),
        (FaultKind.Policy, ["no_permission", "ekm_access_denied", "enterprise_is_restricted", "team_access_not_granted", "org_login_required", "access_denied"]),
        (FaultKind.Credentials, ["invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type", "two_factor_setup_required"]),
        (FaultKind.Scope, ["missing_scope"]),
        (FaultKind.Expired, ["token_expired"]),
        (FaultKind.Payload, PayloadErrors),

        // It is about one thread: the channel goes on.
        (FaultKind.Refused, ["cannot_reply_to_message", "thread_not_found"]),
    }.SelectMany(row => row.Errors.Select(error => KeyValuePair.Create(error, row.Kind))).ToFrozenDictionary();

    /// <returns><see langword="null"/> for a success.</returns>
    public static SlackFault? Of(WireAnswer reply, SlackAnswer? answer)
    {
        if (reply.IsSuccess && answer is { Ok: true })
        {
            return null;
        }

        var error = Code(answer?.Error, "_");
        return new SlackFault(
            KindOf(reply.Status, error),
            reply.Status,
            error,
            Code(answer?.Needed, "_:.,"),
            DetailsOf(answer),
            reply.Wait,
            reply.Headers?.TryGetValues("X-Slack-Req-Id", out var ids) == true ? Code(ids.First(), "-_") : "");
    }

    /// <param name="error">Slack's word; empty where only the status speaks.</param>
    public static FaultKind KindOf(int status, string error) => (status, error) switch
    {
        (429, _) => FaultKind.Throttled,
        (_, not "") when Kinds.TryGetValue(error, out var known) => known,
        (_, not "") when error.StartsWith("restricted_action", StringComparison.Ordinal) => FaultKind.Policy,
        (_, not "") => FaultKind.Refused,
        (503, _) => FaultKind.Trouble,

        // A success that does not say so was perhaps one.
        (>= 500 or >= 200 and < 300, _) => FaultKind.Doubt,
        _ => FaultKind.Refused,
    };

    /// <summary>Slack's word, or what there is in its place.</summary>
    public string Reason => Error.Length > 0 ? Error : Status is >= 200 and < 300 ? "an answer that cannot be read" : $"status {Status}";

    /// <summary>The refusal as an exception that names the thing and the remedy, and holds nothing that was sent.</summary>
    public DeliveryException Of(SlackCall call)
    {
        var message = $"Slack did not take {call.Subject} ({Reason}): {Remedy}";
        return Kind == FaultKind.MessageGone
            ? new MessageGoneException(message)
            : new DeliveryException(
                message,
                permanent: Kind is FaultKind.TargetGone or FaultKind.Policy,
                retryAfter: Kind is FaultKind.Throttled or FaultKind.Trouble ? SlackLimits.SilenceOf(Wait) : null,
                uncertain: Kind == FaultKind.Doubt && call.Method.Creates);
    }

    /// <summary>What to do, as a part of a sentence that ends with it.</summary>
    public string Remedy => Kind switch
    {
        FaultKind.Throttled => "the bot asked too much; it waits and tries again.",
        FaultKind.Trouble or FaultKind.Doubt => "Slack has trouble; it is tried again.",
        FaultKind.TargetGone => Error switch
        {
            "not_in_channel" => "the bot is no member of the channel; invite it there.",
            "is_archived" => "the channel is archived; unarchive it, or let another channel follow.",
            "messages_tab_disabled" => "the app takes no direct messages; switch on the Messages tab in the app's settings (App Home).",
            _ => "the bot cannot see the conversation; look whether it still exists, and invite the bot there.",
        },
        FaultKind.MessageGone => "it is not there any more, or can no longer be edited.",
        FaultKind.Policy => PolicyRemedy,
        FaultKind.Credentials => "the bot's token is not accepted any more; install the app again, or set Slack:BotToken to its new token.",
        FaultKind.Scope => $"the app lacks the scope {(Needed.Length > 0 ? Needed : "that this takes")}; add it in the app's settings (OAuth & Permissions) and install the app again.",
        FaultKind.Expired => "the bot's token has expired and the next one too; look whether this machine's clock is right, and install the app again if it is.",
        FaultKind.Payload => "it does not accept the form of what was sent; the log names what it complained of.",
        FaultKind.Refused when Error is "cannot_reply_to_message" or "thread_not_found" => "the message that it replies to takes no replies any more; the rest of the channel goes on.",
        FaultKind.Refused => "the bot does not know this answer; it is tried again later.",
    };

    /// <summary>Whether a channel was stopped because a rule of the workspace forbids what the bot sent there, though it is a member.</summary>
    /// <param name="why">See <see cref="Channel.StoppedWhy"/>.</param>
    public static bool IsPolicy(string? why) => why?.EndsWith(PolicyRemedy, StringComparison.Ordinal) == true;

    /// <returns>Rules and places such as "must be less than 3001 characters [json-pointer:/blocks/0/text/text]".</returns>
    public static IReadOnlyList<string> DetailsOf(SlackAnswer? answer) => [.. (answer?.Metadata?.Messages ?? []).OfType<string>().Take(MostDetails).Select(Line)];

    private static string Code(string? word, string also) =>
        word is { Length: > 0 and <= CodeLength } && word.All(letter => char.IsAsciiLetterOrDigit(letter) || also.Contains(letter, StringComparison.Ordinal)) ? word : "";

    private static string Line(string message) => new([.. message.Take(200).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
