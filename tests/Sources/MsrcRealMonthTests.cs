using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Sources;
using static PatchBot.Tests.Sources.MsrcDocuments;

namespace PatchBot.Tests.Sources;

public sealed class MsrcRealMonthTests
{
    private static readonly string[] Revisions =
    [
        "cvrf-json/2023-Nov.rev-2023-11-14.json.gz", "cvrf-json/2023-Nov.rev-2023-11-21.json.gz",
        "cvrf-json/2023-Nov.rev-2023-11-27.json.gz", "cvrf-json/2023-Nov.rev-2024-01-15.json.gz",
    ];

    [Theory]
    [InlineData("cvrf-json/2017-Jan.json.gz", "2017-Jan", 9), InlineData("cvrf-json/2018-FEB.json.gz", "2018-Feb", 39)]
    [InlineData("cvrf-json/2023-Dec.json.gz", "2023-Dec", 34), InlineData("cvrf-json/2023-Nov.rev-2024-01-15.json.gz", "2023-Nov", 79)]
    [InlineData("cvrf-json/2005-Jun.json", "2005-Jun", 0), InlineData("cvrf-json/2015-Nov.json", "2015-Nov", 0)]
    [InlineData("cvrf-xml/2016-Apr.trimmed.xml", "2016-Apr", 2), InlineData("cvrf-xml/cvrfDocument-2017-Feb.xml", "2017-Feb", 1)]
    [InlineData("cvrf-xml/cvrfDocument-Oct-OOB.xml", "Oct-OOB", 1)]
    public async Task Given_a_real_document_then_it_is_read(string file, string month, int patches)
    {
        var document = await ReadRealAsync(file);
        Assert.Equal(new SightingOrigin("msrc", month), document.Origin);
        Assert.Equal(patches, document.Records.Count);
        Assert.All(document.Records, record => Assert.NotEmpty(record.Facts.Products));
    }

    [Theory]
    [InlineData("cvrf-json/2016-Jan.json"), InlineData("cvrf-json/2017-May-B.json"), InlineData("cvrf-xml/cvrfDocument-2017-May-B.xml")]
    public async Task Given_a_real_document_without_vulnerabilities_then_it_is_refused(string file) =>
        Assert.Contains("no vulnerability", (await Assert.ThrowsAsync<SourceFormatException>(() => ReadRealAsync(file))).Fault);

    [Fact]
    public async Task Given_November_2023_then_the_Server_2019_update_is_as_released()
    {
        var facts = (await ReadRealAsync(Revisions[3])).Facts("KB5032196");
        Assert.Equal("Cumulative update for Windows Server 2019 and Windows 10 Version 1809", facts.Title);
        Assert.Equal((Severity.Critical, RestartNeed.Yes, Claim.Yes, Claim.Yes), (facts.Severity, facts.Restart, facts.Exploited, facts.Disclosed));
        Assert.Equal([new PatchId("KB5031361")], facts.Supersedes);
        Assert.Equal(27, facts.Fixes.Count);
        Assert.All(facts.Products, product => Assert.Equal("10.0.17763.5122", product.FixedBuild));
    }

    [Fact]
    public async Task Given_the_same_month_read_twice_then_no_content_differs() =>
        Assert.Equal((await ReadRealAsync(Revisions[2])).Hashes(), (await ReadRealAsync(Revisions[2])).Hashes());

    // Counted by hand in the four revisions: a score here, a disclosure there, a restart that is no longer needed.
    [Theory]
    [InlineData(0, 1, 35, 6, 3), InlineData(1, 2, 14, 1, 0), InlineData(2, 3, 32, 6, 1)]
    public async Task Given_a_revision_of_a_month_then_only_patches_that_it_changed_differ(int before, int after, int changed, int added, int gone)
    {
        var (old, now) = ((await ReadRealAsync(Revisions[before])).Hashes(), (await ReadRealAsync(Revisions[after])).Hashes());
        Assert.Equal(changed, now.Count(entry => old.TryGetValue(entry.Key, out var hash) && hash != entry.Value));
        Assert.Equal(added, now.Keys.Except(old.Keys).Count());
        Assert.Equal(gone, old.Keys.Except(now.Keys).Count());
    }

    [Fact]
    public async Task Given_a_revision_of_a_month_then_the_changed_facts_are_found()
    {
        var months = await Task.WhenAll(Revisions.Select(ReadRealAsync));
        FixedVulnerability Fix(int revision, string cve) => Assert.Single(months[revision].Facts("KB5032196").Fixes, fix => fix.Cve == cve);

        Assert.Equal((7.2m, 8.8m), (Fix(0, "CVE-2023-36423").Cvss, Fix(1, "CVE-2023-36423").Cvss));
        Assert.Equal((Claim.No, Claim.Yes), (Fix(1, "CVE-2023-36025").Disclosed, Fix(2, "CVE-2023-36025").Disclosed));
        Assert.Equal((RestartNeed.Yes, RestartNeed.No), (months[2].Facts("KB5032304").Restart, months[3].Facts("KB5032304").Restart));
        Assert.Empty(months[2].Facts("KB5032147").KnownIssues);
        Assert.Single(months[3].Facts("KB5032147").KnownIssues);
    }
}
