using PatchBot.Core.Conversation;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.People.Links;

/// <summary>How identities are linked, and what keeps a stranger from being linked with somebody.</summary>
public sealed class LinkDeskTests : IAsyncLifetime
{
    private static readonly Person Max = Some.Manager, MaxOnSlack = Some.ManagerOnSlack;
    private Chat chat = null!;

    public async ValueTask InitializeAsync() => chat = await Chat.StartAsync(["production"]);

    public ValueTask DisposeAsync() => chat.DisposeAsync();

    [Fact]
    public async Task Given_codes_said_on_both_sides_then_the_two_are_one_person_both_are_told_and_the_audit_knows()
    {
        var first = Chat.Text(await chat.WhisperAsync(Max, "link"));
        Assert.Contains("Give it to nobody", first, StringComparison.Ordinal);
        var second = await chat.WhisperAsync(MaxOnSlack, $"link {await chat.BeginAsync(Max)}");
        Assert.Contains("You are about to be one person with Max Manager on the web chat. If that is not you, do nothing", Chat.Text(second), StringComparison.Ordinal);
        Assert.Equal([Max.Id], await chat.IdentitiesAsync(Max));

        var done = await chat.WhisperAsync(Max, $"link {Linking.CodeIn(second)}");

        Assert.Equal("Linked: Max Manager is one person with max on Slack. Each may what one of them may, and they count once.", Chat.Text(done));
        Assert.Equal([Max.Id, MaxOnSlack.Id], (await chat.IdentitiesAsync(MaxOnSlack)).ToHashSet());
        Assert.Equal([$"person.linked person/{Max.Id} by {Max.Id}"], await chat.ActionsAsync("person."));
        var human = (await chat.ReadAsync(session => session.Links.OfAsync([Max.Id], Some.Token)))[0].Human;
        var told = Assert.Single(await chat.ReadAsync(session => session.Posts.OfSubjectAsync(LinkCard.SubjectOf(human), Some.Token)));
        Assert.Equal(Chat.AloneWith(MaxOnSlack), told.Channel);
    }

    [Theory, InlineData("link {0}"), InlineData("LINK {0}."), InlineData("`link {0}`"), InlineData("<p>link&nbsp;{0}</p>")]
    public async Task Given_a_code_typed_or_pasted_in_another_way_then_it_is_the_same_code(string text)
    {
        var code = await chat.BeginAsync(Max);
        var typed = text.Replace("{0}", code.ToLowerInvariant().Replace('-', ' '), StringComparison.Ordinal);
        Assert.IsType<ReplyAnswer>(await chat.WhisperAsync(MaxOnSlack, typed));
    }

    [Fact]
    public async Task Given_a_stolen_first_code_then_the_thief_is_linked_with_nobody()
    {
        var thief = Some.EngineerOnSlack;
        var second = await chat.AnswerAsync(thief, await chat.BeginAsync(Max));

        // The second code counts where the first was asked for, and the thief is not there.
        Assert.Contains("for Max Manager on the web chat", Chat.Text(await chat.WhisperAsync(thief, $"link {second}")), StringComparison.Ordinal);
        Assert.Equal([thief.Id], await chat.IdentitiesAsync(thief));
    }

    [Fact]
    public async Task Given_a_second_code_that_a_third_person_says_then_nobody_is_linked_and_the_code_is_gone()
    {
        var second = await chat.AnswerAsync(MaxOnSlack, await chat.BeginAsync(Max));
        Assert.Contains("no code that counts", Chat.Text(await chat.WhisperAsync(Some.Outsider, $"link {second}")), StringComparison.Ordinal);
        Assert.Contains("no code that counts", Chat.Text(await chat.WhisperAsync(Max, $"link {second}")), StringComparison.Ordinal);
        Assert.Equal([Max.Id], await chat.IdentitiesAsync(Max));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Given_a_code_said_in_a_channel_then_it_is_burnt_whoever_was_meant(bool toBot)
    {
        var code = await chat.BeginAsync(Max);
        var burnt = await chat.SayAsync(MaxOnSlack, $"link {code}", toBot: toBot);

        Assert.Contains("worth nothing any more", Chat.Text(burnt), StringComparison.Ordinal);
        Assert.Contains("no code that counts", Chat.Text(await chat.WhisperAsync(MaxOnSlack, $"link {code}")), StringComparison.Ordinal);
        Assert.Equal([$"person.code.burnt person/{Max.Id} by {MaxOnSlack.Id}"], await chat.ActionsAsync("person."));
    }

    [Fact]
    public async Task Given_words_in_a_channel_that_look_like_a_code_then_people_are_left_alone_and_whoever_asked_the_bot_is_told_where()
    {
        Assert.Equal(Answer.None, await chat.SayAsync(Max, "link text with this"));
        Assert.Equal(Answer.None, await chat.SayAsync(Max, "link abcd-efgh-jkmn"));
        Assert.Contains("in our chat alone", Chat.Text(await chat.SayAsync(Max, "link", toBot: true)), StringComparison.Ordinal);
        Assert.Contains("in our chat alone", Chat.Text(await chat.SayAsync(Max, "whoami", toBot: true)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_code_after_ten_minutes_then_it_has_expired()
    {
        var code = await chat.BeginAsync(Max);
        chat.Clock.Advance(LinkDesk.Lifetime);
        Assert.Contains("has expired", Chat.Text(await chat.WhisperAsync(MaxOnSlack, $"link {code}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_newer_code_then_the_one_before_is_worth_nothing()
    {
        var code = await chat.BeginAsync(Max);
        await chat.BeginAsync(Max);
        Assert.Contains("no code that counts", Chat.Text(await chat.WhisperAsync(MaxOnSlack, $"link {code}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_five_wrong_codes_then_a_right_one_waits_a_quarter_of_an_hour_and_then_counts()
    {
        for (var i = 0; i < LinkDesk.MostGuesses; i++)
        {
            Assert.Contains("no code that counts", Chat.Text(await chat.WhisperAsync(MaxOnSlack, $"link 2222-3333-444{i}")), StringComparison.Ordinal);
        }

        var code = await chat.BeginAsync(Max);
        Assert.Contains("Too many wrong codes", Chat.Text(await chat.WhisperAsync(MaxOnSlack, $"link {code}")), StringComparison.Ordinal);
        chat.Clock.Advance(LinkDesk.GuessTime);
        await chat.AnswerAsync(MaxOnSlack, await chat.BeginAsync(Max));
    }

    [Fact]
    public async Task Given_two_identities_of_one_platform_then_only_an_admin_links_them()
    {
        var other = new Person(PersonId.Of("slack", "T0999", "U0MAX"), "max at the other place");
        Assert.Contains("only an admin", Chat.Text(await chat.WhisperAsync(other, $"link {await chat.BeginAsync(MaxOnSlack)}")), StringComparison.Ordinal);

        await chat.LinkAsync(Max, MaxOnSlack);
        Assert.Contains("two identities on Slack", Chat.Text(await chat.WhisperAsync(other, $"link {await chat.BeginAsync(Max)}")), StringComparison.Ordinal);

        Assert.Contains("Linked:", Chat.Text(await chat.SayAsync(Chat.Admin, $"link {MaxOnSlack.Id} with {other.Id}", toBot: true)), StringComparison.Ordinal);
        Assert.Equal(3, (await chat.IdentitiesAsync(Max)).Count);
    }

    [Fact]
    public async Task Given_an_admin_then_they_link_and_unlink_by_ids_and_nobody_else_does()
    {
        var (link, unlink) = ($"link {Max.Id} with {MaxOnSlack.Id}", $"unlink {MaxOnSlack.Id}");
        Assert.Contains("Only an admin", Chat.Text(await chat.SayAsync(Max, link, toBot: true)), StringComparison.Ordinal);
        Assert.Equal(Answer.None, await chat.SayAsync(Chat.Admin, link));

        await chat.SayAsync(Chat.Admin, link, toBot: true);
        Assert.Contains("one person already", Chat.Text(await chat.SayAsync(Chat.Admin, link, toBot: true)), StringComparison.Ordinal);
        Assert.Contains("Only an admin", Chat.Text(await chat.SayAsync(MaxOnSlack, unlink, toBot: true)), StringComparison.Ordinal);
        Assert.Equal($"Unlinked: {MaxOnSlack.Id} is one alone now.", Chat.Text(await chat.SayAsync(Chat.Admin, unlink, toBot: true)));

        Assert.Equal([Max.Id], await chat.IdentitiesAsync(Max));
        Assert.Empty(await chat.ReadAsync(session => session.Links.OfAsync([Max.Id, MaxOnSlack.Id], Some.Token)));
        Assert.Contains("linked with nobody", Chat.Text(await chat.SayAsync(Chat.Admin, unlink, toBot: true)), StringComparison.Ordinal);
        Assert.Equal(
            [$"person.linked person/{Max.Id} by {Chat.Admin.Id}", $"person.unlinked person/{MaxOnSlack.Id} by {Chat.Admin.Id}"], await chat.ActionsAsync("person."));
    }

    [Theory, InlineData("link teams:x with slack:T:U"), InlineData("link slack:T:U with slack:T:U"), InlineData("link patchbot:self:bot with slack:T:U")]
    public async Task Given_an_admin_who_names_no_two_people_then_nobody_is_linked(string text) =>
        Assert.Contains("Name two people by their ids", Chat.Text(await chat.SayAsync(Chat.Admin, text, toBot: true)), StringComparison.Ordinal);

    [Fact]
    public async Task Given_a_delivery_that_comes_twice_then_the_code_is_used_once_and_the_answer_is_not_repeated()
    {
        var code = await chat.BeginAsync(Max);
        var channel = Chat.AloneWith(MaxOnSlack);
        Assert.IsType<ReplyAnswer>(await chat.SayAsync(MaxOnSlack, $"link {code}", key: "again", channel: channel, alone: true));
        Assert.Equal(Answer.Repeated, await chat.SayAsync(MaxOnSlack, $"link {code}", key: "again", channel: channel, alone: true));
    }

    [Fact]
    public async Task Given_a_person_who_asks_who_they_are_then_their_identities_and_rights_are_named()
    {
        await chat.LinkAsync(Max, MaxOnSlack);
        var answer = Chat.Text(await chat.WhisperAsync(MaxOnSlack, "whoami"));
        Assert.Contains($"{MaxOnSlack.Id}, here on Slack", answer, StringComparison.Ordinal);
        Assert.Contains($"{Max.Id}, on the web chat", answer, StringComparison.Ordinal);
        Assert.Contains("decide on", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_link_that_was_told_when_it_ends_then_the_message_says_so()
    {
        await chat.LinkAsync(Max, MaxOnSlack);
        var subject = LinkCard.SubjectOf((await chat.ReadAsync(session => session.Links.OfAsync([Max.Id], Some.Token)))[0].Human);
        var cards = new LinkCard();
        Assert.Contains("max on Slack", (await chat.ReadAsync(session => cards.DrawAsync(session, subject, Chat.AloneWith(MaxOnSlack), Some.Token)))!.Summary, StringComparison.Ordinal);

        await chat.SayAsync(Chat.Admin, $"unlink {Max.Id}", toBot: true);

        Assert.Equal("No longer linked", (await chat.ReadAsync(session => cards.DrawAsync(session, subject, Chat.AloneWith(MaxOnSlack), Some.Token)))!.Title);
        Assert.Equal(2, Assert.Single(await chat.ReadAsync(session => session.Posts.OfSubjectAsync(subject, Some.Token))).WantedVersion);
    }

    [Fact]
    public void Given_many_codes_then_they_are_readable_and_no_two_are_alike()
    {
        var codes = Enumerable.Range(0, 1_000).Select(_ => LinkCode.NewText()).ToList();
        Assert.Distinct(codes);
        Assert.All(codes, code => Assert.Matches("^[A-HJKMNP-TV-Z2-9]{4}(-[A-HJKMNP-TV-Z2-9]{4}){2}$", code));
    }
}
