using System.Globalization;
using PatchBot.Adapters.Sources.Demo;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Sources;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Sources.MsrcDocuments;

namespace PatchBot.Tests.Sources;

public sealed class DemoCycleTests
{
    [Fact]
    public async Task Given_the_bundled_demo_then_it_shows_the_cases_that_matter()
    {
        var demo = await ReadAsync();
        Assert.InRange(demo.Records.Count, 8, 12);
        Assert.True(DemoCycle.Open().Content.Length < 60_000);
        Assert.Equal(Claim.Yes, demo.Facts("KB5032196").Exploited);
        Assert.Contains(demo.Facts("KB5032197").Products, product => product.Name == "Windows Server 2016");
        Assert.Equal(UpdateType.Hotpatch, demo.Facts("KB5032304").Type);
        Assert.Equal(Claim.No, demo.Facts("KB5032337").Exploited);
        Assert.All(["CVE-2023-36025", "CVE-2023-36033", "CVE-2023-36036"], cve => Assert.Contains(demo.Facts("KB5032198").Fixes, fix => fix.Cve == cve && fix.Exploited == Claim.Yes));
        Assert.Equal(2, demo.LeftOut.Count);
    }

    // The demo lists a part of the flaws; what it says of updates and flaws must be what the real month says.
    [Fact]
    public async Task Given_the_real_month_then_the_demo_says_nothing_else()
    {
        var real = await ReadRealAsync("cvrf-json/2023-Nov.rev-2024-01-15.json.gz");
        foreach (var (id, facts) in (await ReadAsync()).Records)
        {
            var released = real.Facts(id.Value);
            Assert.Equal((released.Title, released.Type, released.Severity, released.Restart), (facts.Title, facts.Type, facts.Severity, facts.Restart));
            Assert.Equal(released.Supersedes, facts.Supersedes);
            Assert.Equal(
                released.Products.Select(product => (product.Name, product.FixedBuild, product.Restart)),
                facts.Products.Select(product => (product.Name, product.FixedBuild, product.Restart)));
            Assert.Equal((released.Exploited, released.Disclosed), (facts.Exploited, facts.Disclosed));
            Assert.All(facts.Fixes, fix => Assert.Contains(fix with { Title = "" }, released.Fixes.Select(other => other with { Title = "" })));
        }
    }

    [Theory]
    [InlineData("2026-11-10T17:59:59Z", "2026-11-09T18:00:00Z")]
    [InlineData("2026-11-10T18:00:00Z", "2026-11-10T18:00:00Z")]
    [InlineData("2026-07-20T00:00:00Z", "2026-07-19T17:00:00Z")]
    [InlineData("2027-01-01T00:00:00Z", "2026-12-31T18:00:00Z")]
    [InlineData("2026-09-01T00:00:00Z", "2026-08-31T17:00:00Z")]
    public async Task Given_a_day_then_the_demo_was_released_at_the_latest_ten_in_the_morning_in_Redmond(string now, string released)
    {
        var shifted = DemoCycle.Shifted(await ReadAsync(), Instant(now));
        Assert.All(shifted.Records, record => Assert.Equal(Instant(released), record.Facts.ReleasedAt));
        Assert.All(shifted.Records, record => Assert.True(record.Facts.UpdatedAt <= Instant(now)));
        Assert.Equal(new SightingOrigin("msrc", "demo-2023-Nov"), shifted.Origin);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<PatchDocument> ReadAsync()
    {
        await using var input = DemoCycle.Open();
        return await Catalogue().ReadAsync(input, Some.Token);
    }
}
