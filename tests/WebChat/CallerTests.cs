using System.Net;
using System.Text;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.WebChat;

public sealed class CallerTests
{
    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Host", "192.168.1.10")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    public async Task Given_a_foreign_caller_then_neither_reading_nor_acting_is_allowed(string header, string value)
    {
        await using var chat = await RunningChat.StartAsync();
        Assert.Equal(403, (await chat.SendAsync(HttpMethod.Get, "channels", null, (header, value))).Status);
        Assert.Equal(403, (await chat.SendAsync(HttpMethod.Get, "events", null, (header, value))).Status);
        Assert.Equal(403, (await chat.SendAsync(HttpMethod.Post, "channels/patching/messages", new { user = "manager", text = "approve" }, (header, value))).Status);
        Assert.Empty(chat.Bot.Heard);
    }

    [Fact]
    public async Task Given_the_page_itself_or_a_plain_client_then_both_are_let_in()
    {
        await using var chat = await RunningChat.StartAsync();
        var own = chat.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var port = chat.Client.BaseAddress.Port;
        Assert.Equal(200, (await chat.SendAsync(HttpMethod.Get, "channels", null, ("Origin", own), ("Sec-Fetch-Site", "same-origin"))).Status);
        Assert.Equal(200, (await chat.SendAsync(HttpMethod.Get, "channels", null, ("Host", $"localhost:{port}"))).Status);
        Assert.Equal(200, (await chat.SendAsync(HttpMethod.Get, "channels", null, ("Host", $"[::1]:{port}"))).Status);
    }

    [Fact]
    public async Task Given_the_address_alone_then_it_leads_to_the_page()
    {
        await using var chat = await RunningChat.StartAsync();
        using var answer = await chat.Client.GetAsync("/", Some.Token);
        Assert.Equal("/webchat", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Given_a_remote_web_chat_then_names_must_be_listed_and_addresses_need_not()
    {
        await using var chat = await RunningChat.StartAsync(("WebChat:AllowRemote", "true"), ("WebChat:Hosts:0", "chat.example"));
        Assert.Equal(200, (await chat.SendAsync(HttpMethod.Get, "channels", null, ("Host", "chat.example"), ("X-Forwarded-For", "10.0.0.1"))).Status);
        Assert.Equal(200, (await chat.SendAsync(HttpMethod.Get, "channels", null, ("Host", "192.168.1.10"))).Status);
        Assert.Equal(403, (await chat.SendAsync(HttpMethod.Get, "channels", null, ("Host", "evil.example"))).Status);
    }

    [Theory]
    [InlineData("navigate", "document", HttpStatusCode.OK)]
    [InlineData("navigate", "iframe", HttpStatusCode.Forbidden)]
    [InlineData("no-cors", "script", HttpStatusCode.Forbidden)]
    public async Task Given_a_link_on_another_site_then_it_opens_the_page_and_nothing_more(string mode, string destination, HttpStatusCode status)
    {
        await using var chat = await RunningChat.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/webchat");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Mode", mode);
        request.Headers.Add("Sec-Fetch-Dest", destination);
        using var response = await chat.Client.SendAsync(request, Some.Token);
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Given_a_body_that_any_page_could_send_then_it_is_refused(string type)
    {
        await using var chat = await RunningChat.StartAsync();
        using var content = new StringContent("""{"user":"manager","text":"approve"}""", Encoding.UTF8, type);
        Assert.Equal(415, (await chat.SendAsync(HttpMethod.Post, "channels/patching/messages", content)).Status);
        Assert.Empty(chat.Bot.Heard);
    }

    [Theory]
    [InlineData("/webchat", "text/html", "no-cache")]
    [InlineData("/webchat/app.js", "text/javascript", "no-cache")]
    [InlineData("/webchat/style.css", "text/css", "no-cache")]
    [InlineData("/webchat/looks/slack.js", "text/javascript", "no-cache")]
    [InlineData("/webchat/icon.svg", "image/svg+xml", "no-cache")]
    [InlineData("/webchat/api/channels", "application/json", "no-store")]
    public async Task Given_any_answer_then_the_browser_is_told_to_be_careful_with_it(string path, string type, string caching)
    {
        await using var chat = await RunningChat.StartAsync();
        using var response = await chat.Client.GetAsync(path, Some.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(caching, response.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_the_page_then_it_holds_no_inline_code_and_every_part_that_it_names_is_served()
    {
        await using var chat = await RunningChat.StartAsync();
        var page = await chat.Client.GetStringAsync("/webchat", Some.Token);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        foreach (var part in page.Split('"').Where(part => part.StartsWith("/webchat/", StringComparison.Ordinal)))
        {
            using var response = await chat.Client.GetAsync(part, Some.Token);
            Assert.True(response.IsSuccessStatusCode, part);
        }

        using var missing = await chat.Client.GetAsync("/webchat/none.js", Some.Token);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
