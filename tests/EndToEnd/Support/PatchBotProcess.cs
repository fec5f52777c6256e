using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace PatchBot.Tests.EndToEnd.Support;

/// <summary>One process of the built program, in a folder of its own. It does not outlive this object.</summary>
internal sealed class PatchBotProcess : IAsyncDisposable
{
    private const int Terminate = 15;

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly ConcurrentQueue<(string Start, TaskCompletionSource<string> Seen)> awaited = new();
    private bool disposed;

    public PatchBotProcess(string folder, params string[] words)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(BuiltProgram.Path);
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        // Settings of whoever runs the tests must not reach the program.
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(name);
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(output, line.Data);
        process.ErrorDataReceived += (_, line) => Take(errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All that was printed so far.</summary>
    public string Printed => $"{Text(output)}\n{Text(errors)}";

    /// <summary>Waits for a line of standard output; a process that ends without it is a failure that shows what it said.</summary>
    public async Task<string> WaitForLineAsync(string beginning, CancellationToken cancellationToken)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited.Enqueue((beginning, seen));
        if (Text(output).Split('\n').FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) is { } earlier)
        {
            return earlier;
        }

        var ended = process.WaitForExitAsync(cancellationToken);
        if (await Task.WhenAny(seen.Task, ended) == ended && !seen.Task.IsCompleted)
        {
            await ended;
            Assert.Fail($"The program ended with exit code {process.ExitCode} instead of printing '{beginning}':\n{Printed}");
        }

        return await seen.Task;
    }

    public async Task<Finished> FinishAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return new Finished(process.ExitCode, Text(output), Text(errors));
    }

    /// <summary>Asks it to stop, as Ctrl-C or a service manager does, and waits for the end.</summary>
    public async Task<Finished> StopAsync(CancellationToken cancellationToken)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that asks another process to stop.");
        Assert.Equal(0, SendSignal(process.Id, Terminate));
        return await FinishAsync(cancellationToken);
    }

    /// <summary>Ends it at once, as a power failure would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private void Take(StringBuilder printed, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (printed)
        {
            printed.Append(line).Append('\n');
        }

        foreach (var (beginning, seen) in awaited.Where(wanted => printed == output && line.StartsWith(wanted.Start, StringComparison.Ordinal)))
        {
            seen.TrySetResult(line);
        }
    }

    private static string Text(StringBuilder printed)
    {
        lock (printed)
        {
            return printed.ToString();
        }
    }

    private static bool IsSetting(string name) =>
        name.Contains("__", StringComparison.Ordinal)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name is "URLS" or "DOTNET_ENVIRONMENT" or "DOTNET_URLS";

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
