using System.Text.RegularExpressions;
using PatchBot.Core.Approvals;
using PatchBot.Core.Conversation.Days;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab.Reading;

namespace PatchBot.Core.Conversation;

/// <summary>
/// Reads commands. Strict on purpose: a message is a command only when all of it is one, so that "I would not approve
/// this" approves nothing. Quotes are not the writer's words, and what is struck through was taken back.
/// </summary>
public static class CommandReader
{
    // Longer than any command without its reason; what is longer is prose.
    private const int MaxLength = 600;
    private const int MaxMarkup = 4_000;

    // Words joined by single spaces.
    private const string Ring = @"(?: (?:for |in |on )?(?<ring>[\p{L}\p{N}][\p{L}\p{N}_-]*(?: [\p{L}\p{N}][\p{L}\p{N}_-]*)*))";

    // No pattern may cost more time the longer a hostile text is, so none backtracks.
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private const string Put = "(?:(?:defer|postpone|delay)|(?<past>deferred|postponed|delayed))";

    private static readonly Regex Spaces = new(@"\s+", Plain);
    private static readonly Regex Address = new(@"^@?patchbot\b[:,]?", Plain);
    private static readonly Regex Mention = new(@"^@someone\b[:,]?", Plain);
    private static readonly Regex Approve = new($"^(?:approved?|i approve)(?<emergency> (?:the )?emergency(?: slot)?)?{Ring}?[.!]?$", Plain);
    private static readonly Regex Reject = new($"^(?:reject(?:ed)?|i reject){Ring}?[.!]?$", Plain);
    private static readonly Regex Defer = new($"^{Put}{Ring}?[.!]?$", Plain);
    private static readonly Regex Withdraw = new($"^withdraw(?:n)?(?: (?:the |my )?approval)?{Ring}?[.!]?$", Plain);
    private static readonly Regex Confirm = new("^confirm(?:ed)? (?<what>.+) (?:on|in|for) (?<ring>.+)$", Plain);
    private static readonly Regex Follow = new(
        $"^(?<un>un)?(?:follow|subscribe)(?: to| from)? (?<topic>patch(?:es)?|announcements?)(?: of)?{Ring}[.!]?$", Plain);

    private static readonly Regex Link = new(@"^link(?: (?<code>[a-z0-9]{4}(?:[ -]?[a-z0-9]{4}){2}))?[.]?$", Plain);
    private static readonly Regex LinkPeople = new(@"^link (?<one>\S+:\S+) (?:with|and|to) (?<other>\S+:\S+)$", Plain);
    private static readonly Regex Unlink = new(@"^unlink (?<one>\S+:\S+)$", Plain);

    // What a reason starts with; a dash within a word is the word's.
    private static readonly Regex Reason = new("(?: ?[:,] ?| [–—-] | because | due to | since )", Plain);
    private static readonly Regex Until = new(" (?:to|until|till) (?:the )?", Plain);

    // "defer by 2 weeks", "defer production for another month", "defer 14 days"
    private static readonly Regex Wait = new(
        @"(?: (?:to|until|till|for|by|in|another|a further|at least))* (?<until>(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a )?couple of|(?:a )?(?:few|couple)|several|some|another|a further) ?(?:more |working |business )?(?:hours?|h|days?|d|weeks?|wk?s?|fortnights?|months?|quarters?|years?)(?: more| from now| from today| later)?)$", Plain);

    // The comma in "Friday, 4 December" and "Dec 4, 2026" begins no reason; the one in "Friday, 2 people are off" does.
    private const string DayNumber = @"\d{1,2}(?:st|nd|rd|th)?";
    private const string Month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}";
    private static readonly Regex DateComma = new(
        $@"^(?:(?<before>{Put}[^,:]* (?:mon|tues|wednes|thurs|fri|satur|sun)day), (?<after>(?:the )?{DayNumber} (?:of )?{Month}\b|{Month} {DayNumber}\b)"
        + $@"|(?<before>{Put}[^,:]* (?:{Month} {DayNumber}|{DayNumber} (?:of )?{Month})), (?<after>2[01]\d\d\b))", Plain);

    /// <param name="text">As the platform delivers it: plain text, Slack markup or Teams HTML.</param>
    /// <param name="mentioned">The bot was mentioned, so a mention at the start is the bot's; otherwise it is someone else who is asked.</param>
    public static Command? Read(string text, bool mentioned = false)
    {
        if (text.Length > MaxMarkup || ReplyText.Of(text) is not { Struck: false, Unclosed: false, Code: false } reply)
        {
            return null;
        }

        var said = Spaces.Replace(reply.Text, " ").Trim();
        if (mentioned)
        {
            said = Mention.Replace(said, "").Trim();
        }

        said = Address.Replace(said, "").Trim();
        return Decide(said) ?? (said.Length > MaxLength ? null : Manage(said) ?? People(said) ?? Ask(said));
    }

    private static DecideCommand? Decide(string said)
    {
        if (said.Length <= MaxLength && Approve.Match(said) is { Success: true } approve)
        {
            return new DecideCommand(DecisionKind.Approve, approve.Groups["emergency"].Success, Group(approve, "ring"), "", "");
        }

        var (asked, reason) = Cut(WithoutDateCommas(said), Reason);
        if (asked.Length > MaxLength)
        {
            return null;
        }

        if (Reject.Match(asked) is { Success: true } reject)
        {
            return new DecideCommand(DecisionKind.Reject, false, Group(reject, "ring"), reason, "");
        }

        if (Wait.Match(asked) is { Success: true } wait && Defer.Match(asked[..wait.Index]) is { Success: true } waits)
        {
            return new DecideCommand(DecisionKind.Defer, false, Group(waits, "ring"), reason, Group(wait, "until"));
        }

        var (what, until) = Cut(asked, Until);
        if (Defer.Match(what) is { Success: true } defer)
        {
            // "deferred on Friday by the CAB" tells of what was.
            if (until.Length == 0 && defer.Groups["past"].Success && DayWords.TellOfTime(Group(defer, "ring")))
            {
                return null;
            }

            return new DecideCommand(DecisionKind.Defer, false, Group(defer, "ring"), reason, until);
        }

        return Withdraw.Match(asked) is { Success: true } withdraw
            ? new DecideCommand(DecisionKind.Withdraw, false, Group(withdraw, "ring"), reason, "")
            : null;
    }

    // "Friday, 4 December, 2026" has two.
    private static string WithoutDateCommas(string said)
    {
        const string Joined = "${before} ${after}";
        return DateComma.Replace(DateComma.Replace(said, Joined), Joined);
    }

    private static Command? Manage(string said)
    {
        if (Confirm.Match(said) is { Success: true } confirm)
        {
            return new ConfirmCommand(Group(confirm, "what"), Group(confirm, "ring"));
        }

        return Follow.Match(said) is { Success: true } follow
            ? new FollowCommand(
                !follow.Groups["un"].Success,
                Group(follow, "topic").StartsWith("p", StringComparison.OrdinalIgnoreCase) ? Topic.Patches : Topic.Announcements,
                Group(follow, "ring"))
            : null;
    }

    private static Command? People(string said)
    {
        // A code is copied from where it stands as code.
        var plain = ReplyText.Unmarked(said);
        return Link.Match(plain) is { Success: true } link ? new LinkCommand(link.Groups["code"].Value)
            : LinkPeople.Match(plain) is { Success: true } people ? new LinkPeopleCommand(Group(people, "one"), Group(people, "other"))
            : Unlink.Match(plain) is { Success: true } unlink ? new UnlinkCommand(Group(unlink, "one"))
            : null;
    }

    private static Command? Ask(string said)
    {
        var asked = said.TrimEnd('?', '.', '!', ' ');
        return asked.ToLowerInvariant() switch
        {
            "help" or "what can you do" => new HelpCommand(),
            "show me a demo" or "demo" => new DemoCommand(),
            "status" or "list" or "list open" or "what is open" => new StatusCommand(""),
            "what waits for me" or "what is waiting for me" or "waiting" => new WaitingCommand(),
            "record" or "record result" or "record a result" or "record lab result" or "record a lab result" or "lab form" => new RecordCommand(),
            "whoami" or "who am i" => new WhoAmICommand(),
            "windows" or "upcoming windows" or "next windows" => new WindowsCommand(),
            "export" or "export open" or "export open patches" => new ExportCommand(""),
            var other when other.StartsWith("export ", StringComparison.Ordinal) => new ExportCommand(asked[7..]),
            var other when other.StartsWith("status of ", StringComparison.Ordinal) => new StatusCommand(asked[10..]),
            var other when other.StartsWith("status ", StringComparison.Ordinal) => new StatusCommand(asked[7..]),
            _ => null,
        };
    }

    /// <summary>What stands before and after the first place that a pattern finds.</summary>
    private static (string Before, string After) Cut(string said, Regex at) => at.Match(said) is { Success: true } found
        ? (said[..found.Index], Ended(said[(found.Index + found.Length)..]))
        : (said, "");

    private static string Group(Match match, string name) => Ended(match.Groups[name].Value);

    private static string Ended(string said) => said.Trim().TrimEnd('.', '!');
}
