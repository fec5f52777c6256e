using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Core;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;
using PatchBot.Tests.Teams.Trust;

namespace PatchBot.Tests.Teams;

/// <summary>What the doctor says of Teams, with keys and tokens from a real server on loopback.</summary>
public sealed class TeamsDoctorTests : IAsyncLifetime
{
    private const string Secret = "a-secret-that-nobody-may-see";
    private const string Ada = $"teams:{TeamsDoor.Tenant}:ada";
    private const string Erin = $"teams:{TeamsDoor.Tenant}:erin";
    private const string Max = $"teams:{TeamsDoor.Tenant}:max";

    private LocalIssuer issuer = null!;
    private TestRecord record = null!;

    public async ValueTask InitializeAsync() => (issuer, record) = (await LocalIssuer.StartAsync(), await TestRecord.CreateAsync());

    public async ValueTask DisposeAsync()
    {
        await issuer.DisposeAsync();
        await record.DisposeAsync();
    }

    [Fact]
    public async Task Given_a_bot_that_can_be_called_and_can_call_then_all_is_well()
    {
        var findings = await ExamineAsync();
        Assert.All(findings, finding => Assert.Equal(Gravity.Ok, finding.Gravity));
        Assert.Equal(
            [$"Teams is on: bot {TestToken.AppId} of tenant {TeamsDoor.Tenant}, cloud Public.", "127.0.0.1 gives the bot a token.", "The keys of Teams can be fetched from 127.0.0.1."],
            findings.Select(finding => finding.What));
    }

    [Fact]
    public async Task Given_an_emulator_alone_then_the_open_door_is_told_and_nothing_is_asked()
    {
        var findings = await ExamineAsync(options => (options.AppId, options.AllowEmulator) = ("", true));
        Assert.All(findings, finding => Assert.Equal(Gravity.Note, finding.Gravity));
        Assert.Contains(findings, finding => finding.What.Contains("door for emulators is open", StringComparison.Ordinal));
        Assert.Equal((0, 0), (issuer.MetadataReads, issuer.TokenRequests.Count));
    }

    [Fact]
    public async Task Given_no_credential_then_that_is_a_fault_and_no_token_is_asked_for()
    {
        var fault = Fault(await ExamineAsync(options => options.ClientSecret = ""));
        Assert.StartsWith("Teams:ClientSecret cannot be used", fault.What, StringComparison.Ordinal);
        Assert.Contains("the bot has no credential", fault.Remedy, StringComparison.Ordinal);
        Assert.Empty(issuer.TokenRequests);
    }

    [Fact]
    public async Task Given_a_secret_that_has_expired_then_the_remedy_says_so_without_the_secret()
    {
        issuer.AnswerToken = http =>
        {
            http.Response.StatusCode = 401;
            return http.Response.WriteAsJsonAsync(new { error = "invalid_client", error_description = $"AADSTS7000222: The provided client secret keys for app are expired. {Secret}" });
        };
        var fault = Fault(await ExamineAsync());
        Assert.Contains("the client secret has expired", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_keys_that_cannot_be_fetched_then_that_is_a_fault()
    {
        issuer.AnswerMetadata = http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        Assert.StartsWith("The keys of Teams cannot be fetched from 127.0.0.1", Fault(await ExamineAsync()).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_no_channel_yet_then_the_way_to_one_is_told()
    {
        var findings = await ExamineAsync(recordIsReadable: true);
        Assert.Contains(findings, finding => finding.Remedy.Contains("PatchBot teams-package", StringComparison.Ordinal));
        Assert.DoesNotContain(findings, finding => finding.What.Contains("follows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_record_then_channels_strangers_and_rings_that_nobody_follows_are_named()
    {
        var ops = new ChannelRef("teams", "19:ops@thread.tacv2");
        await WriteAsync(async session =>
        {
            var address = new ConversationAddress("https://smba.trafficmanager.net/emea/", TeamsDoor.Tenant, "28:bot", ConversationKind.Channel, "19:team");
            await session.Channels.SaveAsync(new Channel(ops, "IT › Patching", ChannelState.Active) { Address = address.Write() }, Some.Token);
            await session.Channels.SaveAsync(new Channel(new("teams", "19:old@thread.tacv2"), "IT › Old", ChannelState.Active) { Address = address.Write() }, Some.Token);
            await session.Channels.StopAsync(new("teams", "19:old@thread.tacv2"), Some.Noon, "The bot was removed.", Some.Token);
            await session.Channels.SaveAsync(new Channel(new("teams", "a:erin"), "Erin", ChannelState.Active) { Address = (address with { Kind = ConversationKind.Personal }).Write() }, Some.Token);
            await session.Channels.SubscribeAsync(new Subscription(ops, "production", Topic.Patches), Some.Token);
            await session.Channels.SubscribeAsync(new Subscription(ops, "pilot", Topic.Announcements), Some.Token);
            await session.People.SaveAsync(
                new KnownPerson(new PersonId(Erin), "Erin", new PersonAddress("29:erin", "https://smba.trafficmanager.net/emea/", TeamsDoor.Tenant, "28:bot").Write()), Some.Token);
        });

        var said = (await ExamineAsync(recordIsReadable: true)).Select(finding => $"{finding.Gravity}: {finding.What} {finding.Remedy}").ToList();
        Assert.Contains("Ok: Known in Teams: IT › Old (stopped), IT › Patching; chats with one person: 1. ", said);
        Assert.Contains(said, line => line.StartsWith("Note: People of the settings", StringComparison.Ordinal)
            && line.Contains($"{Ada} (admin), {Max} (approver).", StringComparison.Ordinal) && !line.Contains(Erin, StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains("follows pilot,", StringComparison.Ordinal) && line.Contains("@Patchy follow patches of pilot", StringComparison.Ordinal));
    }

    private static Finding Fault(IEnumerable<Finding> findings) => Assert.Single(findings, finding => finding.Gravity == Gravity.Fault);

    private async Task<IReadOnlyList<Finding>> ExamineAsync(Action<TeamsOptions>? change = null, bool recordIsReadable = false)
    {
        var options = new TeamsOptions
        {
            AppId = TestToken.AppId, TenantId = TeamsDoor.Tenant, ClientSecret = Secret, OpenIdMetadata = issuer.Metadata, LoginAuthority = issuer.Address, Package = new() { Name = "Patchy" },
        };
        change?.Invoke(options);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IHostEnvironment>(new TestEnvironment("Development"))
            .AddSingleton(Options.Create(options))
            .AddSingleton(Options.Create(new PeopleOptions { Admins = { Ada }, Engineers = { "*", Erin, "slack:T1:U1" } }))
            .AddSingleton<IRings>(new Rings([Some.Ring("pilot"), Some.Ring() with { Approvers = new HashSet<PersonId> { new(Max) } }]))
            .AddSingleton<IRecord>(record)
            .AddTeams()
            .BuildServiceProvider();
        var findings = await services.GetServices<IDoctor>().Single().ExamineAsync(recordIsReadable, Some.Token);
        Assert.All(findings, finding => Assert.DoesNotContain(Secret, finding.ToString(), StringComparison.Ordinal));
        return findings;
    }

    private Task<bool> WriteAsync(Func<IRecordSession, Task> work) => record.WriteAsync(
        async (session, _) =>
        {
            await work(session);
            return true;
        },
        Some.Token);
}
