using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatchBot.Cards;
using PatchBot.Cards.AdaptiveCards;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Cards.AdaptiveCards;

/// <summary>Cards that nobody would write, from a vendor's file or a person's reply: still valid, still within the limit.</summary>
public sealed class MonstrousCardTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Given_any_card_of_any_size_then_what_teams_gets_is_valid_and_within_the_limit(int seed)
    {
        var random = new Random(seed);
        var schema = SharedData.Root.Length > 0 ? AdaptiveCardSchema.Official() : null;
        for (var size = 1; size <= 4096; size *= 16)
        {
            var card = Monsters.Card(random, size);
            foreach (var limit in (int[])[AdaptiveCardOptions.SmallestMaxBytes, AdaptiveCardOptions.DefaultMaxBytes])
            {
                var bytes = AdaptiveCardRenderer.Render(card, new AdaptiveCardOptions { PostId = 17, RefreshUserIds = ["29:a"], MaxBytes = limit });
                Assert.InRange(bytes.Length, 1, limit);
                AssertSound(bytes, schema);
            }

            foreach (var form in card.Actions.OfType<FormAction>().Select(action => action.Form).Append(new("a/1", Monsters.Text(random, size), [], "Send") { Text = Monsters.Text(random, size) }))
            {
                var bytes = AdaptiveCardRenderer.Render(form, new AdaptiveCardFormOptions { Error = Monsters.Text(random, size) });
                Assert.InRange(bytes.Length, 1, AdaptiveCardOptions.DefaultMaxBytes);
                AssertSound(bytes, schema);
            }
        }
    }

    [Fact]
    public void Given_ten_thousand_vulnerabilities_then_the_list_ends_early_and_says_where_the_rest_is()
    {
        var card = Monsters.Patch(vulnerabilities: 10_000, note: "short");
        var shown = Encoding.UTF8.GetString(AdaptiveCardRenderer.Render(card, new AdaptiveCardOptions()));
        Assert.InRange(Encoding.UTF8.GetByteCount(shown), 10_000, AdaptiveCardOptions.DefaultMaxBytes);
        Assert.Contains("CVE-2023-10001", shown, StringComparison.Ordinal);
        Assert.Matches(@"and 9,9\d\d more", shown);
        Assert.Contains("Read the advisory", shown, StringComparison.Ordinal);
        AssertKept(shown);
    }

    [Fact]
    public void Given_a_text_of_a_hundred_kilobytes_then_it_is_cut_and_the_verdict_and_the_notice_are_not()
    {
        var shown = Encoding.UTF8.GetString(AdaptiveCardRenderer.Render(Monsters.Patch(vulnerabilities: 200, note: new string('n', 100_000)), new AdaptiveCardOptions()));
        Assert.Contains("nnn…", shown, StringComparison.Ordinal);
        AssertKept(shown);
    }

    private static void AssertKept(string shown)
    {
        Assert.Contains("Patch fast: exploited.", shown, StringComparison.Ordinal);
        Assert.Contains("Install KB5005112 before this patch.", shown, StringComparison.Ordinal);
        Assert.Contains("Approve Production", shown, StringComparison.Ordinal);
        Assert.Contains("Read the advisory", shown, StringComparison.Ordinal);
    }

    private static void AssertSound(byte[] bytes, AdaptiveCardSchema? schema)
    {
        var card = JsonNode.Parse(bytes)!.AsObject();
        foreach (var shown in Shown(card))
        {
            Assert.DoesNotContain("<at>", shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("](", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("${", shown, StringComparison.Ordinal);
            Assert.DoesNotContain('\u202E', shown);
            Assert.DoesNotContain("://", shown, StringComparison.Ordinal);
        }

        if (schema is not null)
        {
            Assert.Empty(schema.Faults(bytes));
        }
    }

    /// <summary>What the client reads as text: not the data that it only carries, nor values that people typed.</summary>
    private static IEnumerable<string> Shown(JsonNode? node) => node switch
    {
        JsonArray many => many.SelectMany(Shown),
        JsonObject one => one.Where(member => member.Key is not ("data" or "value" or "url" or "$schema")).SelectMany(member => Shown(member.Value)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [(string)value!],
        _ => [],
    };
}
