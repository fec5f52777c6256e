namespace PatchBot.Core.Lab.Reading;

/// <summary>Machines that are named once, before the patches that were tried on them: as a line of their own, or at the start of a sentence.</summary>
internal static class Headings
{
    /// <summary>Gives each patch below a heading the heading's hosts, and takes the heading out.</summary>
    /// <returns>The machines or the heading of which it is not clear what they stand for, as read; <see langword="null"/> when all is.</returns>
    public static string? Spread(List<ClauseReading> clauses)
    {
        foreach (var line in clauses.GroupBy(clause => clause.Clause.Line))
        {
            // "lab1: KB1 ok. KB2 failed."
            List<ClauseReading> said = [.. line];
            SpreadFirst(said[0].IsPure && said[0].Clause.EndedBy == ':' ? said : said.FindAll(clause => clause.Clause.Sentence == said[0].Clause.Sentence));
        }

        var lines = clauses.GroupBy(clause => clause.Clause.Line).Select(line => line.ToList()).ToList();
        List<string> heading = [];
        var (under, ended) = (false, false);
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            if (Hosts(line) is { Count: > 0 } named)
            {
                (ended, under) = (ended || under, false);
                if (at + 1 < lines.Count && IsAlone(line) && NamesPatchAlone(lines[at + 1]))
                {
                    if (!IsClear(line))
                    {
                        return string.Join(", ", named);
                    }

                    (heading, under, ended) = (named, true, false);
                    clauses.RemoveAll(line.Contains);
                }
            }
            else if (line.Exists(clause => clause.Patches.Count > 0))
            {
                // After "lab2: KB… failed" it is open whether the heading before still counts.
                if (ended && line.Exists(clause => clause.HasOutcome && !clause.Ignored))
                {
                    return string.Join(", ", heading);
                }

                if (under)
                {
                    Head(line, heading);
                }
            }
        }

        return null;
    }

    // "lab1: KB1 ok, KB2 failed"
    private static void SpreadFirst(List<ClauseReading> said)
    {
        if (!said[0].Ignored && said[0].Hosts.Count > 0 && StartsWithHost(said[0].Clause.Tokens) && Hosts(said[1..]).Count == 0)
        {
            Head(said.FindAll(clause => clause != said[0] && clause.HasOutcome), said[0].Hosts);
        }
    }

    private static void Head(List<ClauseReading> said, List<string> hosts)
    {
        foreach (var clause in said.Where(clause => clause.Patches.Count > 0))
        {
            clause.Hosts.AddRange(hosts);
            clause.Headed = true;
        }
    }

    private static bool StartsWithHost(IReadOnlyList<Token> tokens) =>
        tokens.SkipWhile(token => token.Sense == Sense.Filler).FirstOrDefault().Kind == TokenKind.Host;

    private static List<string> Hosts(List<ClauseReading> line) =>
        [.. line.SelectMany(clause => clause.Clause.Tokens).Where(token => token.Kind == TokenKind.Host).Select(token => token.Key).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool NamesPatchAlone(List<ClauseReading> line) => line.Exists(clause => clause.Patches.Count > 0) && Hosts(line).Count == 0;

    // Says nothing of an outcome or a patch itself.
    private static bool IsAlone(List<ClauseReading> line) =>
        line.TrueForAll(clause => clause.Clause.Tokens.All(token => token.Kind != TokenKind.Patch && !ClearPass.SpeaksOfOutcome(token) && !Clauses.IsOutcome(token)));

    private static bool IsClear(List<ClauseReading> line) => line.TrueForAll(clause =>
        !clause.Ignored && !clause.Clause.Asked && clause.Clause.Tokens.All(token => token.Kind switch
        {
            TokenKind.Host => true,
            TokenKind.Mark => token.Key is "," or "&" or "+" or "/" or "#",
            TokenKind.Word => Clauses.IsAnd(token) || token.Sense is Sense.Filler or Sense.Tested or Sense.Verdict or Sense.Now or Sense.Earlier or Sense.Harmless,
            _ => false,
        }));
}
