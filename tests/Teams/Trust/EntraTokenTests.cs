using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams.Trust;

/// <summary>Tokens are asked for as Entra documents it, and what goes wrong names the setting to look at.</summary>
public sealed class EntraTokenTests : IAsyncLifetime
{
    private const string Secret = "a-secret-that-nobody-may-see";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("patchbot-trust");
    private LocalIssuer issuer = null!;

    public async ValueTask InitializeAsync() => issuer = await LocalIssuer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await issuer.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Given_a_secret_then_it_is_sent_to_our_own_authority_for_our_tenant_and_scope()
    {
        var token = await RequestAsync(WithSecret());
        Assert.Equal("outbound-1", token.Value);
        var (path, form) = Assert.Single(issuer.TokenRequests);
        Assert.Equal($"/{TeamsDoor.Tenant}/oauth2/v2.0/token", path);
        Assert.Equal(("client_credentials", TestToken.AppId, Secret, "https://api.botframework.com/.default"),
            (form["grant_type"], form["client_id"], form["client_secret"], form["scope"].Split(' ')[0]));
    }

    [Fact]
    public async Task Given_it_is_asked_again_then_it_asks_anew()
    {
        using var tokens = Tokens(WithSecret());
        Assert.Equal("outbound-1", (await tokens.RequestAsync(Some.Token)).Value);
        Assert.Equal("outbound-2", (await tokens.RequestAsync(Some.Token)).Value);
    }

    [Fact]
    public async Task Given_another_cloud_then_its_scope_is_asked_for()
    {
        var options = WithSecret();
        options.Cloud = TeamsCloud.GccHigh;
        await RequestAsync(options);
        Assert.StartsWith("https://api.botframework.us/.default", Assert.Single(issuer.TokenRequests).Form["scope"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pfx", "")]
    [InlineData("pfx", "word")]
    [InlineData("pem", "")]
    [InlineData("pem", "word")]
    public async Task Given_a_certificate_then_it_signs_the_request_and_no_secret_is_sent(string kind, string password)
    {
        var options = WithCertificate(Write(kind, password), password);
        Assert.Empty(options.Faults(development: true));
        Assert.Equal("outbound-1", (await RequestAsync(options)).Value);
        var form = Assert.Single(issuer.TokenRequests).Form;
        Assert.False(form.ContainsKey("client_secret"));
        var assertion = new JsonWebToken(form["client_assertion"]);
        Assert.Equal((TestToken.AppId, TestToken.AppId), (assertion.Issuer, assertion.Subject));
        Assert.EndsWith($"/{TeamsDoor.Tenant}/oauth2/v2.0/token", Assert.Single(assertion.Audiences), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_certificate_that_vanished_then_the_fault_names_its_setting()
    {
        var fault = await FaultAsync(WithCertificate(Path.Combine(folder.FullName, "none.pfx"), ""));
        Assert.Contains("Teams:CertificateFile", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "invalid_client", "AADSTS7000222: The provided client secret keys for app 'x' are expired.", "AADSTS7000222", "has expired", "Teams:ClientSecret")]
    [InlineData(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.", "AADSTS7000215", "is wrong", "Teams:ClientSecret")]
    [InlineData(400, "unauthorized_client", "AADSTS700016: Application was not found in the directory.", "AADSTS700016", "does not know this app", "Teams:AppId")]
    [InlineData(400, "invalid_request", "AADSTS90002: Tenant not found.", "AADSTS90002", "no such tenant", "Teams:TenantId")]
    [InlineData(400, "invalid_client", "something of their own", "invalid_client", "refused", "Teams:ClientSecret")]
    public async Task Given_a_refusal_then_it_is_not_for_good_and_names_code_remedy_and_setting(int status, string error, string description, params string[] said)
    {
        issuer.AnswerToken = http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsJsonAsync(new { error, error_description = $"{description} Trace ID: 1" });
        };
        var fault = await FaultAsync(WithSecret());
        Assert.True(fault.RetryAfter > TimeSpan.Zero);
        Assert.All(said, word => Assert.Contains(word, fault.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("Trace ID", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(503, "busy")]
    [InlineData(429, "{}")]
    [InlineData(200, "<html>sign in to the guest network</html>")]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(302, "")]
    public async Task Given_no_proper_answer_then_it_is_tried_again(int status, string body)
    {
        issuer.AnswerToken = http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = status == 302 ? "https://evil.example/" : default;
            return http.Response.WriteAsync(body);
        };
        await FaultAsync(WithSecret());
        Assert.Single(issuer.TokenRequests);
    }

    [Fact]
    public async Task Given_an_answer_without_end_then_it_is_cut_off()
    {
        issuer.AnswerToken = async http =>
        {
            var noise = new byte[64 * 1024];
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(noise, http.RequestAborted);
            }
        };
        await FaultAsync(WithSecret());
    }

    [Fact]
    public async Task Given_nobody_listens_there_then_it_is_tried_again()
    {
        var options = WithSecret();
        await using (var gone = await LocalIssuer.StartAsync())
        {
            options.LoginAuthority = gone.Address;
        }

        Assert.Contains("cannot be reached", (await FaultAsync(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_production_then_no_secret_goes_over_plain_http() => Assert.Throws<ArgumentException>(() => Tokens(WithSecret(), "Production"));

    private static EntraTokens Tokens(TeamsOptions options, string environment = "Development") => new(Options.Create(options), new TestEnvironment(environment));

    private static async Task<IssuedToken> RequestAsync(TeamsOptions options)
    {
        using var tokens = Tokens(options);
        return await tokens.RequestAsync(Some.Token);
    }

    private static async Task<DeliveryException> FaultAsync(TeamsOptions options)
    {
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => RequestAsync(options));
        Assert.False(fault.Permanent);
        Assert.DoesNotContain(Secret, fault.ToString(), StringComparison.Ordinal);
        return fault;
    }

    private TeamsOptions WithSecret() => new() { AppId = TestToken.AppId, TenantId = TeamsDoor.Tenant, ClientSecret = Secret, LoginAuthority = issuer.Address };

    private TeamsOptions WithCertificate(string file, string password) => new()
    {
        AppId = TestToken.AppId, TenantId = TeamsDoor.Tenant, CertificateFile = file, CertificatePassword = password, LoginAuthority = issuer.Address,
    };

    private string Write(string kind, string password)
    {
        var request = new CertificateRequest("CN=PatchBot", TestToken.Published, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(Some.Noon.AddYears(-1), Some.Noon.AddYears(30));
        var file = Path.Combine(folder.FullName, $"bot.{kind}");
        if (kind == "pfx")
        {
            File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, password));
            return file;
        }

        var key = password.Length == 0
            ? TestToken.Published.ExportPkcs8PrivateKeyPem()
            : TestToken.Published.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000));
        File.WriteAllText(file, $"{certificate.ExportCertificatePem()}\n{key}\n");
        return file;
    }
}
