using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PatchBot.Tests.EndToEnd.Support;

/// <summary>
/// A throw-away Slack with the workspace that <c>docs/local-slack</c> describes, for an app over sockets or over HTTP. It takes any
/// token, checks no blocks and throttles nobody, so it proves flows and looks. It does not outlive this object.
/// </summary>
internal sealed class LocalSlack : IAsyncDisposable
{
    public const string Team = "T01PATCH", Channel = "C01PATCH", BotUser = "U0BOT", Ada = "U01ADA", Erin = "U02ERIN", Max = "U03MAX";

    private static readonly NpmFolder Packages = new("LocalSlack", "docs/local-slack");

    private readonly Process process;
    private readonly HttpClient http;
    private readonly JsonNode app;
    private readonly bool sockets;
    private bool disposed;

    private LocalSlack(Process process, Uri page, JsonNode app, bool sockets)
    {
        (this.process, Page, this.app, this.sockets) = (process, page, app, sockets);
        http = new HttpClient { BaseAddress = page };
    }

    /// <summary>Where a browser can be one of the people.</summary>
    public Uri Page { get; }

    /// <summary>What the bot must be told to be this Slack's app.</summary>
    public string[] Settings =>
    [
        "--environment", "Development", $"--Slack:ApiUrl={new Uri(Page, "api/")}", "--Slack:ClassicBlocks=true", $"--Slack:BotToken={app["botToken"]}",

        // It sends each envelope over every socket, which Slack does not, and takes the first acknowledgement for the answer.
        .. sockets ? [$"--Slack:AppToken={app["appToken"]}", "--Slack:Connections=1"] : (string[])[$"--Slack:SigningSecret={app["signingSecret"]}"],
    ];

    /// <summary>Skips the test where Node or the package cannot be had, and says why.</summary>
    /// <param name="calls">Where Slack calls the bot with everything; <see langword="null"/>: the bot opens sockets.</param>
    public static async Task<LocalSlack> StartAsync(Uri? calls, CancellationToken cancellationToken)
    {
        var packages = await Packages.PathAsync();
        var folder = Directory.CreateTempSubdirectory("patchbot-local-slack-").FullName;
        foreach (var file in (string[])["bunfig.toml", "loopback.js"])
        {
            File.Copy(Path.Combine(packages, file), Path.Combine(folder, file));
        }

        var workspace = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(packages, "slack.json"), cancellationToken))!;
        var app = workspace["apps"]![0]!;
        if (calls is not null)
        {
            (app["mode"], app["requestUrl"]) = ("events", calls.AbsoluteUri);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "slack.json"), workspace.ToJsonString(), cancellationToken);
        var port = FreePort.Take();
        var start = new ProcessStartInfo(Path.Combine(packages, "node_modules", "local-slack-linux-x64", "bin", "local-slack"))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in (string[])["--config", "slack.json", "--port", $"{port}", "--base-host", "127.0.0.1", "--files-dir", folder])
        {
            start.ArgumentList.Add(word);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var slack = new LocalSlack(process, new Uri($"http://127.0.0.1:{port}/"), app, calls is null);
        await slack.UntilItServesAsync(cancellationToken);
        return slack;
    }

    /// <summary>Somebody writes into the channel.</summary>
    /// <param name="thread">The root's <c>ts</c>.</param>
    public Task SayAsync(string user, string text, string? thread = null) =>
        ControlAsync("message", new { channel = Channel, user, text, thread_ts = thread });

    /// <summary>Somebody uses the slash command in the channel.</summary>
    public Task CommandAsync(string user, string text) => ControlAsync("command", new { channel = Channel, user, command = "/patchbot", text });

    /// <summary>The channel's messages as JSON, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> MessagesAsync()
    {
        var answer = await http.GetFromJsonAsync<JsonElement>($"_control/messages/{Channel}", Installation.Token);
        return [.. answer.GetProperty("messages").EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        http.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private async Task ControlAsync(string what, object said)
    {
        using var answer = await http.PostAsJsonAsync($"_control/{what}", said, Installation.Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Installation.Token));
    }

    private async Task UntilItServesAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("_control/state", cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // Not yet.
            }

            await Task.Delay(100, cancellationToken);
        }
    }
}
