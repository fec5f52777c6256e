using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams.Trust;

/// <summary>Keys are fetched when needed, renewed, and never guessed: what cannot be judged is refused.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task Given_many_first_calls_at_once_then_the_keys_are_fetched_once()
    {
        await using var door = await TeamsDoor.OpenAsync();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => door.CallAsync(door.NewToken()))), Assert.Null);
        Assert.Equal(1, door.Issuer.MetadataReads);
    }

    [Fact]
    public async Task Given_a_new_key_then_its_first_call_is_let_in_and_the_old_key_counts_no_more()
    {
        await using var door = await TeamsDoor.OpenAsync();
        Assert.Null(await door.CallAsync(door.NewToken()));
        door.Issuer.Keys[0] = LocalIssuer.Key("key-2", TestToken.Rotated, "msteams");
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => door.CallAsync(OfNewKey(door)))), Assert.Null);
        Assert.Equal(401, await door.CallAsync(door.NewToken()));
        Assert.Equal(2, door.Issuer.MetadataReads);
    }

    [Fact]
    public async Task Given_invented_key_names_then_the_keys_are_looked_up_once_a_minute_and_no_more()
    {
        await using var door = await TeamsDoor.OpenAsync();
        Assert.Null(await door.CallAsync(door.NewToken()));
        for (var call = 0; call < 50; call++)
        {
            Assert.Equal(401, await door.CallAsync(Invented(door, call)));
        }

        Assert.Equal(2, door.Issuer.MetadataReads);
        door.Clock.Advance(SigningKeys.BetweenLookups);
        Assert.Equal(401, await door.CallAsync(Invented(door, 50)));
        Assert.Equal(3, door.Issuer.MetadataReads);
    }

    [Fact]
    public async Task Given_keys_that_have_grown_old_then_they_are_renewed_beside_the_calls()
    {
        await using var door = await TeamsDoor.OpenAsync();
        Assert.Null(await door.CallAsync(door.NewToken()));
        var renewed = new TaskCompletionSource();
        var answer = door.Issuer.AnswerKeys;
        door.Issuer.AnswerKeys = async http =>
        {
            await answer(http);
            renewed.SetResult();
        };
        door.Clock.Advance(SigningKeys.RenewAfter);
        Assert.Null(await door.CallAsync(door.NewToken()));
        await renewed.Task.WaitAsync(Some.Token);
    }

    [Fact]
    public async Task Given_keys_that_cannot_be_renewed_then_they_count_five_days_and_then_nobody_is_let_in()
    {
        await using var door = await TeamsDoor.OpenAsync();
        Assert.Null(await door.CallAsync(door.NewToken()));
        door.Issuer.AnswerMetadata = Down;
        door.Clock.Advance(SigningKeys.ValidFor - TimeSpan.FromSeconds(1));
        Assert.Null(await door.CallAsync(door.NewToken()));
        door.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(503, await door.CallAsync(door.NewToken()));
    }

    [Fact]
    public async Task Given_the_publisher_is_down_then_calls_are_refused_until_it_is_back_and_it_is_not_asked_for_each()
    {
        await using var door = await TeamsDoor.OpenAsync();
        var answer = door.Issuer.AnswerMetadata;
        door.Issuer.AnswerMetadata = Down;
        for (var call = 0; call < 20; call++)
        {
            Assert.Equal(503, await door.CallAsync(door.NewToken()));
        }

        Assert.Equal(1, door.Issuer.MetadataReads);
        door.Clock.Advance(SigningKeys.BetweenTries);
        Assert.Equal(503, await door.CallAsync(door.NewToken()));
        Assert.StartsWith("Error The keys of Teams cannot be fetched", Assert.Single(door.Log.Lines), StringComparison.Ordinal);

        door.Issuer.AnswerMetadata = answer;
        door.Clock.Advance(SigningKeys.BetweenTries);
        Assert.Null(await door.CallAsync(door.NewToken()));
        Assert.Single(door.Log.Lines, line => line.Contains("can be fetched again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>evil</html>")]
    [InlineData("""{"issuer":"https://api.botframework.com"}""")]
    [InlineData("""{"issuer":"https://api.botframework.com","jwks_uri":"http://keys.example/keys"}""")]
    [InlineData("""{"issuer":"https://api.botframework.com","jwks_uri":"file:///etc/passwd"}""")]
    [InlineData("""{"issuer":"https://api.botframework.com","jwks_uri":17}""")]
    public async Task Given_metadata_that_is_none_then_nobody_is_let_in(string metadata)
    {
        await using var door = await TeamsDoor.OpenAsync();
        door.Issuer.AnswerMetadata = http => http.Response.WriteAsync(metadata);
        Assert.Equal(503, await door.CallAsync(door.NewToken()));
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":null}""")]
    [InlineData("""{"keys":[{"kty":"oct","kid":"key-1","k":"AAAA"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"key-1","n":"AQAB","e":"AQAB","endorsements":["msteams"]}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"key-1","n":"*","e":"*"},{"kty":"RSA"},{}]}""")]
    public async Task Given_keys_that_cannot_be_used_then_nobody_is_let_in(string keys)
    {
        await using var door = await TeamsDoor.OpenAsync();
        door.Issuer.AnswerKeys = http => http.Response.WriteAsync(keys);
        Assert.Equal(503, await door.CallAsync(door.NewToken()));
    }

    [Fact]
    public async Task Given_a_short_key_or_one_for_encryption_then_what_it_signs_is_refused()
    {
        using var shortKey = RSA.Create(1024);
        await using var door = await TeamsDoor.OpenAsync();
        door.Issuer.Keys.Add(LocalIssuer.Key("short", shortKey, "msteams"));
        var encrypting = (Dictionary<string, object>)LocalIssuer.Key("encrypting", TestToken.Rotated, "msteams");
        encrypting["use"] = "enc";
        door.Issuer.Keys.Add(encrypting);
        Assert.Equal(401, await door.CallAsync(Signed(door, "short", shortKey)));
        Assert.Equal(401, await door.CallAsync(Signed(door, "encrypting", TestToken.Rotated)));
    }

    [Fact]
    public async Task Given_a_publisher_that_sends_one_elsewhere_then_it_is_not_followed()
    {
        await using var door = await TeamsDoor.OpenAsync();
        door.Issuer.AnswerMetadata = http =>
        {
            http.Response.Redirect($"{door.Issuer.Address}keys");
            return Task.CompletedTask;
        };
        Assert.Equal(503, await door.CallAsync(door.NewToken()));
    }

    [Fact]
    public async Task Given_a_publisher_that_never_ends_then_it_is_cut_off()
    {
        await using var door = await TeamsDoor.OpenAsync();
        door.Issuer.AnswerMetadata = async http =>
        {
            var noise = new byte[64 * 1024];
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(noise, http.RequestAborted);
            }
        };
        Assert.Equal(503, await door.CallAsync(door.NewToken()));
    }

    [Fact]
    public async Task Given_a_publisher_that_never_answers_then_it_is_not_waited_for()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        issuer.AnswerMetadata = http => Task.Delay(Timeout.Infinite, http.RequestAborted);
        using var documents = new BoundedDocuments(development: true, TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAsync<IOException>(() => documents.GetDocumentAsync(issuer.Metadata.AbsoluteUri, Some.Token));
    }

    [Fact]
    public async Task Given_production_then_keys_are_not_taken_over_plain_http_even_from_this_machine()
    {
        await using var door = await TeamsDoor.OpenAsync(environment: "Production");
        Assert.Equal(503, await door.CallAsync(door.NewToken()));
        Assert.Equal(0, door.Issuer.MetadataReads);
    }

    private static TestToken OfNewKey(TeamsDoor door) => Signed(door, "key-2", TestToken.Rotated);

    private static TestToken Invented(TeamsDoor door, int number) => Signed(door, $"invented-{number}", TestToken.Rotated);

    private static TestToken Signed(TeamsDoor door, string id, RSA key)
    {
        var token = door.NewToken();
        token.Header["kid"] = id;
        token.Sign = data => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return token;
    }

    private static Task Down(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }
}
