using System.CommandLine;
using PatchBot.Core.Exports;
using PatchBot.Core.Record;

namespace PatchBot.Host.Commands;

/// <summary>Writes what is open, or what became of one patch, as a file for spreadsheets.</summary>
internal static class ExportCommand
{
    public static Command Build(CommandHost host)
    {
        var patch = new Argument<string?>("patch") { Description = "The patch, such as KB5032196; left out: everything that is open.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--out") { Description = "The file to write; one that is there is replaced. Left out: a name that says what it holds, in this folder." };
        var command = new Command("export", "Writes open patches, or the results and decisions of one patch, as CSV.") { patch, file };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            (services, token) => ExportAsync(services, parsed.GetValue(patch), parsed.GetValue(file), token),
            cancellationToken,
            migrate: false));
        return command;
    }

    private static async Task<int> ExportAsync(IServiceProvider services, string? name, string? file, CancellationToken cancellationToken)
    {
        if (await PresentDatabase.FaultAsync(services, cancellationToken) is { } fault)
        {
            Console.Error.WriteLine(fault);
            return CommandHost.NoDatabase;
        }

        var exporter = services.GetRequiredService<Exporter>();
        var exported = await services.GetRequiredService<IRecord>().ReadAsync(
            async (session, token) => name is null ? await exporter.OpenAsync(session, token)
                : await session.Patches.FindByNameAsync(name, token) is { } patch ? await exporter.HistoryAsync(session, patch, token)
                : null,
            cancellationToken);
        if (exported is null)
        {
            Console.Error.WriteLine($"No patch called '{name}' is known here. Check the spelling, or import the document that lists it.");
            return CommandHost.Failed;
        }

        var path = Path.GetFullPath(file ?? exported.FileName);
        if (OutFile.Fault(path, exported.FileName) is { } why)
        {
            Console.Error.WriteLine(why);
            return CommandHost.Failed;
        }

        OutFile.Write(path, stream => stream.Write(exported.Content.Span));
        Console.WriteLine($"Wrote {path}: {exported.Title}, {exported.Rows} lines.");
        return 0;
    }
}
