using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Sources;
using PatchBot.Adapters.Sources.Msrc;
using PatchBot.Adapters.Sources.Msrc.Patches;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Adapters.Sources.Reading;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Sources;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Sources.MsrcDocuments;

namespace PatchBot.Tests.Sources;

public sealed class PatchSourcesTests
{
    [Fact]
    public async Task Given_the_registered_sources_then_a_document_is_read_by_the_catalogue_that_recognises_it()
    {
        await using var services = Services([]);
        await using var input = new SourceInput("small.xml", new MemoryStream(Encoding.UTF8.GetBytes(Fixture("small.xml"))));
        var document = await services.GetRequiredService<PatchCatalogues>().ReadAsync(input, Some.Token);
        Assert.Equal(3, document.Records.Count);
        Assert.Equal("msrc", services.GetRequiredService<ICatalogueFeed>().Name);
        Assert.NotNull(services.GetRequiredService<SourceOpener>());
    }

    [Theory, InlineData("", "empty"), InlineData("%PDF-1.7", "Known formats: msrc")]
    public async Task Given_an_unknown_format_then_the_known_ones_are_named(string text, string fault)
    {
        await using var services = Services([]);
        await using var input = new SourceInput("x", new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(fault, Assert.Throws<SourceFormatException>(() => services.GetRequiredService<PatchCatalogues>().For(input)).Message);
    }

    [Fact]
    public void Given_settings_then_they_are_bound()
    {
        using var services = Services(new()
        {
            ["Sources:Msrc:Enabled"] = "true",
            ["Sources:Msrc:Families:0"] = "Windows",
            ["Sources:Msrc:Limits:Depth"] = "16",
            ["Sources:Opening:AllowPrivateAddresses"] = "true",
        });
        var msrc = services.GetRequiredService<IOptions<MsrcOptions>>().Value;
        Assert.True(msrc.Enabled);
        Assert.Equal(["Windows"], msrc.Families);
        Assert.Equal(16, msrc.Limits.Depth);
        Assert.True(services.GetRequiredService<IOptions<OpeningOptions>>().Value.AllowPrivateAddresses);
    }

    [Theory, InlineData("PollInterval", "00:00:01"), InlineData("WatchedMonths", "1"), InlineData("Limits:Depth", "1000")]
    public void Given_a_setting_out_of_range_then_it_is_named(string key, string value)
    {
        using var services = Services(new() { [$"Sources:Msrc:{key}"] = value });
        var faults = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<MsrcOptions>>().Value);
        Assert.Contains(key.Split(':')[^1], faults.Message);
    }

    [Theory]
    [InlineData("<p>One</p><p>two &amp; three</p>", "One two & three")]
    [InlineData("a &lt;b&gt; c", "a <b> c")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")]
    [InlineData("<a title=\"x > y\">link</a>", "link")]
    [InlineData("x<script>alert('<b>')</script>y<style>p{}</style>z<!-- <p> -->", "x y z")]
    [InlineData("evil\u202Etxt.exe\u0000\u200B", "eviltxt.exe")]
    [InlineData("open <b", "open")]
    [InlineData(null, "")]
    public void Given_markup_then_only_its_text_remains(string? markup, string text) => Assert.Equal(text, PlainText.Of(markup, 100));

    [Fact]
    public void Given_a_long_text_then_it_is_cut_between_characters()
    {
        Assert.Equal("abcd…", PlainText.Of("abcdefghij", 5));
        Assert.Equal("abc…", PlainText.Of("abc😀😀", 5));
    }

    [Theory]
    [InlineData("Windows Server 2019 (Server Core installation)", "Windows Server 2019")]
    [InlineData("Windows 10 Version 1809 for x64-based Systems", "Windows 10 Version 1809")]
    [InlineData("Windows Server 2008 for 32-bit Systems Service Pack 2 (Server Core installation)", "Windows Server 2008 Service Pack 2")]
    [InlineData("Microsoft Word 2016 (64-bit edition)", "Microsoft Word 2016")]
    [InlineData("Microsoft Office LTSC 2021 for 32-bit editions", "Microsoft Office LTSC 2021")]
    [InlineData("CBL Mariner 2.0 ARM", "CBL Mariner 2.0")]
    [InlineData("System Center Operations Manager (SCOM) 2019", "System Center Operations Manager (SCOM) 2019")]
    public void Given_a_products_name_then_processor_and_installation_are_no_part_of_its_base(string name, string expected) =>
        Assert.Equal(expected, ProductNames.Base(name));

    [Fact]
    public async Task Given_a_very_long_product_name_then_the_id_is_short_stable_and_its_own()
    {
        var longName = new string('n', 290);
        var (one, two) = (await LongAsync(longName + "1"), await LongAsync(longName + "2"));
        Assert.InRange(one.Value.Length, 1, PatchId.MaxLength);
        Assert.NotEqual(one, two);
        Assert.Equal(one, await LongAsync(longName + "1"));
    }

    [Theory, InlineData("10.0.9", "10.0.10"), InlineData("", "1"), InlineData("1.0", "1.0.1"), InlineData("15.01", "15.02")]
    public void Given_two_builds_then_their_numbers_are_compared(string earlier, string later) =>
        Assert.True(BuildOrder.Instance.Compare(earlier, later) < 0);

    private static async Task<PatchId> LongAsync(string name) =>
        (await ReadAsync(Fixture("small.json").Replace("PowerShell 7.4\"", $"{name}\""))).Records[1].Id;

    private static ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddPatchSources()
        .BuildServiceProvider();
}
