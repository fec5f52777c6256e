using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Trust;

namespace PatchBot.Tests.Slack.Trust;

public sealed class SignatureTests
{
    // Slack's own example, of its page "Verifying requests from Slack".
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Time = "1531420618";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private const string Body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1531420618);

    [Fact]
    public async Task Given_the_published_example_then_it_is_let_in() => Assert.Null(await RefusalAsync(Body, Time, Signature));

    [Fact]
    public async Task Given_any_bit_of_the_signature_changed_then_it_is_refused()
    {
        foreach (var changed in EachBit(Signature))
        {
            Assert.NotNull(await RefusalAsync(Body, Time, changed));
        }
    }

    [Fact]
    public async Task Given_any_bit_of_the_body_changed_then_it_is_refused()
    {
        foreach (var changed in EachBit(Body))
        {
            Assert.Equal(Refusal.Signature, await RefusalAsync(changed, Time, Signature));
        }
    }

    [Fact]
    public async Task Given_any_bit_of_the_time_changed_then_it_is_refused()
    {
        foreach (var changed in EachBit(Time))
        {
            Assert.NotNull(await RefusalAsync(Body, changed, Signature));
        }
    }

    [Theory]
    [InlineData(-300, true), InlineData(300, true), InlineData(0, true)]
    [InlineData(-301, false), InlineData(301, false), InlineData(86_400 * 365, false)]
    public async Task Given_a_call_signed_some_seconds_from_now_then_five_minutes_are_the_limit(int seconds, bool letIn) =>
        Assert.Equal(letIn ? null : Refusal.Stale, await RefusalAsync(Body, Time, Signature, Then.AddSeconds(seconds)));

    [Theory]
    [InlineData(""), InlineData("+1531420618"), InlineData(" 1531420618"), InlineData("1531420618.0"), InlineData("-1"), InlineData("99999999999999999999")]
    [InlineData("١٥٣١٤٢٠٦١٨")]
    public async Task Given_a_time_that_is_no_plain_number_then_it_is_refused(string time) =>
        Assert.Equal(Refusal.Malformed, await RefusalAsync(Body, time, SlackDoorstep.Sign(Secret, time, Encoding.UTF8.GetBytes(Body))));

    [Theory]
    [InlineData(""), InlineData("v0="), InlineData("v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b5030")]
    [InlineData("v0=ａ2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    public async Task Given_a_signature_of_another_shape_then_it_is_refused(string signature) =>
        Assert.Equal(Refusal.Malformed, await RefusalAsync(Body, Time, signature));

    [Fact]
    public async Task Given_a_signature_in_capitals_then_it_is_refused() =>
        Assert.NotNull(await RefusalAsync(Body, Time, $"v0={Signature[3..].ToUpperInvariant()}"));

    [Fact]
    public async Task Given_a_secret_that_is_rotated_then_the_one_before_is_good_too()
    {
        Assert.Null(await RefusalAsync(Body, Time, Signature, options: new() { SigningSecret = "the new one", PreviousSigningSecret = Secret }));
        Assert.Equal(Refusal.Signature, await RefusalAsync(Body, Time, Signature, options: new() { SigningSecret = "the new one" }));
    }

    [Fact]
    public async Task Given_only_the_secret_before_then_nobody_is_let_in() =>
        Assert.Equal(Refusal.NoSecret, await RefusalAsync(Body, Time, Signature, options: new() { PreviousSigningSecret = Secret }));

    [Fact]
    public async Task Given_no_secret_then_not_even_a_call_signed_with_nothing_is_let_in() =>
        Assert.Equal(Refusal.NoSecret, await RefusalAsync(Body, Time, SlackDoorstep.Sign("", Time, Encoding.UTF8.GetBytes(Body)), options: new()));

    private static async Task<Refusal?> RefusalAsync(string body, string time, string signature, DateTimeOffset? now = null, SlackOptions? options = null)
    {
        var http = new DefaultHttpContext();
        http.Request.Body = new MemoryStream(Encoding.Latin1.GetBytes(body));
        (http.Request.Headers[SignatureCheck.TimeHeader], http.Request.Headers[SignatureCheck.SignatureHeader]) = (time, signature);
        using var raw = await RawBody.ReadAsync(http);
        return new SignatureCheck(Options.Create(options ?? new SlackOptions { SigningSecret = Secret }), new FakeTimeProvider(now ?? Then)).Refuse(http.Request.Headers, raw);
    }

    private static IEnumerable<string> EachBit(string text)
    {
        for (var bit = 0; bit < text.Length * 8; bit++)
        {
            var changed = text.ToCharArray();
            changed[bit / 8] ^= (char)(1 << (bit % 8));
            yield return new string(changed);
        }
    }
}
