using System.Collections;
using System.Net;
using System.Text.RegularExpressions;
using PatchBot.Cards;
using PatchBot.Cards.Html;
using PatchBot.Cards.PlainText;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Cards;

public sealed partial class RichCardTests
{
    /// <summary>Everything that a card can be made of, found in the model itself.</summary>
    public static TheoryData<Type> Parts => [.. typeof(ChatCard).Assembly.GetTypes().Where(type => !type.IsAbstract
        && (type.IsSubclassOf(typeof(CardBlock)) || type.IsSubclassOf(typeof(CardAction)) || type.IsSubclassOf(typeof(CardInput)) || type.IsSubclassOf(typeof(CardRun))))];

    [Theory, MemberData(nameof(Parts))]
    public void Given_the_rich_card_then_it_holds_every_part_so_that_no_renderer_can_miss_one(Type part) =>
        Assert.Contains(part, PartsOf(RichCard.Card).Select(found => found.GetType()));

    [Fact]
    public void Given_the_rich_card_then_its_html_reads_as_agreed() => Golden.Matches("rich.html", HtmlRenderer.Render(RichCard.Card));

    [Fact]
    public void Given_the_rich_card_then_its_text_reads_as_agreed() => Golden.Matches("rich.txt", PlainTextRenderer.Render(RichCard.Card));

    [Fact]
    public void Given_the_rich_card_then_html_and_text_say_the_same_words_in_the_same_order()
    {
        var html = WebUtility.HtmlDecode(Tag().Replace(HtmlRenderer.Render(RichCard.Card), " "));
        var text = Number().Replace(Address().Replace(PlainTextRenderer.Render(RichCard.Card), ""), "");
        Assert.Equal(Words(html), Words(text));
    }

    [Fact]
    public void Given_the_rich_card_when_stored_and_read_back_then_nothing_is_lost()
    {
        var json = CardJson.Write(RichCard.Card);
        var read = CardJson.Read(json);
        Assert.Equal(json, CardJson.Write(read));
        Assert.Equal(PartsOf(RichCard.Card).Select(part => part.GetType()), PartsOf(read).Select(part => part.GetType()));
        Assert.Equal(HtmlRenderer.Render(RichCard.Card), HtmlRenderer.Render(read));
        Assert.Equal(PlainTextRenderer.Render(RichCard.Card), PlainTextRenderer.Render(read));
    }

    private static IEnumerable<object> PartsOf(object value)
    {
        yield return value;
        var held = value is CardText text
            ? text
            : value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0).Select(property => property.GetValue(value));
        foreach (var part in held.SelectMany(part => part is IEnumerable many and not (string or CardText) ? many.Cast<object>() : [part!]))
        {
            if (part?.GetType().Assembly == typeof(ChatCard).Assembly)
            {
                foreach (var inner in PartsOf(part))
                {
                    yield return inner;
                }
            }
        }
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@" \(https?://[^)]*\)")]
    private static partial Regex Address();

    [GeneratedRegex(@"^\d\. ", RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex(@"[\w./:-]*\w")]
    private static partial Regex Word();
}
