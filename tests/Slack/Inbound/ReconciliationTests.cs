using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack.Inbound.Events;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>What happened to the bot's channels while it was not running.</summary>
public sealed class ReconciliationTests
{
    [Fact]
    public async Task Given_the_bot_was_asked_into_a_channel_then_it_greets_there_once_however_many_processes_start()
    {
        await using var room = await StartAsync();
        await Task.WhenAll(CompareAsync(room), CompareAsync(room));
        await CompareAsync(room);
        var channel = (await room.ChannelAsync())!;
        Assert.Equal((ChannelState.Active, "ops"), (channel.State, channel.Name));
        Assert.Equal(new ConversationAddress(Team, ConversationKind.Channel), ConversationAddress.Read(channel.Address));
        Assert.Equal(1, (await WelcomeAsync(room))!.WantedVersion);
    }

    [Fact]
    public async Task Given_channels_that_are_archived_or_that_the_bot_only_sees_then_nothing_is_remembered_of_them()
    {
        await using var room = await StartAsync();
        Now(room, ops => ops with { IsArchived = true });
        room.Api.Conversations["C09ELSE"] = new SlackConversation("C09ELSE", "else", IsArchived: false, IsMember: false, IsDirect: false, IsGroup: false);
        await CompareAsync(room);
        Assert.Equal((null, null), (await room.ChannelAsync(), await room.ChannelAsync("C09ELSE")));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_the_bot_was_removed_or_the_channel_is_gone_then_it_stops_and_goes_on_when_the_bot_is_back(bool seen)
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        var before = room.Api.Conversations[Ops];
        if (seen)
        {
            Now(room, ops => ops with { IsMember = false });
        }
        else
        {
            room.Api.Conversations.Clear();
        }

        await CompareAsync(room);
        var stopped = (await room.ChannelAsync())!;
        Assert.Equal(
            (ChannelState.Stopped, "PatchBot was removed from the channel, or it is gone, while PatchBot was not running."), (stopped.State, stopped.StoppedWhy));

        room.Api.Conversations[Ops] = before;
        await CompareAsync(room);
        Assert.Equal(ChannelState.Active, (await room.ChannelAsync())!.State);
        Assert.Equal(1, (await WelcomeAsync(room))!.WantedVersion);
    }

    [Fact]
    public async Task Given_a_channel_was_archived_then_it_stops_and_goes_on_when_it_is_brought_back()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        Now(room, ops => ops with { IsArchived = true });
        await CompareAsync(room);
        var stopped = (await room.ChannelAsync())!;
        Assert.Equal((ChannelState.Stopped, "The channel was archived."), (stopped.State, stopped.StoppedWhy));
        Now(room, ops => ops with { IsArchived = false });
        await CompareAsync(room);
        Assert.Equal(ChannelState.Active, (await room.ChannelAsync())!.State);
    }

    [Fact]
    public async Task Given_a_channel_was_renamed_then_it_goes_by_its_new_name_and_the_log_counts_it()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        Now(room, ops => ops with { Name = "patching" });
        await CompareAsync(room);
        await CompareAsync(room);
        Assert.Equal("patching", (await room.ChannelAsync())!.Name);
        Assert.Contains(
            $"workspace {Team}: asked into 0 channels, back in 0, out of 0; 1 were renamed",
            Assert.Single(room.Log.Lines, line => line.Contains("While the bot was not running", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_channel_where_a_rule_forbids_to_post_then_membership_does_not_start_it_again()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        var refused = new SlackFault(FaultKind.Policy, 200, "restricted_action", "", [], null, "")
            .Of(SlackCall.Asking(SlackMethod.PostMessage, Team, Ops, "a card"));
        await room.Get<IConversation>().HandleAsync(new ChannelClosed(SlackRoom.Channel, Person.Bot, "refused", refused.Message), Some.Token);
        await CompareAsync(room);
        Assert.Equal(ChannelState.Stopped, (await room.ChannelAsync())!.State);
    }

    [Fact]
    public async Task Given_chats_and_channels_that_another_installation_reaches_then_they_are_left_alone()
    {
        await using var room = await StartAsync();
        room.Api.Conversations["C07SHARED"] = new SlackConversation("C07SHARED", "ours", IsArchived: false, IsMember: true, IsDirect: false, IsGroup: false);
        var kept = new Dictionary<string, ConversationAddress>
        {
            ["D01ERIN"] = new(Team, ConversationKind.Direct),
            ["G01GROUP"] = new(Team, ConversationKind.Group),
            ["C08THEIRS"] = new("T02MORE", ConversationKind.Channel),
            ["C07SHARED"] = new("T02MORE", ConversationKind.Channel),
        };
        foreach (var (id, address) in kept)
        {
            await room.Get<IConversation>().HandleAsync(
                new ChannelOpened(new ChannelRef("slack", id), Person.Bot, $"open/{id}", "theirs", address.Write(), Alone: false, Greets: false), Some.Token);
        }

        await CompareAsync(room);
        foreach (var (id, address) in kept)
        {
            var channel = (await room.ChannelAsync(id))!;
            Assert.Equal((ChannelState.Active, "theirs", address.Write()), (channel.State, channel.Name, channel.Address));
        }
    }

    [Fact]
    public async Task Given_a_channel_that_slack_tells_nothing_of_then_it_goes_on()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        Now(room, ops => ops with { IsMember = false });

        // The list comes through, and the question for the one channel does not.
        var calls = 0;
        room.Api.Line = () =>
        {
            room.Api.Fault = ++calls > 1 ? Refusal : null;
            return Task.CompletedTask;
        };
        await CompareAsync(room);
        Assert.Equal(2, calls);
        Assert.Equal(ChannelState.Active, (await room.ChannelAsync())!.State);
    }

    [Fact]
    public async Task Given_more_channels_than_slack_tells_of_in_a_minute_then_what_is_sure_stands_and_the_rest_follows()
    {
        var (room, _) = await WithCardAsync();
        await using var _ = room;
        var more = new ChannelRef("slack", "C05MORE");
        await room.Get<IConversation>().HandleAsync(
            new ChannelOpened(more, Person.Bot, "more", "more", new ConversationAddress(Team, ConversationKind.Channel).Write(), Alone: false, Greets: false), Some.Token);
        room.Api.Conversations.Clear();
        var calls = 0;
        room.Api.Line = () => ++calls == 3 ? throw new DeliveryPostponedException(TimeSpan.FromSeconds(40)) : Task.CompletedTask;
        await Assert.ThrowsAsync<DeliveryPostponedException>(() => CompareAsync(room));
        Assert.Single([await room.ChannelAsync(), await room.ChannelAsync(more.Id)], channel => channel!.State == ChannelState.Stopped);
        await CompareAsync(room);
        Assert.All([await room.ChannelAsync(), await room.ChannelAsync(more.Id)], channel => Assert.Equal(ChannelState.Stopped, channel!.State));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_a_list_that_breaks_off_then_nothing_changes_until_it_can_be_read_whole(bool refused)
    {
        await using var room = await StartAsync();
        room.Api.ListBreaks = refused ? Refusal : new DeliveryPostponedException(TimeSpan.FromSeconds(3));
        var clock = new FakeTimeProvider(Some.Noon);
        using var worker = room.Worker(clock);
        await worker.StartAsync(Some.Token);
        await UntilAsync(clock, () => room.Log.Text.Contains("Slack is asked again", StringComparison.Ordinal), "a list that breaks off");
        Assert.Null(await room.ChannelAsync());
        room.Api.ListBreaks = null;
        await UntilAsync(clock, () => worker.ExecuteTask!.IsCompleted, "the whole list");
        Assert.Equal(ChannelState.Active, (await room.ChannelAsync())!.State);
    }

    [Fact]
    public async Task Given_the_workspace_is_not_known_and_the_database_is_away_at_the_start_then_it_waits_for_both()
    {
        await using var room = await StartAsync();
        room.Workspaces.Away = true;
        room.Record.IsAway = _ => true;
        var clock = new FakeTimeProvider(Some.Noon);
        using var worker = room.Worker(clock);
        await worker.StartAsync(Some.Token);
        clock.Advance(ReconciliationWorker.FirstPause);
        room.Workspaces.Away = false;
        await UntilAsync(clock, () => room.Record.Refused > 0, "the database was asked");
        room.Record.IsAway = _ => false;
        await UntilAsync(clock, () => worker.ExecuteTask!.IsCompleted, "both are there");
        Assert.Equal(ChannelState.Active, (await room.ChannelAsync())!.State);
    }

    [Fact]
    public async Task Given_an_organisation_then_the_log_says_that_its_channels_are_not_compared()
    {
        await using var room = await StartAsync();
        room.Workspaces.Installed[Team] = room.Workspaces.Installed[Team] with { IsOrganisation = true };
        var clock = new FakeTimeProvider(Some.Noon);
        using var worker = room.Worker(clock);
        await worker.StartAsync(Some.Token);
        await UntilAsync(clock, () => worker.ExecuteTask!.IsCompleted, "nothing is left to be done");
        Assert.Single(room.Log.Lines, line => line.Contains("workspace by workspace only", StringComparison.Ordinal));
        Assert.Null(await room.ChannelAsync());
    }

    [Fact]
    public async Task Given_the_program_stops_while_it_waits_then_the_worker_ends_as_if_it_were_done()
    {
        await using var room = await StartAsync();
        room.Api.ListBreaks = Refusal;
        var clock = new FakeTimeProvider(Some.Noon);
        using var worker = room.Worker(clock);
        await worker.StartAsync(Some.Token);
        await UntilAsync(clock, () => room.Log.Text.Contains("Slack is asked again", StringComparison.Ordinal), "it waits");
        await worker.StopAsync(Some.Token);
        Assert.True(worker.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Given_the_bot_as_it_is_composed_then_it_makes_up_for_what_it_missed()
    {
        await using var room = await StartAsync();
        Assert.Single(room.Get<IEnumerable<BackgroundService>>().OfType<ReconciliationWorker>());
    }

    private static DeliveryException Refusal { get; } = new("Slack did not take the list (missing_scope).", permanent: false);

    private static Task CompareAsync(SlackRoom room) => room.Get<Reconciliation>().CompareAsync(room.Workspaces.Installed[Team], Some.Token);

    private static void Now(SlackRoom room, Func<SlackConversation, SlackConversation> change) => room.Api.Conversations[Ops] = change(room.Api.Conversations[Ops]);

    private static Task<Post?> WelcomeAsync(SlackRoom room) =>
        room.ReadAsync((session, token) => session.Posts.FindAsync(SlackRoom.Channel, WelcomeCard.SubjectFor(alone: false), token));

    private static Task UntilAsync(FakeTimeProvider clock, Func<bool> happened, string what) => Eventually.IsAsync(
        () =>
        {
            clock.Advance(ReconciliationWorker.FirstPause);
            return happened();
        },
        what);
}
