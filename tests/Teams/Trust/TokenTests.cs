using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams.Trust;

/// <summary>A genuine token is let in; each rule broken one at a time is not.</summary>
public sealed class TokenTests
{
    private static readonly Dictionary<string, (int? Status, Action<TestToken> Break)> Cases = new()
    {
        ["a genuine one"] = (null, _ => { }),
        ["audience in capitals"] = (null, token => token.Claims["aud"] = TestToken.AppId.ToUpperInvariant()),
        ["audience as a list of one"] = (null, token => token.Claims["aud"] = new[] { TestToken.AppId }),
        ["expired within the skew"] = (null, token => token.Claims["exp"] = At(-300)),
        ["not yet valid within the skew"] = (null, token => token.Claims["nbf"] = At(300)),
        ["without a start"] = (null, token => token.Claims.Remove("nbf")),

        ["algorithm none, no signature"] = (401, token => (token.Header["alg"], token.Sign) = ("none", _ => [])),
        ["algorithm none, signed"] = (401, token => token.Header["alg"] = "none"),
        ["no algorithm"] = (401, token => token.Header.Remove("alg")),
        ["HS256 with the public key in PEM"] = (401, token => (token.Header["alg"], token.Sign) =
            ("HS256", data => HMACSHA256.HashData(Encoding.ASCII.GetBytes(TestToken.Published.ExportSubjectPublicKeyInfoPem()), data))),
        ["HS256 with the modulus"] = (401, token => (token.Header["alg"], token.Sign) =
            ("HS256", data => HMACSHA256.HashData(TestToken.Published.ExportParameters(false).Modulus!, data))),
        ["RS512"] = (401, token => (token.Header["alg"], token.Sign) =
            ("RS512", data => TestToken.Published.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1))),
        ["PS256"] = (401, token => (token.Header["alg"], token.Sign) =
            ("PS256", data => TestToken.Published.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss))),
        ["PS256 called RS256"] = (401, token => token.Sign = data => TestToken.Published.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
        ["RS256 in small letters"] = (401, token => token.Header["alg"] = "rs256"),
        ["RS256 by its long name"] = (401, token => token.Header["alg"] = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),

        ["unknown key"] = (401, token => token.Header["kid"] = "key-9"),
        ["no key named"] = (401, token => token.Header.Remove("kid")),
        ["another key under a known name"] = (401, token => token.Sign = data => TestToken.Rotated.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        ["brings its own key"] = (401, token =>
        {
            (token.Header["kid"], token.Header["jwk"]) = ("own", LocalIssuer.Key("own", TestToken.Rotated, "msteams"));
            token.Sign = data => TestToken.Rotated.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }),
        ["demands what nobody understands"] = (401, token => token.Header["crit"] = new[] { "b64" }),
        ["no signature"] = (401, token => token.Sign = _ => []),
        ["signature cut off"] = (401, token => token.Bend = text => text[..text.LastIndexOf('.')]),
        ["signature of zeros"] = (401, token => token.Sign = _ => new byte[256]),
        ["claims changed after signing"] = (401, token => token.Bend = text =>
        {
            var parts = text.Split('.');
            return $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("emea", "evil", StringComparison.Ordinal))}.{parts[2]}";
        }),
        ["five parts"] = (401, token => token.Bend = text => $"{text}.a.b"),

        ["issuer missing"] = (401, token => token.Claims.Remove("iss")),
        ["issuer that begins like it"] = (401, token => token.Claims["iss"] = $"{TestToken.Issuer}.evil.example"),
        ["issuer cut short"] = (401, token => token.Claims["iss"] = TestToken.Issuer[..^1]),
        ["issuer with a slash"] = (401, token => token.Claims["iss"] = $"{TestToken.Issuer}/"),
        ["issuer in capitals"] = (401, token => token.Claims["iss"] = TestToken.Issuer.ToUpperInvariant()),
        ["issuer is Entra"] = (401, token => token.Claims["iss"] = $"https://sts.windows.net/{TeamsDoor.Tenant}/"),
        ["audience missing"] = (401, token => token.Claims.Remove("aud")),
        ["audience empty"] = (401, token => token.Claims["aud"] = ""),
        ["audience another bot"] = (401, token => token.Claims["aud"] = Guid.Empty.ToString()),
        ["audience with a prefix"] = (401, token => token.Claims["aud"] = $"api://{TestToken.AppId}"),
        ["audience several"] = (401, token => token.Claims["aud"] = new[] { TestToken.AppId, Guid.Empty.ToString() }),
        ["audience empty list"] = (401, token => token.Claims["aud"] = Array.Empty<string>()),
        ["expired"] = (401, token => token.Claims["exp"] = At(-301)),
        ["not valid yet"] = (401, token => token.Claims["nbf"] = At(301)),
        ["never expires"] = (401, token => token.Claims.Remove("exp")),
        ["expires at a word"] = (401, token => token.Claims["exp"] = "tomorrow"),
        ["expires before time"] = (401, token => token.Claims["exp"] = -1),
        ["expires at zero"] = (401, token => token.Claims["exp"] = 0),
        ["starts after time"] = (401, token => token.Claims["nbf"] = long.MaxValue),

        ["no service address"] = (403, token => token.Claims.Remove("serviceurl")),
        ["empty service address"] = (403, token => token.Claims["serviceurl"] = ""),
        ["another service address"] = (403, token => token.Claims["serviceurl"] = "https://smba.trafficmanager.net/amer/"),
        ["service address that begins like it"] = (403, token => token.Claims["serviceurl"] = $"{TestToken.ServiceUrl}evil"),
        ["a list of service addresses"] = (403, token => token.Claims["serviceurl"] = new[] { TestToken.ServiceUrl, "https://evil.example/" }),
        ["service address under another name"] = (403, token =>
        {
            token.Claims["serviceUrl"] = token.Claims["serviceurl"];
            token.Claims.Remove("serviceurl");
        }),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task Given_a_token_when_one_rule_is_broken_then_it_is_refused_and_nothing_secret_is_logged(string name)
    {
        await using var door = await TeamsDoor.OpenAsync();
        var (status, change) = Cases[name];
        var token = door.NewToken();
        change(token);
        Assert.Equal(status, await door.CallAsync(token));
        Assert.Equal(status is null ? 0 : 1, door.Log.Lines.Count(line => line.StartsWith("Warning Refused call request-1", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net/emea", true)]
    [InlineData("HTTPS://SMBA.trafficmanager.net/EMEA/", true)]
    [InlineData("https://smba.trafficmanager.net/", false)]
    [InlineData("http://smba.trafficmanager.net/emea/", false)]
    [InlineData("https://evil.example/emea/", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task Given_a_message_then_its_service_address_is_the_tokens_but_for_case_and_last_slash(string? serviceUrl, bool same)
    {
        await using var door = await TeamsDoor.OpenAsync();
        Assert.Equal(same ? null : 403, await door.CallAsync(door.NewToken(), TeamsDoor.Message() with { ServiceUrl = serviceUrl }));
    }

    [Fact]
    public async Task Given_a_signature_when_any_byte_of_it_differs_then_it_is_refused()
    {
        await using var door = await TeamsDoor.OpenAsync();
        for (var at = 0; at < 256; at += 8)
        {
            var token = door.NewToken();
            var sign = token.Sign;
            token.Sign = data =>
            {
                var signature = sign(data);
                signature[at] ^= 1;
                return signature;
            };
            Assert.Equal(401, await door.CallAsync(token));
        }

        Assert.Null(await door.CallAsync(door.NewToken()));
    }

    [Fact]
    public async Task Given_a_token_that_was_let_in_when_it_expires_then_it_is_refused()
    {
        await using var door = await TeamsDoor.OpenAsync();
        var token = door.NewToken().ToString();
        Assert.Null(await door.CallAsync(token));
        door.Clock.Advance(TimeSpan.FromMinutes(65));
        Assert.Null(await door.CallAsync(token));
        door.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, await door.CallAsync(token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==")]
    [InlineData("Bearer garbage-garbage")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer ..")]
    [InlineData("Bearer e30.e30.e30")]
    [InlineData("Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImtleS0xIn0.W10.AAAA")]
    [InlineData("Bearer bnVsbA.bnVsbA.bnVsbA")]
    public async Task Given_a_header_that_holds_no_token_then_the_call_is_refused(string? header)
    {
        await using var door = await TeamsDoor.OpenAsync();
        Assert.Equal(401, await door.CallAsync(TeamsDoor.Message(), http => http.Request.Headers.Authorization = header));
        Assert.Equal(0, door.Issuer.MetadataReads);
    }

    [Fact]
    public async Task Given_two_tokens_then_the_call_is_refused_even_when_both_are_genuine()
    {
        await using var door = await TeamsDoor.OpenAsync();
        var header = $"Bearer {door.NewToken()}";
        Assert.Equal(401, await door.CallAsync(TeamsDoor.Message(), http => http.Request.Headers.Authorization = new[] { header, header }));
        Assert.Equal(401, await door.CallAsync(TeamsDoor.Message(), http => http.Request.Headers.Authorization = $"{header}, {header}"));
        Assert.Equal(401, await door.CallAsync(TeamsDoor.Message(), http => http.Request.Headers.Authorization = $"{header} "));
    }

    [Fact]
    public async Task Given_a_token_longer_than_any_real_one_then_it_is_refused_unread()
    {
        await using var door = await TeamsDoor.OpenAsync();
        var token = door.NewToken();
        token.Claims["padding"] = new string('x', 16 * 1024);
        Assert.Equal(401, await door.CallAsync(token));
        Assert.Equal(0, door.Issuer.MetadataReads);
    }

    [Fact]
    public async Task Given_a_genuine_token_when_it_is_mangled_in_any_way_then_it_is_never_let_in()
    {
        await using var door = await TeamsDoor.OpenAsync();
        var random = new Random(4);
        var genuine = door.NewToken().ToString();
        var signature = genuine.LastIndexOf('.');
        for (var round = 0; round < 500; round++)
        {
            var mangled = genuine.ToCharArray();
            mangled[random.Next(signature)] = (char)random.Next(33, 127);
            var text = new string(mangled);
            Assert.Equal(text == genuine ? null : 401, await door.CallAsync(text));
        }
    }

    [Fact]
    public async Task Given_a_flood_of_garbage_then_the_log_stays_short_and_counts_it()
    {
        await using var door = await TeamsDoor.OpenAsync();
        for (var call = 0; call < 200; call++)
        {
            await door.CallAsync("garbage");
        }

        Assert.Single(door.Log.Lines);
        door.Clock.Advance(TimeSpan.FromSeconds(10));
        await door.CallAsync("garbage");
        Assert.Contains("199 more", door.Log.Lines[^1], StringComparison.Ordinal);
    }

    private static long At(int seconds) => Some.Noon.AddSeconds(seconds).ToUnixTimeSeconds();
}
