using System.Diagnostics;

namespace PatchBot.Tests.EndToEnd.Support;

/// <summary>Microsoft 365 Agents Playground, as a newcomer starts it: without a configuration of its own. It does not outlive this object.</summary>
internal sealed class PlaygroundProcess : IAsyncDisposable
{
    private static readonly NpmFolder Packages = new("Playground");

    private readonly Process process;

    private PlaygroundProcess(Process process, Uri page) => (this.process, Page) = (process, page);

    public Uri Page { get; }

    /// <summary>Skips the test where Node or the package cannot be had, and says why.</summary>
    /// <param name="bot">The bot's messaging endpoint.</param>
    public static async Task<PlaygroundProcess> StartAsync(Uri bot, CancellationToken cancellationToken)
    {
        var packages = await Packages.PathAsync();
        // It writes its port into addresses, so it must be known before.
        var port = FreePort.Take();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Directory.CreateTempSubdirectory("patchbot-playground-").FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in (string[])
        [
            "--require", Path.Combine(packages, "loopback.js"), Path.Combine(packages, "node_modules", "@microsoft", "m365agentsplayground", "cli.js"),
            "start", "-e", bot.AbsoluteUri, "-c", "msteams", "-p", $"{port}", "--su", $"http://127.0.0.1:{port}/_connector", "--dt",
        ])
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["TEAMSAPPTESTER_BROWSER"] = "none";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var playground = new PlaygroundProcess(process, new Uri($"http://127.0.0.1:{port}/"));
        await playground.UntilItServesAsync(cancellationToken);
        return playground;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private async Task UntilItServesAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(Page, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // Not yet.
            }

            await Task.Delay(200, cancellationToken);
        }
    }
}
