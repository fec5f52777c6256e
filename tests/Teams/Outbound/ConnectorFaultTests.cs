using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Teams.Outbound;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Outbound.Stub;

namespace PatchBot.Tests.Teams.Outbound;

/// <summary>What becomes of each way in which the service does not do what it was asked.</summary>
public sealed class ConnectorFaultTests
{
    private static readonly OutboundMessage Text = OutboundMessage.OfText("the words of a secret message");

    [Theory]
    [InlineData(400, "BadSyntax", false, false)]
    [InlineData(403, "BotNotInConversationRoster", true, false)]
    [InlineData(403, "BotDisabledByAdmin", true, false)]
    [InlineData(403, "NotEnoughPermissions", true, false)]
    [InlineData(403, "ConversationBlockedByUser", true, false)]
    [InlineData(403, "", true, false)]
    [InlineData(404, "ConversationNotFound", true, false)]
    [InlineData(404, "", false, false)]
    [InlineData(413, "MessageSizeTooBig", false, false)]
    [InlineData(500, "ServiceError", false, true)]
    [InlineData(501, "", false, false)]
    [InlineData(502, "", false, true)]
    [InlineData(503, "", false, false)]
    [InlineData(504, "", false, true)]
    [InlineData(301, "", false, false)]
    public async Task Given_a_refusal_then_it_is_told_whether_trying_again_helps_and_whether_the_message_may_be_there(
        int status, string code, bool permanent, bool uncertain)
    {
        await using var line = await ConnectorOnStub.StartAsync();
        line.Stub.Refusal = (status, code.Length > 0 ? $$$"""{"error":{"code":"{{{code}}}","message":"the words of a secret message"}}""" : "");
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => SendAsync(line));

        Assert.Equal((permanent, uncertain), (fault.Permanent, fault.Uncertain));
        Assert.Contains($"({status}{(code.Length > 0 ? $" {code}" : "")})", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token-1", fault.ToString(), StringComparison.Ordinal);
        Assert.Single(line.Stub.Requests);
    }

    [Fact]
    public async Task Given_a_code_that_is_none_then_it_is_not_repeated()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        line.Stub.Refusal = (400, """{"error":{"code":"<b>look</b> here"}}""");
        Assert.DoesNotContain("look", (await Assert.ThrowsAsync<DeliveryException>(() => SendAsync(line))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_token_that_is_not_accepted_then_the_next_one_is_tried_once()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        line.Stub.Token = "token-2";
        await SendAsync(line);
        Assert.Equal(["token-1", "token-2"], line.Stub.Requests.Select(request => request.Token));

        line.Stub.Token = "token-9";
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => SendAsync(line));
        Assert.False(fault.Permanent);
        Assert.Contains("Teams:AppId", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["token-2", "token-3"], line.Stub.Requests.Skip(2).Select(request => request.Token));
    }

    [Fact]
    public async Task Given_another_write_that_won_then_it_is_tried_again_at_once_a_few_times()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        var conflicts = 2;
        line.Stub.Weather = () => conflicts-- > 0 ? new Weather(WeatherKind.Conflict) : Weather.Fine;
        await SendAsync(line);
        Assert.Single(line.Stub.Messages.Shown);

        conflicts = 100;
        await Assert.ThrowsAsync<DeliveryException>(() => SendAsync(line, TimeSpan.FromSeconds(10)));
        Assert.Equal(3 + 4, line.Stub.Requests.Count);
    }

    [Theory, InlineData(WeatherKind.ThrottledForSeconds, 1), InlineData(WeatherKind.ThrottledUntilDate, 2)]
    internal async Task Given_a_conversation_that_has_enough_then_it_is_silent_for_as_long_as_it_asks_and_others_are_not(WeatherKind kind, int seconds)
    {
        var clock = new FakeTimeProvider(Some.Noon);
        await using var line = await ConnectorOnStub.StartAsync(clock);
        line.Stub.Weather = () => new Weather(kind);
        Assert.Equal(TimeSpan.FromSeconds(seconds), (await Assert.ThrowsAsync<DeliveryException>(() => SendAsync(line))).RetryAfter);

        line.Stub.Weather = () => Weather.Fine;
        await Assert.ThrowsAsync<DeliveryPostponedException>(() => SendAsync(line));
        await line.Connector.SendAsync(line.InChannel, new("19:other@thread.tacv2", "1"), Text, TimeSpan.Zero, Some.Token);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        await SendAsync(line);
        Assert.Equal(3, line.Stub.Requests.Count);
    }

    [Fact]
    public async Task Given_refusals_in_many_conversations_then_the_whole_tenant_is_silent()
    {
        var clock = new FakeTimeProvider(Some.Noon);
        await using var line = await ConnectorOnStub.StartAsync(clock);
        line.Stub.Weather = () => new Weather(WeatherKind.ThrottledForSeconds);
        for (var number = 0; number < 6; number++)
        {
            await Assert.ThrowsAsync<DeliveryException>(
                () => line.Connector.SendAsync(line.InChat, new($"a:{number}", null), Text, TimeSpan.Zero, Some.Token));
            clock.Advance(TimeSpan.FromMilliseconds(30));
        }

        line.Stub.Weather = () => Weather.Fine;
        await Assert.ThrowsAsync<DeliveryPostponedException>(() => SendAsync(line));
        clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(line);
    }

    [Theory]
    [InlineData(WeatherKind.Hangs, false), InlineData(WeatherKind.Hangs, true), InlineData(WeatherKind.Cut, false), InlineData(WeatherKind.Cut, true)]
    internal async Task Given_no_answer_then_the_message_may_be_there_and_the_call_is_not_repeated(WeatherKind kind, bool taken)
    {
        await using var line = await ConnectorOnStub.StartAsync(longestCall: TimeSpan.FromSeconds(1));
        line.Stub.Weather = () => new Weather(kind, taken);
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => SendAsync(line));
        Assert.Equal((false, true), (fault.Permanent, fault.Uncertain));
        Assert.Equal(taken ? 1 : 0, line.Stub.Messages.Shown.Count);
    }

    [Fact]
    public async Task Given_an_edit_without_an_answer_then_nothing_is_in_doubt()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        line.Stub.Weather = () => new Weather(WeatherKind.BadGateway);
        var fault = await Assert.ThrowsAsync<DeliveryException>(
            () => line.Connector.UpdateAsync(line.InChat, ConnectorOnStub.Chat, "17", Text, TimeSpan.Zero, Some.Token));
        Assert.False(fault.Uncertain);
    }

    [Fact]
    public async Task Given_a_service_that_is_not_there_then_nothing_was_sent_and_nothing_is_in_doubt()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        var nowhere = line.InChat with { ServiceUrl = "http://127.0.0.1:1/" };
        var fault = await Assert.ThrowsAsync<DeliveryException>(
            () => line.Connector.SendAsync(nowhere, ConnectorOnStub.Chat, Text, TimeSpan.Zero, Some.Token));
        Assert.Equal((false, false), (fault.Permanent, fault.Uncertain));
    }

    [Fact]
    public async Task Given_someone_who_stops_waiting_then_that_is_no_fault_of_the_service()
    {
        await using var line = await ConnectorOnStub.StartAsync();
        line.Stub.Weather = () => new Weather(WeatherKind.Hangs);
        using var stop = new CancellationTokenSource();
        var call = line.Connector.SendAsync(line.InChat, ConnectorOnStub.Chat, Text, TimeSpan.Zero, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static Task<string?> SendAsync(ConnectorOnStub line, TimeSpan patience = default) =>
        line.Connector.SendAsync(line.InChat, ConnectorOnStub.Chat, Text, patience, Some.Token);
}
