using System.ComponentModel;
using System.Diagnostics;

namespace PatchBot.Tests.EndToEnd.Support;

/// <summary>
/// A folder with packages of npm in the versions that a <c>package-lock.json</c> pins, beside what the build makes. They are
/// no part of the program.
/// </summary>
/// <param name="name">What it is called there.</param>
/// <param name="source">Where it is in the checkout; <see langword="null"/>: in these tests' own folder.</param>
internal sealed class NpmFolder(string name, string? source = null)
{
    private readonly Lazy<Task<string>> installed = new(() => InstallAsync(name, source ?? $"tests/EndToEnd/{name}"));

    /// <summary>The folder; skips the test where the packages cannot be had, and says why.</summary>
    public async Task<string> PathAsync()
    {
        var missing = await installed.Value;
        Assert.SkipUnless(missing.Length == 0, missing);
        return TargetOf(name);
    }

    /// <summary>What a script of the folder prints. Times are those of a reader in New York.</summary>
    public async Task<string> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = await PathAsync(),
            RedirectStandardOutput = true,
            Environment = { ["TZ"] = "America/New_York" },
        };
        using var node = Process.Start(start)!;
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.Equal(0, node.ExitCode);
        return output;
    }

    private static string TargetOf(string name) => Path.Combine(BuiltProgram.Root, "tests", "EndToEnd", "obj", name);

    /// <returns>Why they are not there; empty when they are.</returns>
    private static async Task<string> InstallAsync(string name, string source)
    {
        var target = TargetOf(name);
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(Path.Combine(BuiltProgram.Root, source)))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }

        var (code, said) = await RunAsync(target);
        return code == 0 ? "" : $"The packages of {source} could not be installed by npm: {said}";
    }

    private static async Task<(int Code, string Said)> RunAsync(string folder)
    {
        var windows = OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(windows ? "cmd.exe" : "npm", $"{(windows ? "/c npm " : "")}ci --ignore-scripts --no-audit --no-fund")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var npm = Process.Start(start)!;
            var (output, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync();
            await output;
            return (npm.ExitCode, (await errors).Trim());
        }
        catch (Win32Exception missing)
        {
            return (1, $"there is no npm here ({missing.Message}).");
        }
    }
}
