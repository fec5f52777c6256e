using PatchBot.Core.Patches;

namespace PatchBot.Core.Lab.Reading;

/// <summary>A message's statements about patches, judged together.</summary>
internal sealed class Message
{
    private const int LongestNote = 1_000;

    // More is a list of machines pasted in, not something that one person tested.
    private const int MostResults = 50;

    private readonly ReplyText reply;
    private readonly PatchId? threadPatch;
    private readonly IReadOnlyDictionary<string, PatchId> known;
    private readonly List<ClauseReading> clauses;
    private readonly List<string> unknown;
    private readonly List<Statement> statements;
    private readonly bool corrected;
    private readonly string? unclearHosts;

    private Message(ReplyText reply, List<Clause> said, List<Token> unclear, PatchId? threadPatch, IReadOnlyDictionary<string, PatchId> known)
    {
        (this.reply, this.threadPatch, this.known) = (reply, threadPatch, known);
        clauses = Discourse.Read(said, out corrected);
        unclearHosts = unclear.Find(IsReported) is { Key.Length: > 0 } range ? range.Key : Headings.Spread(clauses);
        var targets = PatchMentions.Targets(clauses, threadPatch?.Value, known, out unknown);
        statements = Statements.Of(clauses, targets);
    }

    /// <param name="unclear">Where machines are named without saying which.</param>
    public static Message Of(ReplyText reply, List<Clause> said, List<Token> unclear, PatchId? threadPatch, IReadOnlyDictionary<string, PatchId> known) =>
        new(reply, said, unclear, threadPatch, known);

    public LabReading Read()
    {
        var reading = Judged();
        List<string> hosts = [.. clauses.SelectMany(clause => clause.Hosts).Distinct(StringComparer.OrdinalIgnoreCase).Take(2)];
        return reading is AskReading ask ? ask with { Host = hosts is [var only] && ask.Doubt != LabDoubt.HostsUnclear ? only : "", Said = reply.Text } : reading;
    }

    private LabReading Judged()
    {
        List<(Statement Statement, Judgement Judgement)> judged = [.. statements.Select(statement => (statement, Judge.Of(statement)))];
        var clear = judged.Exists(one => one.Judgement.Outcome is not null);
        List<Judgement> doubts = [.. judged.Where(one => one.Judgement.Doubt is not null).Select(one => one.Judgement)];

        // Beside a clear result, "installed" and "finished" are only steps towards it.
        doubts.RemoveAll(one => clear && one.Doubt is LabDoubt.InstalledOnly or LabDoubt.BareSign && one.Outcome is null && !one.Clear);
        if (clear && !judged.Exists(one => one.Judgement.Outcome is LabOutcome.Pass or LabOutcome.Partial))
        {
            doubts.RemoveAll(one => one.Doubt is LabDoubt.OutcomeUnclear);
        }

        if (threadPatch is null && known.Count == 0 && unknown.Count == 0)
        {
            return clear || doubts.Exists(one => one.Clear) ? Questions.Ask(LabDoubt.PatchUnclear) : LabReading.None;
        }

        if (doubts.Count > 0)
        {
            return Questions.Ask(doubts[0].Doubt!.Value);
        }

        if (!clear)
        {
            return corrected || reply.Struck ? Questions.Ask(LabDoubt.Retraction)
                : clauses.Exists(clause => !clause.Clause.Asked && clause.Turns.Contains(Sense.Order)) ? Questions.Ask(LabDoubt.Order)
                : LabReading.None;
        }

        List<string> named = [.. statements.SelectMany(statement => statement.Patches).Distinct()];
        return unknown.Count > 0 ? Questions.Ask(LabDoubt.UnknownPatch, unknown[0])
            : unclearHosts is { } hosts ? Questions.Ask(LabDoubt.HostsUnclear, ReplyText.Unmarked(hosts).Trim())
            : Pairs.AreUnclear(judged) || Pairs.AreUnnamed(clauses, named) || Pairs.AreNamedAfter(clauses, named) ? Questions.Ask(LabDoubt.PairsUnclear)
            : Pairs.AreTakenOut(judged) ? Questions.Ask(LabDoubt.HostsUnclear)
            : reply.Unclosed ? Questions.Ask(LabDoubt.Contradiction)
            : NotUnderstood(judged) is { } word ? Questions.Ask(LabDoubt.NotUnderstood, word)
            : Results(judged);
    }

    private bool IsReported(Token named) =>
        clauses.Exists(clause => !clause.Ignored && clause.Clause.Start <= named.Start && named.Start < clause.Clause.End);

    // What keeps a pass from being understood: a word, or nothing in particular.
    private string? NotUnderstood(List<(Statement Statement, Judgement Judgement)> judged)
    {
        var passes = judged.FindAll(one => one.Judgement.Outcome == LabOutcome.Pass);
        var otherwise = judged.Where(one => one.Judgement.Outcome is not (null or LabOutcome.Pass)).SelectMany(one => one.Statement.Clauses)
            .Concat(passes.SelectMany(one => one.Statement.SettledClauses)).ToHashSet();
        var moved = clauses.Exists(clause => clause.TakenBack && clause.Hosts.Count > 0) && passes.Exists(one => one.Statement.Hosts.Count == 0);
        var yetToTest = clauses.Exists(ClearPass.IsAwaitedBy);
        return passes.Count == 0 ? null
            : moved ? ""
            : yetToTest && !passes.TrueForAll(one => one.Statement.Has(Sense.Pass) || one.Statement.Has(Sense.Tested)) ? ""
            : LeftOver.Of(clauses, otherwise) is { } token ? token.Kind == TokenKind.Word ? reply.Text[token.Start..token.End] : ""
            : passes.TrueForAll(one => ClearPass.IsReportedBy(one.Statement)) ? null
            : "";
    }

    private LabReading Results(List<(Statement Statement, Judgement Judgement)> judged)
    {
        var running = judged.Exists(one => one.Judgement.Running);
        var single = judged.Where(one => one.Judgement.Outcome is not null).DistinctBy(one => (one.Judgement.Outcome, string.Join(' ', one.Statement.Patches))).Count() == 1;
        var results = new List<(ReportedResult Result, Statement Statement)>();
        foreach (var (statement, judgement) in judged)
        {
            if (judgement.Outcome is not { } outcome)
            {
                continue;
            }

            outcome = running && outcome == LabOutcome.Pass ? LabOutcome.Partial : outcome;
            var note = single || (running && outcome == LabOutcome.Partial) ? Notes.Whole(reply.Text, clauses) : Notes.Of(reply.Text, statement);
            note = note.Length > LongestNote ? note[..(LongestNote - 1)] + "…" : note;
            List<PatchId> patches = [.. statement.Patches.Select(name => known.TryGetValue(name, out var id) ? id : threadPatch!.Value)];
            if (patches.Count == 0)
            {
                if (threadPatch is null)
                {
                    return Questions.Ask(LabDoubt.PatchUnclear);
                }

                patches.Add(threadPatch.Value);
            }

            foreach (var patch in patches)
            {
                foreach (var host in statement.Hosts.DefaultIfEmpty(""))
                {
                    if (results.Count == MostResults)
                    {
                        return Questions.Ask(LabDoubt.TooLong);
                    }

                    results.Add((new ReportedResult(patch, outcome, host, note), statement));
                }
            }
        }

        return Reconcile(results);
    }

    // One outcome for each patch and host; a pass for the whole patch never stands beside another outcome.
    private static LabReading Reconcile(List<(ReportedResult Result, Statement Statement)> results)
    {
        var kept = new List<ReportedResult>();
        foreach (var (result, statement) in results)
        {
            var same = kept.FindIndex(one => one.Patch == result.Patch && one.Host.Equals(result.Host, StringComparison.OrdinalIgnoreCase));
            if (same < 0)
            {
                kept.Add(result);
            }
            else if (kept[same].Outcome != result.Outcome)
            {
                var earlier = results.Find(one => one.Result == kept[same]).Statement;
                if (!statement.Turns(Sense.Now) && !statement.Turns(Sense.Verdict) && !earlier.Turns(Sense.Earlier))
                {
                    return Questions.Ask(LabDoubt.Contradiction);
                }

                kept[same] = result;
            }
        }

        foreach (var whole in kept.Where(one => one.Host.Length == 0).ToList())
        {
            var others = kept.Where(one => one.Patch == whole.Patch && one.Host.Length > 0).ToList();
            if (others.Count == 0)
            {
                continue;
            }

            if (whole.Outcome != LabOutcome.Pass && others.Exists(one => one.Outcome == LabOutcome.Pass))
            {
                return Questions.Ask(LabDoubt.Contradiction);
            }

            kept.Remove(whole);
        }

        return new ResultsReading(kept);
    }
}
