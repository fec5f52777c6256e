using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Benchmarks.Load;

/// <summary>The program itself, in a process and a folder of its own, with made-up patches in hand; it lets a local Teams in.</summary>
internal sealed class ServedBot : IAsyncDisposable
{
    public const string Tenant = "00000000-0000-0000-0000-00000000000a";
    public const string Engineer = "00000000-0000-0000-0000-0000000000e1";
    public const string Manager = "00000000-0000-0000-0000-0000000000a1";
    public const string Outsider = "00000000-0000-0000-0000-0000000000f1";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private readonly DirectoryInfo folder;
    private readonly Process process;

    private ServedBot(DirectoryInfo folder, Process process, Uri address) => (this.folder, this.process, Address) = (folder, process, address);

    public Uri Address { get; }

    /// <summary>What the program itself has used of the processors.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <param name="words">More settings, as words of the command line.</param>
    public static async Task<ServedBot> StartAsync(int patches, params string[] words)
    {
        var folder = Directory.CreateTempSubdirectory("patchbot-invokes-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), JsonSerializer.Serialize(new
        {
            People = new { Engineers = new[] { $"teams:{Tenant}:{Engineer}" }, Admins = Array.Empty<string>() },
            Rings = new[]
            {
                new
                {
                    Key = "production", Title = "Production servers", Products = new[] { "Windows Server *", "Microsoft SQL Server *" },
                    Calendar = new { Rule = "FREQ=WEEKLY;BYDAY=SA", Start = "2020-01-04T22:00", Zone = "Europe/Berlin", Duration = "04:00:00" },
                    Approvers = new[] { $"teams:{Tenant}:{Manager}" },
                },
            },
            Relations = new { IncludeSeedRules = false },
            Teams = new { AllowEmulator = true },
            WebChat = new { Enabled = true },
        }));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "month.json"), MadeUpMonth.Json(patches));
        using (var import = Start(folder, ["import", "month.json", "--environment", "Development", .. words]))
        {
            await import.StandardOutput.ReadToEndAsync();
            await import.WaitForExitAsync();
        }

        var process = Start(folder, ["--Urls", "http://127.0.0.1:0", "--environment", "Development", .. words]);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split("Web chat: ") is [_, var page])
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new ServedBot(folder, process, new Uri(page.Split(". ")[0]));
            }
        }

        throw new InvalidOperationException("The program ended without serving.");
    }

    /// <summary>The buttons that approve, as the cards in the web chat show them once all are there and nothing moves any more.</summary>
    public Task<List<string>> ApprovalsAsync(int atLeast) => ActionsAsync("rollout.approve/", atLeast);

    /// <summary>The forms that take an approval back; where there was none, of those that were approved.</summary>
    public Task<List<string>> WithdrawalsAsync() => ActionsAsync("rollout.withdraw/", atLeast: 0);

    private async Task<List<string>> ActionsAsync(string verb, int atLeast)
    {
        using var client = new HttpClient { BaseAddress = Address };
        while (true)
        {
            var before = ProcessorTime;
            await Task.Delay(Settling);
            var settled = ProcessorTime - before < 0.1 * Settling;
            var messages = await client.GetFromJsonAsync<JsonElement>("/webchat/api/channels/patching/messages?limit=1000");
            var actions = messages.EnumerateArray()
                .SelectMany(message => message.GetProperty("actions").EnumerateArray())
                .Select(action => action.GetProperty("id").GetString()!)
                .Where(id => id.StartsWith(verb, StringComparison.Ordinal)).ToList();
            if (settled && actions.Count >= atLeast)
            {
                return actions;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static Process Start(DirectoryInfo folder, string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder.FullName, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "PatchBot.dll"));
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start)!;
    }
}
