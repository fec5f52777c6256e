using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using PatchBot.Host.Commands.Apps;
using PatchBot.Host.Commands.Doctor;

namespace PatchBot.Host.Commands;

/// <summary>What can be said to the program at its start. Without a command it serves.</summary>
internal static class CommandLine
{
    // System.CommandLine ends the program the hard way when a command takes longer than this to stop after Ctrl-C: a multiple of
    // what serving takes at most, since a busy machine is no reason to cut anything off.
    private static readonly TimeSpan StopWithin = ServeCommand.StopWithin * 4;

    public static Task<int> RunAsync(string[] args)
    {
        var (words, settings, fault) = SettingWords.Split(args);
        if (fault is not null)
        {
            Console.Error.WriteLine(fault);
            return Task.FromResult(CommandHost.WrongSettings);
        }

        var parsed = Build(new CommandHost(settings)).Parse(words);
        if (parsed.Action is ParseErrorAction)
        {
            Console.Error.WriteLine($"{string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct())} See {Called(parsed.CommandResult)} --help");
            return Task.FromResult(CommandHost.Failed);
        }

        return parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopWithin });
    }

    private static string Called(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Called(parent)} {command.Command.Name}" : "PatchBot";

    private static RootCommand Build(CommandHost host)
    {
        var root = new RootCommand(
            "PatchBot carries a patch through lab, approval and maintenance window, in the chat. Without a command it serves. "
            + "Any setting can follow, such as --Database:File=/var/lib/patchbot.db or --Urls=http://127.0.0.1:8080; "
            + "appsettings.sample.json lists them all.")
        {
            ServeCommand.Build(host),
            ImportCommand.Build(host),
            MigrateCommand.Build(host),
            WindowsCommand.Build(host),
            SuggestCommand.Build(host),
            AuditCommand.Build(host),
            CopyToCommand.Build(host),
            ExportCommand.Build(host),
            PurgeCommand.Build(host),
            TeamsPackageCommand.Build(host),
            SlackManifestCommand.Build(host),
            DoctorCommand.Build(host),
        };
        root.SetAction((_, cancellationToken) => ServeCommand.RunAsync(host, cancellationToken));
        return root;
    }
}
