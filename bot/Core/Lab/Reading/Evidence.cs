namespace PatchBot.Core.Lab.Reading;

/// <summary>What a statement without a spoken verdict tells, as the rules ask for it.</summary>
internal sealed class Evidence(Statement statement)
{
    private readonly HashSet<Sense> told = [.. statement.Findings];

    public bool IsEmpty => told.Count == 0;

    public bool HasHost => statement.Hosts.Count > 0;

    public bool NamesPatch => statement.Patches.Count > 0;

    public bool Defect => Has(Sense.Symptom, Sense.InstallFailed);

    public bool Tested => Has(Sense.Tested, Sense.AllOf);

    public bool SignOnly => !Has(Sense.Fine, Sense.Looks, Sense.AllOf, Sense.Symptom, Sense.InstallFailed);

    /// <summary>Words that have no sense to the reader: it may be about something else.</summary>
    public bool SaysMore => statement.Clauses.Exists(clause => clause.Unknown > 0);

    public bool OneClause => statement.Clauses.Count == 1;

    /// <summary>Says which test is meant: a host, a patch, or that it was tested.</summary>
    public bool Placed => Tested || HasHost || NamesPatch || (Has(Sense.Installed) && Has(Sense.Fine));

    /// <summary>The hosts were only mentioned, and nothing says that they were tested.</summary>
    public bool HostsInPassing => statement.Loose && !Has(Sense.Tested, Sense.Installed);

    /// <summary>"Passed, though …": what follows is not understood, so it may well matter.</summary>
    public bool Objects =>
        statement.Clauses.Exists(clause => clause.Clause.Tokens[0].Sense == Sense.But && clause.Unknown > 0 && !clause.HasOutcome && !clause.Has(Sense.Caveat));

    /// <summary>What makes the evidence doubtful, where there is something to doubt.</summary>
    public LabDoubt? Doubtful =>
        Has(Sense.Fine, Sense.Looks, Sense.Symptom, Sense.InstallFailed, Sense.Green, Sense.Red, Sense.Unclear, Sense.Agreement, Sense.Cause, Sense.AllOf)
        && Doubt(statement.Clauses) is { } doubt && !(doubt == LabDoubt.SoFar && (Defect || Has(Sense.Running))) ? doubt : null;

    public bool Has(params ReadOnlySpan<Sense> any)
    {
        foreach (var sense in any)
        {
            if (told.Contains(sense))
            {
                return true;
            }
        }

        return false;
    }

    public bool Turns(Sense turn) => statement.Turns(turn);

    public static LabDoubt? Doubt(List<ClauseReading> clauses)
    {
        bool Any(Sense turn) => clauses.Exists(clause => clause.Turns.Contains(turn));
        return Any(Sense.Order) ? LabDoubt.Order
            : Any(Sense.Sarcasm) ? LabDoubt.OutcomeUnclear
            : Any(Sense.Hearsay) ? LabDoubt.Hearsay
            : Any(Sense.Hedge) ? LabDoubt.Hedged
            : Any(Sense.SoFar) ? LabDoubt.SoFar
            : null;
    }
}
