using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatchBot.Core.Patches.Sources;
using static PatchBot.Tests.Sources.MsrcDocuments;

namespace PatchBot.Tests.Sources;

public sealed class MsrcRefusalTests
{
    [Theory, InlineData("small.json"), InlineData("small.xml")]
    public async Task Given_a_document_cut_off_anywhere_then_it_is_refused_and_a_place_is_named(string fixture)
    {
        var bytes = Encoding.UTF8.GetBytes(Fixture(fixture).TrimEnd());
        for (var length = 1; length < bytes.Length; length += 7)
        {
            var refused = await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync(bytes[..length]));
            Assert.NotEmpty(refused.Place);
        }
    }

    [Fact]
    public async Task Given_packed_bytes_cut_off_anywhere_then_they_are_refused()
    {
        var bytes = MsrcCatalogueTests.Gzip(Encoding.UTF8.GetBytes(Fixture("small.json").TrimEnd()));
        for (var length = 2; length < bytes.Length - 8; length += 11)
        {
            await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync(bytes[..length]));
        }
    }

    // Every value that is read is replaced, one at a time, by one of a type that it can't have.
    [Fact]
    public async Task Given_any_member_of_a_wrong_type_then_the_document_is_refused_with_its_path()
    {
        var root = JsonNode.Parse(Fixture("small.json"))!;
        var read = Paths(root).Where(IsRead).ToList();
        Assert.True(read.Count > 100);
        foreach (var path in read)
        {
            var refused = await RefusedAsync(With(path, JsonNode.Parse("true")!));
            Assert.StartsWith("$.", refused.Place);
            Assert.EndsWith(path[^1] is int ? "]" : (string)path[^1], refused.Place);
        }
    }

    [Theory]
    [InlineData("\"CVE\": \"CVE-2024-1001\"", "\"CVE\": \"\"", "$.Vulnerability[0].CVE")]
    [InlineData("\"CVE\": \"CVE-2024-1001\"", "\"CVF\": \"CVE-2024-1001\"", "$.Vulnerability[0].CVE")]
    [InlineData("\"CVE\": \"CVE-2024-1001\"", "\"CVE\": \"<script>\"", "$.Vulnerability[0].CVE")]
    [InlineData("\"BaseScore\": 8.8", "\"BaseScore\": 11", "$.Vulnerability[0].CVSSScoreSets[1].BaseScore")]
    [InlineData("\"Date\": \"2024-02-16T08:00:00Z\"", "\"Date\": \"soon\"", "$.Vulnerability[0].RevisionHistory[1].Date")]
    [InlineData("2024-FEB", "cisco-sa-20240213", "$.DocumentTracking.Identification.ID.Value")]
    [InlineData("PowerShell disclosure", "\\ud800", "$.Vulnerability[1].Title.Value")]
    [InlineData("\"CVE\": \"CVE-2024-1001\"", "\"C\\ud800\": \"CVE-2024-1001\"", "$.Vulnerability[0].C\\ud800")]
    public async Task Given_a_value_that_can_not_be_then_its_path_is_named(string value, string other, string place) =>
        Assert.Equal(place, (await RefusedAsync(Fixture("small.json").Replace(value, other))).Place);

    [Theory]
    [InlineData("{}", "$.DocumentTracking")]
    [InlineData("[]", "$")]
    [InlineData("\"text\"", "$")]
    [InlineData("{\"Vulnerability\": {}}", "$.Vulnerability")]
    [InlineData("{\"Vulnerability\": [], \"Vulnerability\": []}", "$.Vulnerability")]
    [InlineData("{\"Vulnerability\": [null]}", "$.Vulnerability[0]")]
    [InlineData("{\"DocumentTracking\": {\"Identification\": {\"ID\": {\"Value\": \"2016-Jan\"}}}, \"ProductTree\": {}}", "$.Vulnerability")]
    public async Task Given_no_release_document_or_an_empty_one_then_it_is_refused(string text, string place) =>
        Assert.Equal(place, (await RefusedAsync(text)).Place);

    [Fact]
    public async Task Given_text_after_the_document_then_it_is_refused()
    {
        await RefusedAsync(Fixture("small.json") + "{}");
        await RefusedAsync(Fixture("small.xml") + "<more/>");
    }

    [Fact]
    public async Task Given_members_that_stand_twice_then_the_document_is_refused() =>
        Assert.Equal("$.Vulnerability[0].CVE", (await RefusedAsync(Fixture("small.json").Replace("\"CVE\": \"CVE-2024-1001\"", "\"CVE\": \"CVE-2024-1001\", \"CVE\": \"CVE-2024-1009\""))).Place);

    [Fact]
    public async Task Given_text_in_another_encoding_than_it_starts_with_then_it_is_refused()
    {
        var latin = Encoding.Latin1.GetBytes(Fixture("small.json").Replace("Nothing", "Nothing äöü"));
        var refused = await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync(latin));
        Assert.Contains("encoding", refused.Fault);

        var xml = Encoding.Latin1.GetBytes(Fixture("small.xml").Replace("Latest", "Latest äöü"));
        await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync(xml));
        await RefusedAsync(Fixture("small.xml").Replace("encoding=\"utf-8\"", "encoding=\"no-such-one\""));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]>")]
    [InlineData("<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/evil.dtd\">")]
    public async Task Given_a_DTD_then_the_document_is_refused(string dtd)
    {
        var refused = await RefusedAsync(Fixture("small.xml").Replace("?>\n", $"?>\n{dtd}"));
        Assert.Equal("before the first element", refused.Place);
        Assert.Contains("DTD", refused.Fault);
    }

    [Fact]
    public async Task Given_values_that_nest_too_deep_then_the_document_is_refused()
    {
        var deep = new string('[', 5000) + new string(']', 5000);
        await RefusedAsync(Fixture("small.json").Replace("\"DocumentNotes\": [", $"\"Deep\": {deep}, \"DocumentNotes\": ["));
        await RefusedAsync(Fixture("small.json").Replace("\"CVE\": \"ADV990001\"", $"\"CVE\": \"ADV990001\", \"Deep\": {deep}"));

        var elements = string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000));
        var refused = await RefusedAsync(Fixture("small.xml").Replace("<cvrf:DocumentTracking>", elements + "<cvrf:DocumentTracking>"));
        Assert.Contains("deeper", refused.Fault);
    }

    [Fact]
    public async Task Given_more_than_a_limit_allows_then_the_document_is_refused()
    {
        var small = Fixture("small.json");
        await RefusedAsync(small, options => options.Limits.Vulnerabilities = 2);
        await RefusedAsync(small, options => options.Limits.Products = 3);
        await RefusedAsync(small, options => options.Limits.Rows = 10);
        await RefusedAsync(small, options => options.Limits.DocumentBytes = 2000);
        await RefusedAsync(small.Replace("First.", new string('x', 300_000)), options => options.Limits.ElementBytes = 100_000);
        await RefusedAsync(Fixture("small.xml"), options => options.Limits.DocumentBytes = 2000);
    }

    [Fact]
    public async Task Given_a_gzip_bomb_then_it_is_refused_at_the_limit()
    {
        var bomb = MsrcCatalogueTests.Gzip(Encoding.UTF8.GetBytes("{\"DocumentTitle\": {}, " + new string(' ', 4_000_000)));
        var refused = await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync(bomb, options => options.Limits.DocumentBytes = 1_000_000));
        Assert.Contains("1000000 bytes", refused.Fault);
    }

    // Whatever the bytes, the only exception is the one that names the document and the place.
    [Theory, InlineData("small.json"), InlineData("small.xml")]
    public async Task Given_bytes_damaged_at_random_then_the_document_is_read_or_refused(string fixture)
    {
        var random = new Random(20231114);
        var whole = Encoding.UTF8.GetBytes(Fixture(fixture));
        for (var run = 0; run < 400; run++)
        {
            var bytes = whole.ToArray();
            for (var damage = random.Next(1, 6); damage > 0; damage--)
            {
                bytes[random.Next(random.Next(2) == 0 ? 8 : bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                await ReadAsync(bytes);
            }
            catch (SourceFormatException refused)
            {
                Assert.NotEmpty(refused.Place);
            }
        }
    }

    [Theory, InlineData("<vuln:BaseScore>8.8", "<vuln:BaseScore>high"), InlineData("<vuln:CVE>ADV990001", "<vuln:CVE><b/>ADV990001")]
    public async Task Given_a_wrong_value_in_XML_then_its_line_is_named(string value, string other) =>
        Assert.StartsWith("line ", (await RefusedAsync(Fixture("small.xml").Replace(value, other))).Place);

    private static bool IsRead(object[] path) => path[0] switch
    {
        "DocumentTitle" => true,
        "DocumentTracking" => path is not [_, "CurrentReleaseDate"],
        "ProductTree" => true,
        "Vulnerability" => path switch
        {
            [_, _, "Notes", _, "Title"] => path[1] is 0 && path[3] is 0,
            [_, _, "Notes", _, "Value"] => path[3] is 1,
            [.., "Number"] => false,
            _ => true,
        },
        _ => false,
    };

    private static IEnumerable<object[]> Paths(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Paths(member.Value).Select(rest => (object[])[member.Key, .. rest]).Prepend([member.Key])),
        JsonArray items => items.SelectMany((item, index) => Paths(item).Select(rest => (object[])[index, .. rest]).Prepend([index])),
        _ => [],
    };

    private static string With(object[] path, JsonNode value)
    {
        var root = JsonNode.Parse(Fixture("small.json"))!;
        var parent = path[..^1].Aggregate(root, (node, step) => step is int index ? node[index]! : node[(string)step]!);
        if (path[^1] is int last)
        {
            parent[last] = value;
        }
        else
        {
            parent[(string)path[^1]] = value;
        }

        return root.ToJsonString(new JsonSerializerOptions());
    }
}
