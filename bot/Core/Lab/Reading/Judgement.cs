namespace PatchBot.Core.Lab.Reading;

/// <summary>What one statement amounts to: an outcome, a doubt, or nothing.</summary>
/// <param name="Running">Something is still being tested.</param>
/// <param name="Clear">Says so in words that need no context, so that it is asked about even where no patch is meant.</param>
internal readonly record struct Judgement(LabOutcome? Outcome, LabDoubt? Doubt, bool Running = false, bool Clear = false)
{
    public static Judgement Of(LabOutcome outcome) => new(outcome, null, Clear: true);

    public static Judgement Ask(LabDoubt doubt, bool clear = false) => new(null, doubt, Clear: clear);
}
