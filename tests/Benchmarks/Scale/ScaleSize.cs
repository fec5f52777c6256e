using System.Globalization;
using PatchBot.Core.Patches;

namespace PatchBot.Benchmarks.Scale;

/// <summary>How much a store holds. The past grows; what people work on at a time is the same, however long the past is.</summary>
internal sealed record ScaleSize(int Patches)
{
    /// <summary>The small store's.</summary>
    public const int Least = 1_000;

    /// <summary>The number in the name of the oldest patch.</summary>
    public const int FirstNumber = 1_000_000;

    /// <summary>Lines that still get new patches.</summary>
    public const int SharedLines = 50;

    private const int Generations = 12;
    private const int Work = 300;

    /// <summary>Patches that are over and done with.</summary>
    public int Past => (Patches - Work) / Generations * Generations;

    /// <summary>Patches that wait for the lab, a decision or their window.</summary>
    public int InHand => Patches - Past;

    /// <summary>Lines of patches that replace each other.</summary>
    public int Lines => Past / Generations;

    public int Channels => Patches / 100;

    public static PatchId PastPatch(int index) => new($"KB{Number(index)}");

    /// <summary>The newest of a line that is over.</summary>
    public PatchId Newest(int line) => PastPatch((Generations - 1) * Lines + line);

    /// <summary>A patch in hand: it replaces the newest of a line, one of as many lines in every size.</summary>
    public PatchId PatchInHand(int index) => new($"KB{Number(Past + index)}");

    public PatchFacts FactsInHand(int index, DateTimeOffset releasedAt) => HistoryFacts.Of(
        Number(Past + index), releasedAt, Number((Generations - 1) * Lines + index % SharedLines), Number(index % SharedLines));

    private static string Number(int index) => (FirstNumber + index).ToString(CultureInfo.InvariantCulture);
}
