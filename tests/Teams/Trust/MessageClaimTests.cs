using PatchBot.Adapters.Teams.Protocol;

namespace PatchBot.Tests.Teams.Trust;

/// <summary>A genuine token vouches for one channel, and for no tenant: those are this bot's own rules.</summary>
public sealed class MessageClaimTests
{
    [Theory]
    [InlineData("msteams", null)]
    [InlineData("MSTeams", 403)]
    [InlineData("webchat", 403)]
    [InlineData("", 403)]
    [InlineData(null, 403)]
    public async Task Given_a_message_then_only_the_channel_of_Teams_is_let_in(string? channel, int? status)
    {
        await using var door = await TeamsDoor.OpenAsync();
        Assert.Equal(status, await door.CallAsync(door.NewToken(), TeamsDoor.Message() with { ChannelId = channel }));
    }

    [Theory]
    [InlineData(null, "webchat", "msteams")]
    [InlineData(403, "webchat", "skype")]
    [InlineData(403, "MSTEAMS", "msteams2")]
    [InlineData(403)]
    [InlineData(403, null)]
    public async Task Given_a_key_then_it_vouches_only_for_channels_that_it_is_endorsed_for(int? status, params string[]? endorsements)
    {
        await using var door = await TeamsDoor.OpenAsync();
        door.Issuer.Keys[0] = LocalIssuer.Key(TestToken.KeyId, TestToken.Published, endorsements);
        Assert.Equal(status, await door.CallAsync(door.NewToken()));
    }

    [Theory]
    [InlineData(TeamsDoor.Tenant, TeamsDoor.Tenant, null)]
    [InlineData("5F0C2E6A-9D0B-4F3E-8A54-0B7A1D2C3E4F", TeamsDoor.Tenant, null)]
    [InlineData(TeamsDoor.Tenant, null, null)]
    [InlineData(null, TeamsDoor.Tenant, null)]
    [InlineData(null, null, 403)]
    [InlineData("", "", 403)]
    [InlineData(TeamsDoor.OtherTenant, TeamsDoor.OtherTenant, 403)]
    [InlineData(TeamsDoor.OtherTenant, null, 403)]
    [InlineData(TeamsDoor.Tenant, TeamsDoor.OtherTenant, 403)]
    [InlineData(TeamsDoor.OtherTenant, TeamsDoor.Tenant, 403)]
    [InlineData(TeamsDoor.Tenant, "common", 403)]
    [InlineData("common", "common", 403)]
    public async Task Given_a_message_then_its_tenant_is_ours_wherever_it_is_told(string? data, string? conversation, int? status)
    {
        await using var door = await TeamsDoor.OpenAsync();
        Assert.Equal(status, await door.CallAsync(door.NewToken(), From(data, conversation)));
    }

    [Fact]
    public async Task Given_a_list_of_tenants_then_it_alone_decides()
    {
        await using var door = await TeamsDoor.OpenAsync(options => options.AllowedTenants.Add(TeamsDoor.OtherTenant));
        Assert.Null(await door.CallAsync(door.NewToken(), From(TeamsDoor.OtherTenant, TeamsDoor.OtherTenant)));
        Assert.Equal(403, await door.CallAsync(door.NewToken(), From(TeamsDoor.Tenant, TeamsDoor.Tenant)));
        Assert.Contains($"tenant {TeamsDoor.Tenant}", door.Log.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"28:{TestToken.AppId}", null)]
    [InlineData("28:7B1F3F52-4A52-4C5E-9F8E-4F1A0C9B2D11", null)]
    [InlineData(TestToken.AppId, 403)]
    [InlineData($"29:{TestToken.AppId}", 403)]
    [InlineData("28:00000000-0000-0000-0000-000000000000", 403)]
    [InlineData("28:", 403)]
    [InlineData(null, 403)]
    public async Task Given_a_message_then_it_is_for_this_bot(string? recipient, int? status)
    {
        await using var door = await TeamsDoor.OpenAsync();
        Assert.Equal(status, await door.CallAsync(door.NewToken(), TeamsDoor.Message() with { Recipient = new() { Id = recipient } }));
    }

    [Fact]
    public async Task Given_an_empty_message_then_it_is_refused()
    {
        await using var door = await TeamsDoor.OpenAsync();
        Assert.Equal(403, await door.CallAsync(door.NewToken(), new Activity()));
    }

    private static Activity From(string? data, string? conversation) => TeamsDoor.Message() with
    {
        ChannelData = data is null ? null : new() { Tenant = new() { Id = data } },
        Conversation = new() { Id = "19:x@thread.tacv2", TenantId = conversation },
    };
}
