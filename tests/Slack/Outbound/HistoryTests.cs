using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Inbound.Events;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Slack.Outbound.Stub;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Outbound;

/// <summary>What was said, as it is read from Slack.</summary>
public sealed class HistoryTests
{
    private static readonly SlackWorkspace Own = new("T1", "Patch Works", SlackStub.BotUser, SlackStub.Bot, SlackStub.App, IsOrganisation: false);

    [Fact]
    public async Task Given_more_than_a_page_then_all_pages_are_read_in_order_and_threads_only_where_somebody_replied_since()
    {
        var clock = new FakeTimeProvider(Some.Noon);
        await using var slack = await SlackOnStub.StartAsync(clock);
        slack.Stub.Answers.MostOnAPage = 2;
        var old = Say("card of old");
        var quiet = Say("quiet card");
        Say("first reply to the quiet card", quiet);
        clock.Advance(TimeSpan.FromDays(40));
        var since = $"{clock.GetUtcNow().ToUnixTimeSeconds()}.000000";
        clock.Advance(TimeSpan.FromSeconds(1));
        string[] roots = [.. Enumerable.Range(1, 5).Select(number => Say($"root {number}"))];
        string[] replies = [.. Enumerable.Range(1, 3).Select(number => Say($"reply {number}", old))];

        var read = await ReadAsync(slack, clock, since, rootsAfter: "0");
        Assert.Equal([.. roots, .. replies], read.Select(message => message.Ts));
        Assert.Equal(["root 1", "reply 3"], [read[0].Text, read[^1].Text]);
        Assert.Equal(old, read[^1].ThreadTs);
        Assert.Equal([old, old], slack.Stub.Requests.Where(request => request.Path == "conversations.replies").Select(request => request["ts"]));
        Assert.Equal(4, slack.Stub.Requests.Count(request => request.Path == "conversations.history"));

        string Say(string text, string? thread = null) =>
            slack.Stub.Workspace.Add(SlackOnStub.Channel, thread, SlackStub.Bot, JsonSerializer.SerializeToElement(new { text })).Ts;
    }

    [Fact]
    public async Task Given_a_conversation_without_end_then_reading_ends_and_takes_half_of_what_slack_allows()
    {
        var clock = new FakeTimeProvider(Some.Noon);
        await using var slack = await SlackOnStub.StartAsync(clock);
        slack.Stub.Answers.MostOnAPage = 1;
        for (var number = 0; number < HistoryReading.MostPages + 5; number++)
        {
            slack.Stub.Workspace.Add(SlackOnStub.Channel, null, "B0OTHER", JsonSerializer.SerializeToElement(new { text = "more" }));
        }

        var began = clock.GetUtcNow();
        Assert.Equal(HistoryReading.MostPages, (await ReadAsync(slack, clock, "0", "0")).Count);
        Assert.InRange(HistoryReading.MostPages / (clock.GetUtcNow() - began).TotalMinutes, 1, SlackMethod.History.PerMinute / 2.0);
    }

    [Theory, InlineData("missing_scope", false, "groups:history"), InlineData("not_in_channel", true, "invite it there")]
    public async Task Given_slack_refuses_then_the_fault_names_the_remedy(string error, bool permanent, string remedy)
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Refusal = _ => (200, $$"""{"ok":false,"error":"{{error}}","needed":"groups:history"}""");
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => slack.Api.HistoryAsync("T1", "C1", "0", null, Some.Token));
        Assert.Equal(permanent, fault.Permanent);
        Assert.Contains(remedy, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_thread_that_is_gone_then_it_holds_nothing()
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Refusal = _ => (200, SlackStub.Error("thread_not_found"));
        Assert.Empty((await slack.Api.RepliesAsync("T1", "C1", "1.5", "0", null, Some.Token)).Messages);
    }

    private static async Task<IReadOnlyList<PatchBot.Adapters.Slack.Protocol.SlackEvent>> ReadAsync(SlackOnStub slack, FakeTimeProvider clock, string after, string rootsAfter)
    {
        var reading = new HistoryReading(slack.Api, Options.Create(new SlackOptions()), clock, NullLogger<HistoryReading>.Instance)
            .ReadAsync(Own, SlackOnStub.Channel, after, rootsAfter, Some.Token);
        while (!reading.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(2, Some.Token);
        }

        return await reading;
    }
}
