using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Patches;

public sealed class PatchMergeTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Given_sightings_in_any_order_then_the_facts_are_the_same(int seed)
    {
        var random = new Random(seed);
        var sightings = Enumerable.Range(0, 5).Select(number => Seen($"doc{number}", Any(random))).ToArray();
        var merged = ContentHash.Of(PatchMerge.Merge(sightings));
        for (var turn = 0; turn < 20; turn++)
        {
            random.Shuffle(sightings);
            Assert.Equal(merged, ContentHash.Of(PatchMerge.Merge(sightings)));
        }

        // Nothing is lost, and saying it again adds nothing.
        Assert.Equal(merged, ContentHash.Of(PatchMerge.Merge([.. sightings, .. sightings.Select(same => same with { Origin = new("wsus", same.Origin.Document) })])));
        Assert.Equal(merged, ContentHash.Of(PatchMerge.Merge([Seen("all", PatchMerge.Merge(sightings))])));
    }

    [Fact]
    public void Given_a_source_that_does_not_rate_then_the_other_sources_rating_holds()
    {
        var merged = PatchMerge.Merge([Seen("msrc", Some.Facts(severity: Severity.Medium)), Seen("wsus", Some.Facts(severity: Severity.Unrated))]);

        Assert.Equal((Severity.Medium, Severity.Medium, Severity.Medium), (merged.Severity, merged.Products[0].Severity, merged.Fixes[0].Severity));
    }

    [Fact]
    public void Given_a_document_that_no_longer_lists_it_then_it_speaks_only_while_no_other_does()
    {
        var gone = Seen("old", Some.Facts(severity: Severity.Critical)) with { Listed = false };

        Assert.Equal(Severity.Low, PatchMerge.Merge([gone, Seen("new", Some.Facts(severity: Severity.Low))]).Severity);
        Assert.Equal(Severity.Critical, PatchMerge.Merge([gone]).Severity);
    }

    private static Sighting Seen(string document, PatchFacts facts) =>
        new(new SightingOrigin("msrc", document), new PatchId("KB5032196"), facts, ContentHash.Of(facts), Some.Noon);

    private static PatchFacts Any(Random random) => Some.Facts(
        $"Title {random.Next(3)}", (Severity)random.Next(6), (Claim)random.Next(3), [.. Enumerable.Range(0, 3).Select(_ => $"Windows Server {2016 + random.Next(4)}").Distinct()]) with
    {
        ReleasedAt = random.Next(3) == 0 ? null : Some.Noon.AddDays(-random.Next(3)),
        Restart = (RestartNeed)random.Next(4),
        Supersedes = [.. Enumerable.Range(0, 2).Select(_ => new PatchId($"KB50{random.Next(10, 14)}000")).Distinct()],
        Kind = (PatchKind)random.Next(3),
    };
}
