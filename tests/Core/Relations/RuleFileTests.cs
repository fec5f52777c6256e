using System.Text;
using PatchBot.Core.Patches;
using PatchBot.Core.Relations;
using PatchBot.Core.Relations.Rules;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Relations;

public sealed class RuleFileTests
{
    private const string Good = """
        {
          // comments are welcome
          "rules": [
            {
              "id": "agent-first",
              "when": { "product": "Windows Server *", "updateType": "cumulative", "fixedBuild": { "from": "10.0.17763", "below": "10.0.17764" } },
              "needs": { "anyOf": ["KB1000002", "kb 1000001"] },
              "reason": "The backup agent stops otherwise.",
              "link": "https://intranet.example/agent",
              "declaredBy": "Ada Admin",
            },
          ],
        }
        """;

    [Fact]
    public void Given_a_good_file_then_its_rules_are_read()
    {
        var reading = Read(Good);
        Assert.Empty(reading.Faults);
        var rule = Assert.Single(reading.Rules);
        Assert.Equal("any:KB1000001|KB1000002", rule.Needs.Key);
        Assert.Equal(UpdateType.Cumulative, rule.When.UpdateType);
        Assert.True(rule.When.Matches(Some.Patch(), null));
    }

    [Theory, InlineData("Ada Admin", "\\ud83d"), InlineData("link", "\\ud83d\\ud83d"), InlineData("cumulative", "\\udc00")]
    public void Given_half_a_surrogate_pair_then_the_file_is_at_fault(string whole, string half) =>
        Assert.Contains("surrogate", Assert.Single(Read(Good.Replace(whole, half, StringComparison.Ordinal)).Faults).Remedy, StringComparison.Ordinal);

    [Fact]
    public void Given_a_byte_order_mark_then_the_file_is_read_all_the_same() =>
        Assert.Single(RuleFile.Read(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Good)).ToArray(), "rules.json").Rules);

    [Fact]
    public void Given_many_faults_then_all_are_told_with_their_place_and_nothing_is_loaded()
    {
        var reading = Read("""
            { "rules": [
              { "id": "good", "when": { "patches": ["KB1000001"] }, "needs": { "patch": "KB1000000" }, "reason": "r", "declaredBy": "a" },
              { "id": "good", "when": { "patches": ["KB1000001"] }, "needs": { "patch": "KB1000000" }, "reason": "r", "declaredBy": "a" },
              { "id": "a", "when": { "produkt": "x" }, "needs": { "patch": "KB1", "product": "x" }, "reason": "", "declaredBy": "a" },
              { "id": "b", "when": {}, "needs": { "product": "x", "atLeast": "six" }, "reason": "r", "declaredBy": "a", "link": "javascript:alert(1)" },
              { "id": "c", "when": { "updateType": "3", "title": "x", "releasedFrom": "10.08.2021", "fixedBuild": { "from": "2.0", "below": "1.0" } },
                "needs": { "anyOf": ["KB1000001"] }, "reason": "r", "declaredBy": "a" },
              7
            ] }
            """);
        Assert.Empty(reading.Rules);
        Assert.Equal(
            [
                "rules.json $.rules[1].id", "rules.json $.rules[2].reason", "rules.json $.rules[2].when.produkt", "rules.json $.rules[2].needs",
                "rules.json $.rules[3].link", "rules.json $.rules[3].when", "rules.json $.rules[3].needs.atLeast",
                "rules.json $.rules[4].when.updateType", "rules.json $.rules[4].when.fixedBuild.below", "rules.json $.rules[4].when.releasedFrom",
                "rules.json $.rules[4].needs.anyOf",
            ],
            reading.Faults.Select(fault => fault.Key).Where(key => !key.StartsWith("rules.json $.rules[5]", StringComparison.Ordinal)));
        Assert.Contains(reading.Faults, fault => fault.Key == "rules.json $.rules[5]");
        Assert.All(reading.Faults, fault => Assert.NotEmpty(fault.Remedy));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "rules": {} }""")]
    [InlineData("""{ "rules": [ """)]
    [InlineData("""{ "rules": [], "rules": [] }""")]
    [InlineData("""{ "rules": [[[[[[[[[[[[]]]]]]]]]]]] }""")]
    public void Given_what_is_no_rule_file_then_the_fault_says_so(string json)
    {
        var reading = Read(json);
        Assert.Empty(reading.Rules);
        Assert.NotEmpty(reading.Faults);
    }

    [Fact]
    public void Given_a_wrong_path_then_the_setting_is_named_and_the_book_is_empty()
    {
        var (book, faults) = RuleBook.Load(new RelationsOptions { RulesFile = "no-such-file.json" }, Path.GetTempPath());
        Assert.Empty(book.Rules);
        Assert.StartsWith("Relations:RulesFile = \"no-such-file.json\": the file cannot be read", Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_rule_with_a_seed_rules_id_then_it_takes_its_place()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Good.Replace("agent-first", "ssu-2019", StringComparison.Ordinal));
            var (book, faults) = RuleBook.Load(new RelationsOptions { RulesFile = file }, "");
            Assert.Empty(faults);
            Assert.Equal(SeedRules.All.Count, book.Rules.Count);
            Assert.Equal("Ada Admin", Assert.Single(book.Rules, rule => rule.Id == "ssu-2019").DeclaredBy);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("patch:KB5005112")]
    [InlineData("any:KB1000001|KB1000002")]
    [InlineData("product:Hyper-V Integration Components:6.3.9600.16384")]
    public void Given_a_key_then_it_reads_back_as_written(string key) => Assert.Equal(key, RequirementKey.Read(key)?.Key);

    [Theory]
    [InlineData("")]
    [InlineData("patch:")]
    [InlineData("patch:KB1\nKB2")]
    [InlineData("any:KB1000001")]
    [InlineData("any:KB1000001|KB1000001")]
    [InlineData("product:x")]
    [InlineData("product::1.0")]
    [InlineData("shell:rm")]
    public void Given_what_is_no_key_then_it_reads_as_nothing(string key) => Assert.Null(RequirementKey.Read(key));

    private static RuleFileReading Read(string json) => RuleFile.Read(Encoding.UTF8.GetBytes(json), "rules.json");
}
