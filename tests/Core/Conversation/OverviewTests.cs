using PatchBot.Core.Conversation;
using PatchBot.Core.Conversation.Overviews;
using PatchBot.Core.Delivery;
using PatchBot.Core.People.Links;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Conversation;

public sealed class OverviewTests
{
    [Fact]
    public async Task Given_a_released_patch_then_status_names_it_and_its_state()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        Assert.Contains("Nothing is open", await AskAsync(chat, "status"), StringComparison.Ordinal);
        await chat.ReleaseAsync();

        Assert.Contains("KB5032196", await AskAsync(chat, "status"), StringComparison.Ordinal);
        Assert.Contains("Production servers: awaits approval", await AskAsync(chat, "status kb 5032196?"), StringComparison.Ordinal);
        Assert.Contains("No patch called 'KB1'", await AskAsync(chat, "status KB1"), StringComparison.Ordinal);
        Assert.Contains("is known here", await AskAsync(chat, $"status {new string('x', 580)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_what_waits_then_engineers_hear_of_tests_and_approvers_of_decisions()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseAsync();
        Assert.Contains("To test: 1", await AskAsync(chat, "what waits for me?", Some.Engineer), StringComparison.Ordinal);
        Assert.Contains("To decide: 0", await AskAsync(chat, "what waits for me?"), StringComparison.Ordinal);

        await chat.SayAsync(Some.Engineer, "pass on hv-lab-02", card);
        Assert.Contains("To test: 0", await AskAsync(chat, "what waits for me?", Some.Engineer), StringComparison.Ordinal);
        Assert.Contains("To decide: 2", await AskAsync(chat, "what waits for me?"), StringComparison.Ordinal);
        Assert.Contains("To decide: 0", await AskAsync(chat, "what waits for me?", Some.Outsider), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_same_question_in_a_chat_alone_then_windows_and_own_results_of_all_identities_are_told_too()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var card = await chat.ReleaseTestedAsync();
        await chat.WriteAsync(async session =>
        {
            await session.Links.SaveAsync(new IdentityLink(Some.Engineer, "human:erin", Some.Noon, Chat.Admin.Id), Some.Token);
            await session.Links.SaveAsync(new IdentityLink(Some.EngineerOnSlack, "human:erin", Some.Noon, Chat.Admin.Id), Some.Token);
        });
        for (var host = 3; host < 8; host++)
        {
            await chat.SayAsync(Some.EngineerOnSlack, $"pass on hv-lab-0{host}", card);
        }

        await chat.DeliverAsync();
        await chat.SayAsync(Some.Manager, "approve production", card);

        var told = Chat.Text(await chat.WhisperAsync(Some.Engineer, "what waits for me?"));
        Assert.Contains("Production servers", told, StringComparison.Ordinal);
        Assert.Contains("KB5032196: pass on hv-lab-07", told, StringComparison.Ordinal);
        Assert.DoesNotContain("hv-lab-02", told, StringComparison.Ordinal);
        var home = await chat.Get<IHome>().DrawAsync(Some.EngineerOnSlack with { Name = "Erin Engineer" }, Some.Token);
        Assert.Equal(told, PatchBot.Cards.PlainText.PlainTextRenderer.Render(home));
        Assert.Contains("None yet", Chat.Text(await chat.WhisperAsync(Some.Outsider, "what waits for me?")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_approved_window_then_windows_lists_it_with_its_patch()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        Assert.Contains("No window is approved", await AskAsync(chat, "windows"), StringComparison.Ordinal);
        var card = await chat.ReleaseTestedAsync();
        await chat.SayAsync(Some.Manager, "approve", card);
        Assert.Contains("KB5032196", await AskAsync(chat, "windows"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_question_for_help_then_every_line_of_it_is_something_that_is_understood()
    {
        await using var chat = await Chat.StartAsync([]);
        var help = Assert.IsType<ReplyAnswer>(await chat.SayAsync(Some.Outsider, "help", toBot: true)).Card;
        var commands = help.Body.OfType<PatchBot.Cards.ListBlock>().SelectMany(list => list.Items)
            .Select(item => item.OfType<PatchBot.Cards.CodeRun>().First().Text)
            .Where(command => !command.StartsWith("pass ", StringComparison.Ordinal));
        Assert.All(commands, command => Assert.NotNull(CommandReader.Read(command)));
    }

    [Fact]
    public async Task Given_what_a_channel_follows_then_only_an_admin_changes_it_and_it_is_audited()
    {
        await using var chat = await Chat.StartAsync([]);
        Assert.StartsWith("Only an admin", await AskAsync(chat, "follow patches of pilot"), StringComparison.Ordinal);
        Assert.StartsWith("There is no ring called 'moon'", await AskAsync(chat, "follow patches of moon", Chat.Admin), StringComparison.Ordinal);
        Assert.Equal("This channel now follows patches of Pilot servers.", await AskAsync(chat, "follow patches of pilot", Chat.Admin));
        Assert.Equal("This channel follows patches of Pilot servers already.", await AskAsync(chat, "follow patches of pilot", Chat.Admin));
        Assert.Equal("This channel no longer follows patches of Pilot servers.", await AskAsync(chat, "unfollow patches of pilot", Chat.Admin));
        Assert.Equal(
            ["channel.followed", "channel.unfollowed"],
            (await chat.ReadAsync(session => session.Audit.ReadFromAsync(1, 10, Some.Token))).Select(entry => entry.Event.Action));
    }

    [Fact]
    public async Task Given_a_stopped_channel_when_an_admin_says_what_it_follows_then_it_is_active_again()
    {
        await using var chat = await Chat.StartAsync(["pilot"]);
        await chat.WriteAsync(session => session.Channels.StopAsync(Chat.Patching, Some.Noon, "The bot was removed.", Some.Token));
        await AskAsync(chat, "follow patches of pilot", Chat.Admin);
        Assert.Equal(ChannelState.Active, (await chat.ReadAsync(session => session.Channels.FindAsync(Chat.Patching, Some.Token)))!.State);
    }

    private static async Task<string> AskAsync(Chat chat, string text, PatchBot.Core.People.Person? by = null) =>
        Chat.Text(await chat.SayAsync(by ?? Some.Manager, text, toBot: true));
}
