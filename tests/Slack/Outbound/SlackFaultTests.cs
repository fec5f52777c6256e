using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Slack.Outbound.Calls;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Slack.Outbound.Stub;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Outbound;

/// <summary>What becomes of each way in which Slack does not do what it was asked.</summary>
public sealed class SlackFaultTests
{
    [Theory]
    [InlineData(200, "internal_error", false, true), InlineData(200, "fatal_error", false, true)]
    [InlineData(200, "service_unavailable", false, false), InlineData(200, "request_timeout", false, false), InlineData(200, "team_added_to_org", false, false)]
    [InlineData(200, "external_channel_migrating", false, false), InlineData(503, "", false, false)]
    [InlineData(500, "", false, true), InlineData(502, "", false, true), InlineData(504, "", false, true), InlineData(302, "", false, false)]
    [InlineData(200, "channel_not_found", true, false), InlineData(200, "not_in_channel", true, false), InlineData(200, "is_archived", true, false)]
    [InlineData(200, "user_not_in_channel", true, false), InlineData(200, "messages_tab_disabled", true, false)]
    [InlineData(200, "cannot_reply_to_message", false, false)]
    [InlineData(200, "restricted_action", true, false), InlineData(200, "restricted_action_read_only_channel", true, false), InlineData(200, "no_permission", true, false)]
    [InlineData(200, "ekm_access_denied", true, false), InlineData(200, "enterprise_is_restricted", true, false), InlineData(200, "team_access_not_granted", true, false)]
    [InlineData(200, "org_login_required", true, false), InlineData(200, "ratelimited", false, false), InlineData(200, "something_new", false, false)]
    [InlineData(200, "msg_blocks_too_long", false, false), InlineData(200, "no_text", false, false), InlineData(200, "metadata_too_large", false, false)]
    public async Task Given_a_refusal_then_it_is_told_whether_trying_again_helps_and_whether_the_message_may_be_there(
        int status, string error, bool permanent, bool uncertain)
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Refusal = _ => (status, error.Length > 0 ? SlackStub.Error(error) : "");
        var fault = await Assert.ThrowsAsync<DeliveryException>(() =>
            slack.Api.PostAsync("T1", "C1", null, SlackOnStub.Message() with { PlainText = "" }, TimeSpan.Zero, Some.Token));

        Assert.Equal((permanent, uncertain), (fault.Permanent, fault.Uncertain));
        Assert.Contains($"({(error.Length > 0 ? error : $"status {status}")})", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("xoxb", fault.ToString(), StringComparison.Ordinal);
        Assert.Single(slack.Stub.Requests);
        Assert.Empty(slack.Workspaces.Unusable);
    }

    [Theory, InlineData("message_not_found"), InlineData("cant_update_message"), InlineData("edit_window_closed"), InlineData("is_inactive")]
    public async Task Given_a_message_that_can_no_longer_be_edited_then_that_is_told_apart(string error)
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Refusal = _ => (200, SlackStub.Error(error));
        await Assert.ThrowsAsync<MessageGoneException>(() => slack.Api.UpdateAsync("T1", "C1", "1.5", SlackOnStub.Message(), TimeSpan.Zero, Some.Token));
    }

    [Theory]
    [InlineData("restricted_action", "Slack administrator"), InlineData("not_in_channel", "invite it"), InlineData("is_archived", "unarchive"), InlineData("messages_tab_disabled", "Messages tab")]
    public async Task Given_a_refusal_that_people_can_mend_then_it_says_how(string error, string remedy)
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Refusal = _ => (200, SlackStub.Error(error));
        Assert.Contains(remedy, (await Assert.ThrowsAsync<DeliveryException>(() => slack.PostAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_error_that_is_none_then_it_is_not_repeated()
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Refusal = _ => (200, SlackStub.Error("<b>look</b> here"));
        Assert.DoesNotContain("look", (await Assert.ThrowsAsync<DeliveryException>(() => slack.PostAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_auth"), InlineData("not_authed"), InlineData("account_inactive"), InlineData("token_revoked"), InlineData("not_allowed_token_type")]
    [InlineData("two_factor_setup_required")]
    public async Task Given_a_token_that_is_not_accepted_any_more_then_it_is_not_used_again_and_the_channel_waits(string error)
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Refusal = _ => (200, SlackStub.Error(error));
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => slack.PostAsync());
        Assert.False(fault.Permanent);
        Assert.Contains("Slack:BotToken", fault.Message, StringComparison.Ordinal);
        Assert.Contains(error, slack.Workspaces.Unusable["T1"], StringComparison.Ordinal);

        await Assert.ThrowsAsync<DeliveryException>(() => slack.PostAsync());
        Assert.Single(slack.Stub.Requests);
    }

    [Fact]
    public async Task Given_an_app_that_was_installed_again_meanwhile_then_its_new_token_is_tried_at_once()
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Refusal = _ =>
        {
            slack.Stub.Refusal = _ => null;
            slack.Workspaces.Renew("T1", "xoxb-T1-1");
            return (200, SlackStub.Error("token_revoked"));
        };
        await slack.Api.PostAsync("T1", "C1", null, SlackOnStub.Message(), TimeSpan.FromSeconds(3), Some.Token);
        Assert.Equal(["xoxb-T1-1", "xoxb-T1-2"], slack.Stub.Requests.Select(request => request.Token));
        Assert.Empty(slack.Workspaces.Unusable);
    }

    [Fact]
    public async Task Given_a_scope_that_the_app_lacks_then_it_is_named_and_the_token_stays_good_for_the_rest()
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Refusal = path => path == "usergroups.users.list" ? (200, """{"ok":false,"error":"missing_scope","needed":"usergroups:read","provided":"chat:write"}""") : null;
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => slack.Api.GroupMembersAsync("T1", "S1", Some.Token));
        Assert.Contains("usergroups:read", fault.Message, StringComparison.Ordinal);
        Assert.Empty(slack.Workspaces.Unusable);
        await slack.PostAsync();
    }

    [Fact]
    public async Task Given_a_token_whose_time_is_over_then_the_next_one_is_tried_once()
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.ExpiredTokens["xoxb-T1-1"] = true;
        await slack.Api.PostAsync("T1", "C1", null, SlackOnStub.Message(), TimeSpan.FromSeconds(3), Some.Token);
        Assert.Equal(["xoxb-T1-1", "xoxb-T1-2"], slack.Stub.Requests.Select(request => request.Token));

        slack.Stub.ExpiredTokens["xoxb-T1-2"] = slack.Stub.ExpiredTokens["xoxb-T1-3"] = true;
        await Assert.ThrowsAsync<DeliveryException>(() => slack.Api.PostAsync("T1", "C2", null, SlackOnStub.Message(), TimeSpan.FromSeconds(3), Some.Token));
        Assert.Equal(4, slack.Stub.Requests.Count);
    }

    [Theory]
    [InlineData(WeatherKind.Hangs, false), InlineData(WeatherKind.Hangs, true), InlineData(WeatherKind.Cut, false), InlineData(WeatherKind.Cut, true), InlineData(WeatherKind.EmptyBody, true)]
    internal async Task Given_no_answer_then_the_message_may_be_there_and_the_call_is_not_repeated(WeatherKind kind, bool taken)
    {
        await using var slack = await SlackOnStub.StartAsync(longestCall: TimeSpan.FromSeconds(1));
        slack.Stub.Weather = () => new SlackWeather(kind, taken);
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => slack.PostAsync());
        Assert.Equal((false, true), (fault.Permanent, fault.Uncertain));
        Assert.Equal(taken ? 1 : 0, slack.Stub.Workspace.Shown.Count);
        Assert.Single(slack.Stub.Requests);

        fault = await Assert.ThrowsAsync<DeliveryException>(() => slack.Api.UpdateAsync("T1", "C1", "1.5", SlackOnStub.Message(), TimeSpan.Zero, Some.Token));
        Assert.False(fault.Uncertain);
    }

    [Fact]
    public async Task Given_someone_who_stops_waiting_then_that_is_no_fault_of_Slack()
    {
        await using var slack = await SlackOnStub.StartAsync();
        slack.Stub.Weather = () => new SlackWeather(WeatherKind.Hangs);
        using var stop = new CancellationTokenSource();
        var call = slack.Api.PostAsync("T1", "C1", null, SlackOnStub.Message(), TimeSpan.Zero, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Given_a_refusal_then_the_log_names_method_error_place_and_request_and_never_the_content()
    {
        var clock = new FakeTimeProvider(Some.Noon);
        var log = new Lines();
        await using var slack = await SlackOnStub.StartAsync(clock, logger: log);
        slack.Stub.Refusal = _ => (200, SlackStub.Error("invalid_blocks", "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"));
        await Assert.ThrowsAsync<DeliveryException>(() => slack.Api.PostAsync("T1", "C1", null, SlackOnStub.Message() with { PlainText = "" }, TimeSpan.Zero, Some.Token));
        var line = Assert.Single(log);
        Assert.All(["chat.postMessage", "T1", "C1", "invalid_blocks", "req-1", "json-pointer:/blocks/0/text/text"], part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_same_refusal_again_and_again_then_one_line_says_so_and_how_often_it_was()
    {
        var (log, clock) = (new Lines(), new FakeTimeProvider(Some.Noon));
        await using var slack = await SlackOnStub.StartAsync(clock, logger: log);
        slack.Stub.Refusal = _ => (200, "<html>");
        await RefusedAsync(7);
        Assert.Contains("an answer that cannot be read", Assert.Single(log), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(11));
        await RefusedAsync(1);
        Assert.Contains("(6 more like it", log[^1], StringComparison.Ordinal);
        Assert.Equal(2, log.Count);

        async Task RefusedAsync(int times)
        {
            for (var time = 0; time < times; time++)
            {
                await Assert.ThrowsAsync<DeliveryException>(() => slack.Api.OpenDirectAsync("T1", "U1", Some.Token));
            }
        }
    }

    private sealed class Lines : List<string>, ILogger<SlackApi>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception));
    }
}
