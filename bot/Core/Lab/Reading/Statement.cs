namespace PatchBot.Core.Lab.Reading;

/// <summary>Neighbouring clauses that speak of the same patches and hosts.</summary>
internal sealed class Statement
{
    public List<string> Patches { get; } = [];

    public List<string> Hosts { get; } = [];

    public List<ClauseReading> Clauses { get; } = [];

    /// <summary>The hosts were named in passing ("lab2 is free"), so a pass may not be about them.</summary>
    public bool Loose { get; set; }

    /// <summary>The clause that settles an earlier failure: "failed on Monday, passes now".</summary>
    public ClauseReading? SettledBy { get; set; }

    public IEnumerable<ClauseReading> SettledClauses => SettledBy is null ? [] : Clauses.TakeWhile(clause => clause != SettledBy);

    public bool HasOutcome => Clauses.Exists(clause => clause.HasOutcome);

    /// <summary>The outcome was named before any host: a list of hosts may follow.</summary>
    public bool OutcomeFirst { get; private set; }

    public IEnumerable<Sense> Findings => Clauses.SelectMany(clause => clause.Findings);

    public bool Has(Sense finding) => Clauses.Exists(clause => clause.Has(finding));

    public bool Turns(Sense turn) => Clauses.Exists(clause => clause.Turns.Contains(turn));

    public void Add(ClauseReading clause)
    {
        OutcomeFirst |= !clause.Headed && Hosts.Count == 0 && clause.HasOutcome && (clause.Hosts.Count == 0 || StartsWithOutcome(clause));
        Loose |= clause.Hosts.Count > 0 && !HasOutcome && !clause.HasOutcome && !clause.IsPure && clause.Clause.Tokens.Any(token => token.Sense is Sense.None or Sense.Neutral or Sense.Chat && token.Kind == TokenKind.Word) && clause.Findings.Count == 0 && clause.Clause.EndedBy is not ':'
            && !clause.Turns.Overlaps([Sense.Linked, Sense.Verdict, Sense.Earlier, Sense.Now]);
        Hosts.AddRange(clause.Hosts.Where(host => !Hosts.Contains(host, StringComparer.OrdinalIgnoreCase)));
        Clauses.Add(clause);
    }

    private static bool StartsWithOutcome(ClauseReading clause) =>
        clause.Clause.Tokens.FirstOrDefault(token => token.Kind == TokenKind.Host || Reading.Clauses.IsOutcome(token) || token.Sense == Sense.Fine).Kind != TokenKind.Host;
}
