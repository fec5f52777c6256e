namespace PatchBot.Core.Lab.Reading;

/// <summary>What is asked, one sentence a doubt.</summary>
internal static class Questions
{
    public static AskReading Ask(LabDoubt doubt, string subject = "") => new(doubt, doubt switch
    {
        LabDoubt.Hedged => "Is that the result, or is testing not finished?",
        LabDoubt.SoFar => "Is the test finished, or still running?",
        LabDoubt.InstalledOnly => "It is installed; was it tested too, and how did that go?",
        LabDoubt.BareSign => "Is that a lab result, and on which host?",
        LabDoubt.Contradiction => "Parts of this say pass and parts don't; which outcome counts?",
        LabDoubt.Hearsay => "Who tested it, on which host, and what came out?",
        LabDoubt.Retraction => "Earlier results stand as they are; what is the right outcome and host?",
        LabDoubt.PatchUnclear => "Which patch is this about?",
        LabDoubt.PairsUnclear => "Which patch was tried on which host? A line for each host tells.",
        LabDoubt.UnknownPatch => $"I don't know {subject}; which patch is meant?",
        LabDoubt.HostsUnclear when subject.Length == 0 => "On which of these hosts, and what came out on the others? A line for each host tells.",
        LabDoubt.HostsUnclear => $"Which machines are \"{(subject.Length <= 60 ? subject : $"{subject[..59]}…")}\"? Name each of them; a machine that is called so goes in `code`.",
        LabDoubt.Order => "I record results that someone tested, not instructions; what came out, and on which host?",
        LabDoubt.LogOnly => "I can't read a result from a log alone; what came out?",
        LabDoubt.SomeOfMany => "Some checks are not accounted for; did they fail, or are they still running?",
        LabDoubt.TooLong => "This is too much to read safely; what came out, and on which hosts?",
        LabDoubt.NotUnderstood when subject.Length is > 0 and < 40 => $"I don't understand \"{subject}\" here; is it a pass without reservation?",
        LabDoubt.NotUnderstood => "I don't understand all of this; is it a pass without reservation?",
        LabDoubt.OutcomeUnclear => "What came out: pass, fail, blocked or partial, and on which host?",
    });
}
