using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace PatchBot.Tests.Teams.Trust;

/// <summary>A token in the making: right in everything until a test changes it. Written by hand, so that it can be wrong in any way.</summary>
internal sealed class TestToken
{
    public const string KeyId = "key-1";
    public const string AppId = "7b1f3f52-4a52-4c5e-9f8e-4f1a0c9b2d11";
    public const string Issuer = "https://api.botframework.com";
    public const string ServiceUrl = "https://smba.trafficmanager.net/emea/";

    // Making keys is slow; what they are is all the same.
    public static readonly RSA Published = RSA.Create(2048);
    public static readonly RSA Rotated = RSA.Create(2048);

    public TestToken(DateTimeOffset now) => Claims = new()
    {
        ["iss"] = Issuer,
        ["aud"] = AppId,
        ["serviceurl"] = ServiceUrl,
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
    };

    public Dictionary<string, object> Header { get; } = new() { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = KeyId };

    public Dictionary<string, object> Claims { get; }

    public Func<byte[], byte[]> Sign { get; set; } = data => Published.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>Changes the finished token.</summary>
    public Func<string, string> Bend { get; set; } = token => token;

    public override string ToString()
    {
        var signed = $"{Part(Header)}.{Part(Claims)}";
        return Bend($"{signed}.{Base64UrlEncoder.Encode(Sign(Encoding.ASCII.GetBytes(signed)))}");
    }

    private static string Part(Dictionary<string, object> members) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(members));
}
