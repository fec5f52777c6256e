using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams.Outbound;

public sealed class DuplicatesTests
{
    private static readonly ChannelRef Channel = PlatformOnStub.Channel;

    [Fact]
    public async Task Given_a_post_without_a_message_when_one_is_seen_then_it_is_the_posts_and_is_brought_up_to_date()
    {
        await using var teams = await PlatformOnStub.StartAsync();
        var post = await teams.WantAsync(Channel, null, pending: true);
        var message = await ShowAsync(teams, post);

        await teams.Duplicates.SettleAsync(Channel, message, message, post, Some.Token);
        var settled = await teams.PostAsync();
        Assert.Equal((message, 0, 2), (settled.Message, settled.ShownVersion, settled.WantedVersion));
        Assert.Single(teams.Line.Stub.Messages.Shown);
    }

    [Fact]
    public async Task Given_a_post_whose_message_the_platform_did_not_name_when_it_is_seen_then_it_is_the_posts()
    {
        await using var teams = await PlatformOnStub.StartAsync();
        var post = await teams.WantAsync(Channel, null);
        var message = await ShowAsync(teams, post);
        await teams.Duplicates.SettleAsync(Channel, message, message, post, Some.Token);
        Assert.Equal(message, (await teams.PostAsync()).Message);
    }

    [Fact]
    public async Task Given_a_post_with_another_message_when_one_more_is_seen_then_that_goes()
    {
        await using var teams = await PlatformOnStub.StartAsync();
        var post = await teams.WantAsync(Channel, null, pending: true);
        var (first, second) = (await ShowAsync(teams, post), await ShowAsync(teams, post));
        await teams.WriteAsync(session => session.Posts.ShownAsync(post, 1, second, "print", Some.Token));

        await teams.Duplicates.SettleAsync(Channel, second, second, post, Some.Token);
        await teams.Duplicates.SettleAsync(Channel, first, first, post, Some.Token);
        Assert.Equal(second, Assert.Single(teams.Line.Stub.Messages.Shown).Id);
        Assert.Equal(second, (await teams.PostAsync()).Message);
    }

    [Fact]
    public async Task Given_a_post_that_is_being_delivered_then_nothing_is_deleted_that_may_be_about_to_become_its_message()
    {
        await using var teams = await PlatformOnStub.StartAsync();
        var post = await teams.WantAsync(Channel, "gone");
        await teams.WriteAsync(session => session.Posts.RefreshAsync(PlatformOnStub.Subject, Some.Token));
        var message = await ShowAsync(teams, post);
        await teams.Duplicates.SettleAsync(Channel, message, message, post, Some.Token);
        Assert.Single(teams.Line.Stub.Messages.Shown);
    }

    [Fact]
    public async Task Given_a_message_that_cannot_be_the_posts_then_it_is_left_alone()
    {
        await using var teams = await PlatformOnStub.StartAsync();
        var post = await teams.WantAsync(Channel, "1700000000999");
        var message = await ShowAsync(teams, post);

        // In another conversation; as a reply, where the post is a root; of a post that there is not.
        await teams.Duplicates.SettleAsync(PlatformOnStub.Chat, null, message, post, Some.Token);
        await teams.Duplicates.SettleAsync(Channel, "1700000000999", message, post, Some.Token);
        await teams.Duplicates.SettleAsync(Channel, message, message, post + 1_000, Some.Token);
        Assert.Single(teams.Line.Stub.Messages.Shown);
    }

    [Fact]
    public async Task Given_a_duplicate_that_cannot_be_deleted_now_then_it_stays_until_it_is_seen_again()
    {
        await using var teams = await PlatformOnStub.StartAsync();
        var post = await teams.WantAsync(Channel, "1700000000999");
        var message = await ShowAsync(teams, post);
        teams.Line.Stub.Refusal = (503, "");
        await teams.Duplicates.SettleAsync(Channel, message, message, post, Some.Token);
        Assert.Single(teams.Line.Stub.Messages.Shown);

        teams.Line.Stub.Refusal = null;
        await teams.Duplicates.SettleAsync(Channel, message, message, post, Some.Token);
        Assert.Empty(teams.Line.Stub.Messages.Shown);
    }

    private static async Task<string> ShowAsync(PlatformOnStub teams, long post) =>
        await teams.Platform.PostAsync(Channel, null, PlatformOnStub.Card(), post, doubt: false, Some.Token) ?? "";
}
