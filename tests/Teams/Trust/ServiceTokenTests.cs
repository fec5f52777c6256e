using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams.Trust;

/// <summary>All calls share one token, which is renewed before it ends and replaced when it is refused.</summary>
public sealed class ServiceTokenTests : IDisposable
{
    private static readonly Uri Connector = new("https://smba.trafficmanager.net/emea/");

    private readonly FakeTimeProvider clock = new(Some.Noon);
    private readonly CapturedLog log = new();
    private readonly FakeTokens issuer;
    private readonly ServiceTokens tokens;

    public ServiceTokenTests()
    {
        issuer = new(clock);
        tokens = Over(issuer);
    }

    [Fact]
    public async Task Given_a_hundred_calls_at_once_then_they_cost_one_request()
    {
        issuer.Hold();
        var calls = Enumerable.Range(0, 100).Select(_ => TakeAsync()).ToArray();
        issuer.Release();
        Assert.All(await Task.WhenAll(calls), token => Assert.Equal("token-1", token));
        Assert.Equal("token-1", await TakeAsync());
        Assert.Equal(1, issuer.Requests);
    }

    [Fact]
    public async Task Given_a_token_near_its_end_then_it_is_renewed_while_calls_go_on_with_it()
    {
        Assert.Equal("token-1", await TakeAsync());
        clock.Advance(TimeSpan.FromMinutes(45) - TimeSpan.FromSeconds(1));
        Assert.Equal("token-1", await TakeAsync());
        Assert.Equal(1, issuer.Requests);

        clock.Advance(TimeSpan.FromSeconds(1));
        issuer.Hold();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TakeAsync())), token => Assert.Equal("token-1", token));
        issuer.Release();
        await UntilAsync(async () => await TakeAsync() == "token-2");
        Assert.Equal(2, issuer.Requests);
    }

    [Fact]
    public async Task Given_a_token_that_cannot_be_renewed_then_it_serves_until_a_minute_before_its_end()
    {
        Assert.Equal("token-1", await TakeAsync());
        clock.Advance(TimeSpan.FromMinutes(50));
        issuer.Fault = new DeliveryException("the login authority is away", permanent: false);
        Assert.Equal("token-1", await TakeAsync());
        await UntilAsync(() => Failures == 1);
        clock.Advance(TimeSpan.FromMinutes(9) - TimeSpan.FromSeconds(1));
        Assert.Equal("token-1", await TakeAsync());
        await UntilAsync(() => Failures == 2);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<DeliveryException>(TakeAsync);
    }

    [Fact]
    public async Task Given_a_failure_then_it_is_told_to_all_and_the_issuer_is_left_alone_for_a_while()
    {
        issuer.Fault = new DeliveryException("the secret has expired; see Teams:ClientSecret", permanent: false, TimeSpan.FromMinutes(1));
        for (var call = 0; call < 20; call++)
        {
            var fault = await Assert.ThrowsAsync<DeliveryException>(TakeAsync);
            Assert.False(fault.Permanent);
            Assert.Equal((issuer.Fault.Message, TimeSpan.FromMinutes(1)), (fault.Message, fault.RetryAfter));
        }

        Assert.Equal(1, issuer.Requests);
        Assert.Single(log.Lines);
        issuer.Fault = null;
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("token-2", await TakeAsync());
    }

    [Fact]
    public async Task Given_a_fault_that_nobody_foresaw_then_it_is_a_failed_delivery_and_the_next_try_works()
    {
        issuer.Crash = new InvalidOperationException("unforeseen");
        Assert.False((await Assert.ThrowsAsync<DeliveryException>(TakeAsync)).Permanent);
        issuer.Crash = null;
        clock.Advance(ServiceTokens.BetweenTries);
        Assert.Equal("token-2", await TakeAsync());
    }

    [Fact]
    public async Task Given_a_token_that_the_connector_refused_then_the_next_is_new_but_not_at_every_call()
    {
        Assert.Equal("token-1", await TakeAsync());
        tokens.Forget("token-1");
        tokens.Forget("token-1");
        Assert.Equal("token-2", await TakeAsync());

        tokens.Forget("token-1");
        tokens.Forget("token-2");
        Assert.Equal("token-2", await TakeAsync());
        Assert.Equal(2, issuer.Requests);

        clock.Advance(ServiceTokens.BetweenForgets);
        tokens.Forget("token-2");
        Assert.Equal("token-3", await TakeAsync());
    }

    [Fact]
    public async Task Given_a_caller_that_gives_up_then_the_others_still_get_the_token()
    {
        issuer.Hold();
        using var impatient = new CancellationTokenSource();
        var first = tokens.GetAsync(Connector, impatient.Token).AsTask();
        var second = TakeAsync();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        issuer.Release();
        Assert.Equal("token-1", await second);
    }

    [Fact]
    public async Task Given_an_address_that_is_not_trusted_then_no_token_is_even_asked_for_and_the_remedy_is_named()
    {
        var address = new Uri("https://smba.trafficmanager.net.evil.com/emea/");
        Assert.False(tokens.Trusts(address));
        var fault = await Assert.ThrowsAsync<DeliveryException>(async () => await tokens.GetAsync(address, Some.Token));
        Assert.False(fault.Permanent);
        Assert.Contains("smba.trafficmanager.net.evil.com", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Teams:TrustedServiceHosts", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, issuer.Requests);
    }

    [Fact]
    public async Task Given_a_local_emulator_then_it_is_trusted_and_gets_no_token()
    {
        var emulator = new Uri("http://127.0.0.1:56150/_connector");
        var open = Over(issuer, allowEmulator: true);
        Assert.True(open.Trusts(emulator));
        Assert.Null(await open.GetAsync(emulator, Some.Token));
        Assert.Equal(0, issuer.Requests);
    }

    [Fact]
    public async Task Given_tokens_come_and_go_then_none_is_logged()
    {
        await TakeAsync();
        tokens.Forget("token-1");
        await TakeAsync();
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain("token-", log.Text, StringComparison.Ordinal);
    }

    public void Dispose() => log.Dispose();

    private int Failures => log.Lines.Count(line => line.Contains("No new token", StringComparison.Ordinal));

    private ServiceTokens Over(ITokenIssuer from, bool allowEmulator = false) => new(
        from,
        new TrustedHosts(Options.Create(new TeamsOptions { AppId = TestToken.AppId, AllowEmulator = allowEmulator }), new TestEnvironment("Development")),
        clock,
        LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)).CreateLogger<ServiceTokens>());

    private Task<string?> TakeAsync() => tokens.GetAsync(Connector, Some.Token).AsTask();

    // What goes on beside the calls is seen in what they get.
    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(5, Some.Token);
        }
    }

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    /// <summary>Hands out numbered tokens that last an hour; can be held up, and can fail.</summary>
    private sealed class FakeTokens(TimeProvider clock) : ITokenIssuer
    {
        private TaskCompletionSource? held;
        private int requests;

        public int Requests => Volatile.Read(ref requests);

        public DeliveryException? Fault { get; set; }

        public Exception? Crash { get; set; }

        public void Hold() => held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => held!.SetResult();

        public async Task<IssuedToken> RequestAsync(CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref requests);
            if (held is { } gate)
            {
                await gate.Task;
            }

            return (Fault ?? Crash) is { } fault ? throw fault : new($"token-{number}", clock.GetUtcNow().AddHours(1));
        }
    }
}
