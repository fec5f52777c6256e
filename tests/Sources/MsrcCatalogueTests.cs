using System.IO.Compression;
using System.Text;
using PatchBot.Core.Patches;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Sources.MsrcDocuments;

namespace PatchBot.Tests.Sources;

public sealed class MsrcCatalogueTests
{
    [Fact]
    public async Task Given_a_cumulative_update_then_all_that_its_rows_say_is_gathered()
    {
        var facts = (await ReadAsync(Fixture("small.json"))).Facts("KB5034768");

        Assert.Equal("Cumulative update for Windows Server 2019 and Windows 10 Version 1809", facts.Title);
        Assert.Equal((PatchKind.Security, UpdateType.Cumulative), (facts.Kind, facts.Type));
        Assert.Equal((Severity.Critical, "Critical", RestartNeed.Yes), (facts.Severity, facts.SeverityWord, facts.Restart));
        Assert.Equal(["KB4534273", "KB5034127", "MS16-110"], facts.Supersedes.Select(id => id.Value));
        Assert.Equal(new DateTimeOffset(2024, 2, 13, 8, 0, 0, TimeSpan.Zero), facts.ReleasedAt);
        Assert.Equal(new DateTimeOffset(2024, 2, 16, 8, 0, 0, TimeSpan.Zero), facts.UpdatedAt);
        Assert.Equal(["https://support.microsoft.com/help/5034768", "https://catalog.update.microsoft.com/v7/site/Search.aspx?q=KB5034768"],
            facts.Links.Select(link => link.Address.AbsoluteUri));
        Assert.Equal(["Microsoft lists known issues at https://support.microsoft.com/help/5034768"], facts.KnownIssues);
        Assert.Equal(
            [
                new PatchedProduct("Windows 10 Version 1809 for x64-based Systems", "Windows", "10.0.17763.5458", RestartNeed.Yes, Severity.Critical),
                new PatchedProduct("Windows Server 2019", "Windows", "10.0.17763.5458", RestartNeed.Maybe, Severity.High),
                new PatchedProduct("Windows Server 2019 (Server Core installation)", "Windows", "10.0.17763.5458", RestartNeed.Maybe, Severity.Unrated),
            ],
            facts.Products);
        Assert.Equal(
            new FixedVulnerability("CVE-2024-1001", "Widget kernel elevation & more", Severity.Critical, 8.8m, "CVSS:3.1/AV:N", "Elevation of Privilege", Claim.Yes, Claim.No),
            Assert.Single(facts.Fixes));
    }

    [Fact]
    public async Task Given_a_fix_without_a_KB_then_the_patch_is_the_product_and_its_build()
    {
        var facts = (await ReadAsync(Fixture("small.json"))).Facts("powershell-7.4-7.4.1");

        Assert.Equal("Security update 7.4.1 for PowerShell 7.4", facts.Title);
        Assert.Equal((UpdateType.ProductUpdate, Severity.Medium, "Moderate"), (facts.Type, facts.Severity, facts.SeverityWord));
        Assert.Equal(["PowerShell 7.4 7.4.1"], facts.Aliases);
    }

    [Theory]
    [InlineData("a \\\"quoted ]}\\\" brace { and [", "a \"quoted ]}\" brace { and [")]
    [InlineData("C:\\\\", "C:\\")]
    public async Task Given_texts_with_brackets_and_quotation_marks_then_the_vulnerabilities_around_them_are_whole(string written, string title)
    {
        var document = await ReadAsync(Fixture("small.json").Replace("PowerShell disclosure", written));
        Assert.Equal(title, Assert.Single(document.Facts("powershell-7.4-7.4.1").Fixes).Title);
        Assert.Equal("Critical", document.Facts("KB5034768").SeverityWord);
        Assert.Equal(UpdateType.ServicingStack, document.Facts("KB5005112").Type);
    }

    [Fact]
    public async Task Given_a_vulnerability_longer_than_the_first_window_then_it_is_read_whole()
    {
        var document = await ReadAsync(Fixture("small.json").Replace("<p>First.</p>", $"<p>First.</p>{new string(' ', 900_000)}"));
        Assert.Equal("First.", document.Facts("KB5034768").Summary);
        Assert.Equal((await ReadAsync(Fixture("small.json"))).Hashes(), document.Hashes());
    }

    [Fact]
    public async Task Given_no_word_about_a_restart_or_exploitation_then_they_are_unknown_and_not_no()
    {
        var facts = (await ReadAsync(Fixture("small.json"))).Facts("powershell-7.4-7.4.1");
        Assert.Equal((RestartNeed.Unknown, Claim.Unknown, Claim.Unknown), (facts.Restart, facts.Exploited, facts.Disclosed));
    }

    [Fact]
    public async Task Given_a_sentinel_date_then_the_months_own_release_counts()
    {
        var facts = (await ReadAsync(Fixture("small.json"))).Facts("powershell-7.4-7.4.1");
        Assert.Equal(new DateTimeOffset(2024, 2, 13, 8, 0, 0, TimeSpan.Zero), facts.ReleasedAt);
        Assert.Null(facts.UpdatedAt);
    }

    [Fact]
    public async Task Given_the_advisory_on_servicing_stacks_then_the_update_is_one()
    {
        var facts = (await ReadAsync(Fixture("small.json"))).Facts("KB5005112");
        Assert.Equal((UpdateType.ServicingStack, PatchKind.Bugfix, RestartNeed.No), (facts.Type, facts.Kind, facts.Restart));
        Assert.Equal("Servicing stack update for Windows Server 2019", facts.Title);
    }

    [Theory]
    [InlineData("Monthly Rollup", UpdateType.MonthlyRollup), InlineData("Security Only", UpdateType.SecurityOnly)]
    [InlineData("SecurityHotpatchUpdate", UpdateType.Hotpatch), InlineData("Security Hotpatch Update", UpdateType.Hotpatch)]
    [InlineData("IE Cumulative", UpdateType.Cumulative), InlineData("Servicing Stack Update", UpdateType.ServicingStack)]
    public async Task Given_a_sub_type_then_the_update_is_of_that_type(string subType, UpdateType type)
    {
        var document = await ReadAsync(Fixture("small.json").Replace("\"Security Update\", \"FixedBuild\": \"10.0.17763.5458\"", $"\"{subType}\""));
        Assert.Equal(type, document.Facts("KB5034768").Type);
    }

    [Fact]
    public async Task Given_linux_packages_and_chromium_then_they_are_left_out_and_counted()
    {
        var document = await ReadAsync(Fixture("small.json"));
        Assert.Equal(3, document.Records.Count);
        Assert.Equal(new Dictionary<string, int> { ["Chromium and Edge"] = 1, ["Linux packages"] = 1 }, document.LeftOut);
    }

    [Fact]
    public async Task Given_options_that_ask_for_them_then_linux_packages_and_chromium_are_taken()
    {
        var document = await ReadAsync(Fixture("small.json"), options => options.LinuxPackages = options.Chromium = true);
        Assert.Equal("Security update 5.15.1-1 for CBL Mariner 2.0 kernel", document.Facts("cbl-mariner-2.0-kernel-5.15.1-1").Title);
        Assert.Equal(RestartNeed.No, document.Facts("microsoft-edge-chromium-based-121.0.1").Restart);
        Assert.Empty(document.LeftOut);
    }

    [Fact]
    public async Task Given_families_that_are_asked_for_then_the_others_are_left_out_and_counted()
    {
        var document = await ReadAsync(Fixture("small.json"), options => options.Families.Add("developer tools"));
        Assert.Equal("powershell-7.4-7.4.1", Assert.Single(document.Records).Id.Value);
        Assert.Equal(2, document.LeftOut["Product families that are not asked for"]);
    }

    [Fact]
    public async Task Given_the_same_release_as_JSON_and_XML_in_another_order_then_every_content_is_equal()
    {
        var (json, xml) = (await ReadAsync(Fixture("small.json")), await ReadAsync(Fixture("small.xml")));
        Assert.Equal(json.Hashes(), xml.Hashes());
        Assert.Equal((json.Origin, json.Title), (xml.Origin, xml.Title));
        Assert.Equal("2024-Feb", json.Origin.Document);
    }

    [Fact]
    public async Task Given_only_the_documents_own_date_moves_then_no_content_changes() =>
        Assert.Equal(
            (await ReadAsync(Fixture("small.json"))).Hashes(),
            (await ReadAsync(Fixture("small.json").Replace("2024-02-20T08:00:00", "2024-03-20T08:00:00"))).Hashes());

    [Theory, InlineData("small.json"), InlineData("small.xml")]
    public async Task Given_other_encodings_or_packing_then_the_content_is_the_same(string fixture)
    {
        var text = Fixture(fixture);
        var expected = (await ReadAsync(text)).Hashes();
        var wide = text.Replace("encoding=\"utf-8\"", "encoding=\"utf-16\"");

        foreach (var bytes in new byte[][]
        {
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(wide)],
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(wide)],
            Encoding.Unicode.GetBytes(wide),
            Gzip(Encoding.UTF8.GetBytes(text)),
        })
        {
            Assert.True(Catalogue().Recognises(bytes.AsSpan(0, Math.Min(bytes.Length, 4096))));
            Assert.Equal(expected, (await ReadAsync(bytes)).Hashes());
        }
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("{}"), InlineData("[]"), InlineData("<html>"), InlineData("\u001f\u008b")]
    [InlineData("{\"document\": {\"category\": \"csaf_security_advisory\"}}")]
    public void Given_something_else_then_it_is_not_recognised(string text) =>
        Assert.False(Catalogue().Recognises(Encoding.UTF8.GetBytes(text)));

    internal static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
