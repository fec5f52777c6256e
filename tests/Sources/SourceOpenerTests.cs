using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Core.Patches.Sources;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Sources;

/// <summary>A web server on loopback that answers as a test says.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private LoopbackServer(WebApplication app) => this.app = app;

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public List<string> Seen { get; } = [];

    public static async Task<LoopbackServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new LoopbackServer(builder.Build());
        server.app.Run(context =>
        {
            server.Seen.Add($"{context.Request.Path}{context.Request.QueryString} {context.Request.Headers.UserAgent} {context.Request.Headers.Accept}");
            return answer(context);
        });
        await server.app.StartAsync(Some.Token);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

public sealed class SourceOpenerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("patchbot-opener-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Given_a_directory_then_its_documents_come_in_the_order_of_their_names()
    {
        foreach (var name in (string[])["b.xml", "a.json", "c.json.gz", "notes.txt"])
        {
            File.WriteAllText(Path.Combine(folder.FullName, name), name);
        }

        Assert.Equal(["a.json a.json", "b.xml b.xml", "c.json.gz c.json.gz"], await OpenAsync(folder.FullName));
        Assert.Equal(["notes.txt notes.txt"], await OpenAsync(Path.Combine(folder.FullName, "notes.txt")));
    }

    [Fact]
    public async Task Given_nothing_to_open_then_the_reason_and_the_remedy_are_named()
    {
        Assert.Contains("holds no .json, .xml, .gz file", (await RefusedAsync(folder.FullName)).Message);
        Assert.Contains("Check the path", (await RefusedAsync(Path.Combine(folder.FullName, "none.json"))).Message);
        File.WriteAllText(Path.Combine(folder.FullName, "large.json"), new string('x', 3000));
        Assert.Contains("Sources:Opening:MaxBytes", (await RefusedAsync(Path.Combine(folder.FullName, "large.json"), options => options.MaxBytes = 2000)).Message);
    }

    [Theory]
    [InlineData("http://api.msrc.microsoft.com/cvrf", "Only https")]
    [InlineData("ftp://api.msrc.microsoft.com/cvrf", "Only https")]
    [InlineData("file:///etc/passwd", "Only https")]
    [InlineData("http://127.0.0.1:1/x", "Only https")]
    [InlineData("https://127.0.0.1:1/x", "AllowLoopback")]
    [InlineData("https://[::1]:1/x", "AllowLoopback")]
    [InlineData("https://[::ffff:127.0.0.1]:1/x", "AllowLoopback")]
    [InlineData("https://10.1.2.3:1/x", "AllowPrivateAddresses")]
    [InlineData("https://169.254.169.254/latest", "AllowPrivateAddresses")]
    [InlineData("https://[fd00::1]/x", "AllowPrivateAddresses")]
    [InlineData("https://", "can't be read")]
    public async Task Given_an_address_that_is_not_allowed_then_nothing_is_fetched_and_the_remedy_is_named(string address, string remedy) =>
        Assert.Contains(remedy, (await RefusedAsync(address)).Message);

    [Fact]
    public async Task Given_an_address_with_secrets_then_no_name_or_message_shows_them()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("{}"));
        var address = server.Address.Replace("http://", "http://user:pass@") + "/month?token=secret";
        Assert.Equal($"{server.Address}/month?token=… {{}}", Assert.Single(await OpenAsync(address, Local)));
        Assert.StartsWith("/month?token=secret PatchBot/", Assert.Single(server.Seen));
        Assert.Contains("application/json", server.Seen[0]);

        var refused = await RefusedAsync("http://user:pass@example.org/?token=secret");
        Assert.DoesNotContain("secret", refused.Message);
        Assert.DoesNotContain("pass", refused.Message);
    }

    [Fact]
    public async Task Given_redirects_then_a_few_are_followed_and_a_circle_is_not()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            if (context.Request.Path == "/end")
            {
                return context.Response.WriteAsync("arrived");
            }

            context.Response.Redirect(context.Request.Path == "/circle" ? "/circle" : context.Request.Path == "/away" ? "http://192.168.1.1/x" : "/end");
            return Task.CompletedTask;
        });
        Assert.EndsWith("arrived", Assert.Single(await OpenAsync($"{server.Address}/start", Local)));
        Assert.Contains("redirects", (await RefusedAsync($"{server.Address}/circle", Local)).Message);
        Assert.Contains("Only https", (await RefusedAsync($"{server.Address}/away", Local)).Message);
    }

    [Fact]
    public async Task Given_an_answer_that_is_too_large_or_an_error_or_late_then_it_is_refused()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            switch (context.Request.Path)
            {
                case "/large":
                    await context.Response.WriteAsync(new string('x', 200_000));
                    break;
                case "/packed":
                    context.Response.Headers.ContentEncoding = "gzip";
                    await context.Response.Body.WriteAsync(MsrcCatalogueTests.Gzip(Encoding.ASCII.GetBytes(new string('x', 200_000))));
                    break;
                case "/late":
                    await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                    break;
                default:
                    context.Response.StatusCode = 404;
                    break;
            }
        });
        void Small(OpeningOptions options) => (options.AllowLoopback, options.MaxBytes) = (true, 100_000);
        Assert.Contains("MaxBytes", (await RefusedAsync($"{server.Address}/large", Small)).Message);
        Assert.Contains("MaxBytes", (await RefusedAsync($"{server.Address}/packed", Small)).Message);
        var missing = await Assert.ThrowsAsync<HttpRequestException>(() => OpenAsync($"{server.Address}/none", Local));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        var late = await Assert.ThrowsAsync<HttpRequestException>(() =>
            OpenAsync($"{server.Address}/late", options => (options.AllowLoopback, options.Timeout) = (true, TimeSpan.FromMilliseconds(200))));
        Assert.Contains("Sources:Opening:Timeout", late.Message);
    }

    private static void Local(OpeningOptions options) => options.AllowLoopback = true;

    private static Task<SourceAccessException> RefusedAsync(string name, Action<OpeningOptions>? change = null) =>
        Assert.ThrowsAsync<SourceAccessException>(() => OpenAsync(name, change));

    private static async Task<List<string>> OpenAsync(string name, Action<OpeningOptions>? change = null)
    {
        var options = new OpeningOptions();
        change?.Invoke(options);
        using var http = new SourceHttp(Options.Create(options));
        List<string> opened = [];
        await foreach (var input in new SourceOpener(http, Options.Create(options)).OpenAsync(name, Some.Token))
        {
            await using (input)
            {
                using var reader = new StreamReader(input.Content);
                opened.Add($"{input.Name} {await reader.ReadToEndAsync(Some.Token)}");
            }
        }

        return opened;
    }
}
