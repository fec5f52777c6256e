using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd;

/// <summary>The program as a unit of systemd, played by a process of that name: a child of it knows its parent by it.</summary>
public sealed class SystemdTests
{
    private const string Script = "#!/bin/sh\n\"$@\" &\necho $! > child\nwait $!\n";

    [Fact(Timeout = 60_000)]
    public async Task Given_systemd_started_the_bot_then_it_is_told_when_it_serves_and_when_it_ends_and_the_log_has_levels()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("systemd is a matter of Linux.");
            return;
        }

        await using var here = new Installation();
        using var told = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        told.Bind(new UnixDomainSocketEndPoint(here.PathOf("notify")));
        var systemd = here.PathOf("systemd");
        await File.WriteAllTextAsync(systemd, Script, Installation.Token);
        File.SetUnixFileMode(systemd, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var unit = new ProcessStartInfo(systemd) { WorkingDirectory = here.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])
            [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", BuiltProgram.Path, "--Urls=http://127.0.0.1:0", "--environment=Development", "--Teams:AllowEmulator=true"])
        {
            unit.ArgumentList.Add(word);
        }

        unit.Environment["NOTIFY_SOCKET"] = here.PathOf("notify");
        using var process = Process.Start(unit)!;
        try
        {
            await SeeItThroughAsync(process, told, here);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task SeeItThroughAsync(Process process, Socket told, Installation here)
    {
        var log = process.StandardError.ReadToEndAsync(Installation.Token);
        Assert.Equal("READY=1", await HearAsync(told));

        var child = (await File.ReadAllTextAsync(here.PathOf("child"), Installation.Token)).Trim();
        await Process.Start("kill", ["-TERM", child]).WaitForExitAsync(Installation.Token);
        Assert.Equal("STOPPING=1", await HearAsync(told));
        await process.WaitForExitAsync(Installation.Token);
        Assert.Equal(0, process.ExitCode);

        // A warning is level 4 of syslog's: the emulator's open door is one.
        Assert.StartsWith("<4>", await log, StringComparison.Ordinal);
    }

    private static async Task<string> HearAsync(Socket told)
    {
        var heard = new byte[256];
        return Encoding.UTF8.GetString(heard, 0, await told.ReceiveAsync(heard, Installation.Token));
    }
}
