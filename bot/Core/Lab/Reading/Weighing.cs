namespace PatchBot.Core.Lab.Reading;

/// <summary>No verdict was spoken: rules work out what the evidence amounts to. In each list the first that holds counts.</summary>
internal static class Weighing
{
    private static readonly Rule[] First =
    [
        new(SarcasmAboutHost, Judgement.Ask(LabDoubt.OutcomeUnclear)),
        new(said => said.IsEmpty, default),
    ];

    private static readonly Rule[] WhenBroken =
    [
        new(CausedByOthers, Judgement.Of(LabOutcome.Blocked)),
        new(ContradictsItself, Judgement.Ask(LabDoubt.OutcomeUnclear)),
        new(said => said.Turns(Sense.Settled) || said.Has(Sense.Green), Judgement.Ask(LabDoubt.Contradiction)),
        new(said => said.SignOnly && !said.HasHost, Judgement.Ask(LabDoubt.BareSign)),
        new(CameWithPatch, Judgement.Of(LabOutcome.Fail)),
        new(_ => true, Judgement.Ask(LabDoubt.OutcomeUnclear)),
    ];

    private static readonly Rule[] WhenFine =
    [
        new(CausedByOthers, Judgement.Of(LabOutcome.Blocked)),
        new(ContradictsItself, Judgement.Ask(LabDoubt.OutcomeUnclear)),
        new(Objects, Judgement.Ask(LabDoubt.Contradiction)),
        new(said => Conditional(said) && (said.HasHost || said.Tested || said.Has(Sense.SomeOf)), Judgement.Of(LabOutcome.Partial)),
        new(Conditional, Judgement.Ask(LabDoubt.OutcomeUnclear)),
        new(said => said.Has(Sense.SomeOf, Sense.Untested), Judgement.Ask(LabDoubt.SomeOfMany)),
        new(SignInChat, default),
        new(SignWithoutHost, Judgement.Ask(LabDoubt.BareSign)),
        new(OfSomethingElse, Judgement.Ask(LabDoubt.OutcomeUnclear)),
        new(said => !said.Placed, Judgement.Ask(LabDoubt.BareSign)),
        new(OnlyLooksGood, Judgement.Ask(LabDoubt.Hedged)),
        new(said => said.HostsInPassing, Judgement.Ask(LabDoubt.OutcomeUnclear)),
        new(_ => true, Judgement.Of(LabOutcome.Pass)),
    ];

    private static readonly Rule[] Otherwise =
    [
        new(CausedByOthers, Judgement.Of(LabOutcome.Blocked)),
        new(ContradictsItself, Judgement.Ask(LabDoubt.OutcomeUnclear)),
        new(SaysTooLittle, Judgement.Ask(LabDoubt.OutcomeUnclear)),
        new(said => said.Has(Sense.Running, Sense.Untested), default),
        new(said => said.Has(Sense.Installed), Judgement.Ask(LabDoubt.InstalledOnly)),
        new(said => said.Has(Sense.Agreement), Judgement.Ask(LabDoubt.BareSign)),
        new(said => said.Has(Sense.Tested) && said.HasHost, Judgement.Ask(LabDoubt.OutcomeUnclear)),
        new(_ => true, default),
    ];

    public static Judgement Of(Evidence said)
    {
        if (Array.Find(First, rule => rule.Holds(said)) is { } first)
        {
            return first.Then;
        }

        if (said.Doubtful is { } doubt)
        {
            return Judgement.Ask(doubt);
        }

        var rules = said.Defect || said.Has(Sense.Red) ? WhenBroken
            : said.Has(Sense.Fine, Sense.AllOf, Sense.Green, Sense.Looks) ? WhenFine
            : Otherwise;
        return Array.Find(rules, rule => rule.Holds(said))!.Then;
    }

    private static bool SarcasmAboutHost(Evidence said) => said.IsEmpty && said.Turns(Sense.Sarcasm) && said.HasHost;

    private static bool CausedByOthers(Evidence said) => said.Has(Sense.Untestable, Sense.InstallFailed) && said.Has(Sense.Cause);

    private static bool ContradictsItself(Evidence said) => said.Has(Sense.DoubleNegation);

    private static bool CameWithPatch(Evidence said) =>
        said.HasHost || said.NamesPatch || said.Turns(Sense.Linked) || said.Has(Sense.Installed, Sense.RolledBack, Sense.Tested, Sense.InstallFailed);

    private static bool Objects(Evidence said) =>
        said.Has(Sense.Unclear, Sense.Yellow, Sense.Untestable, Sense.Cause) || said.Turns(Sense.Except) || said.Turns(Sense.Settled) || said.Objects;

    private static bool Conditional(Evidence said) => said.Has(Sense.Running, Sense.Caveat);

    // "Lab5 is back, thanks 👍"
    private static bool SignInChat(Evidence said) => said.SignOnly && !said.Tested && !said.HasHost && said.SaysMore;

    private static bool SignWithoutHost(Evidence said) => said.SignOnly && !said.Tested && (!said.HasHost || said.SaysMore);

    private static bool OfSomethingElse(Evidence said) => !said.Placed && said.SaysMore && said.OneClause && !said.Has(Sense.Looks);

    private static bool OnlyLooksGood(Evidence said) => said.Has(Sense.Looks) && !said.Has(Sense.Fine) && !said.Tested;

    private static bool SaysTooLittle(Evidence said) =>
        said.Has(Sense.Unclear, Sense.Untestable, Sense.Cause, Sense.Quiet, Sense.Yellow, Sense.SomeOf, Sense.RolledBack);

    private sealed record Rule(Func<Evidence, bool> Holds, Judgement Then);
}
