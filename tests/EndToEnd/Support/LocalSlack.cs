using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace PatchBot.Tests.EndToEnd.Support;

/// <summary>
/// A throw-away Slack with one workspace, one channel and three people, for an app over sockets or over HTTP. It takes any token,
/// checks no blocks and throttles nobody, so it proves flows and looks. It does not outlive this object.
/// </summary>
internal sealed class LocalSlack : IAsyncDisposable
{
    public const string Team = "T01PATCH", Channel = "C01PATCH", BotUser = "U0BOT", Ada = "U01ADA", Erin = "U02ERIN", Max = "U03MAX";

    private const string BotToken = "xoxb-local", AppToken = "xapp-1-A01APP-local", SigningSecret = "a-signing-secret-for-local-slack";

    private static readonly NpmFolder Packages = new("LocalSlack");

    private readonly Process process;
    private readonly HttpClient http;
    private readonly bool sockets;
    private bool disposed;

    private LocalSlack(Process process, Uri page, bool sockets)
    {
        (this.process, Page, this.sockets) = (process, page, sockets);
        http = new HttpClient { BaseAddress = page };
    }

    /// <summary>Where a browser can be one of the people.</summary>
    public Uri Page { get; }

    /// <summary>What the bot must be told to be this Slack's app.</summary>
    public string[] Settings =>
    [
        "--environment", "Development", $"--Slack:BotToken={BotToken}", $"--Slack:ApiUrl={new Uri(Page, "api/")}", $"--Slack:ResponseHosts:0={Page.Host}",

        // It sends each envelope over every socket, which Slack does not, and takes the first acknowledgement for the answer.
        .. sockets ? [$"--Slack:AppToken={AppToken}", "--Slack:Connections=1"] : (string[])[$"--Slack:SigningSecret={SigningSecret}"],
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

        await File.WriteAllTextAsync(Path.Combine(folder, "slack.json"), JsonSerializer.Serialize(Workspace(calls)), cancellationToken);
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
        var slack = new LocalSlack(process, new Uri($"http://127.0.0.1:{port}/"), calls is null);
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

    private static object Workspace(Uri? calls) => new
    {
        workspace = new { name = "Patch Works", domain = "patch-works", teamId = Team },
        apps = new[]
        {
            new
            {
                appId = "A01APP", botUserId = BotUser, botName = "PatchBot", botToken = BotToken, appToken = AppToken, signingSecret = SigningSecret,
                mode = calls is null ? "socket" : "events", requestUrl = calls?.AbsoluteUri ?? "",
            },
        },
        users = new[]
        {
            new { id = Ada, name = "ada", real_name = "Ada Admin" }, new { id = Erin, name = "erin", real_name = "Erin Engineer" }, new { id = Max, name = "max", real_name = "Max Manager" },
        },
        channels = new[] { new { id = Channel, name = "patching", members = new[] { Ada, Erin, Max, BotUser } } },
    };

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
