using System.CommandLine;
using PatchBot.Adapters.Sources;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.People;

namespace PatchBot.Host.Commands;

/// <summary>Takes documents from a file, a folder or an address.</summary>
internal static class ImportCommand
{
    private static readonly Person Administrator = new(new PersonId("console:local:admin"), "Console");

    public static Command Build(CommandHost host)
    {
        var from = new Argument<string>("from") { Description = "A file, a folder of files, or an https address." };
        var silent = new Option<bool>("--silent") { Description = "Record only; post no cards. For the first load of old months." };
        var removals = new Option<bool>("--accept-removals") { Description = "Take a document that lists less than half of what it listed before." };
        var command = new Command("import", "Reads patches from vendors' documents (MSRC's monthly release, JSON or XML).") { from, silent, removals };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            (services, token) => ImportAsync(
                services, parsed.GetRequiredValue(from), new IntakeWish(!parsed.GetValue(silent), parsed.GetValue(removals)), token),
            cancellationToken));
        return command;
    }

    private static async Task<int> ImportAsync(IServiceProvider services, string from, IntakeWish wish, CancellationToken cancellationToken)
    {
        var (opener, catalogues, intake) = (
            services.GetRequiredService<SourceOpener>(), services.GetRequiredService<PatchCatalogues>(), services.GetRequiredService<PatchIntake>());
        if (services.GetService<ChannelSeed>() is { } seed)
        {
            // The first import may come before the first start, and its cards need a channel.
            await seed.SowAsync(cancellationToken);
        }

        var refused = 0;
        await foreach (var input in opener.OpenAsync(from, cancellationToken))
        {
            await using (input)
            {
                try
                {
                    var document = await catalogues.ReadAsync(input, cancellationToken);

                    // Reading holds several times what it hands on; given back here, the two peaks do not add up.
                    GC.Collect();
                    Print(await intake.TakeAsync(document, Administrator, wish, cancellationToken));
                }
                catch (SourceFormatException fault)
                {
                    // One bad document in a folder must not keep the good ones out.
                    Console.Error.WriteLine(fault.Message);
                    refused++;
                }
            }
        }

        return refused == 0 ? 0 : CommandHost.Failed;
    }

    private static void Print(IntakeResult result)
    {
        var document = result.Document;
        Console.WriteLine(
            $"{document.Origin.Source} {document.Origin.Document}: {result.Added.Count} new, {result.Revised.Count} revised, {result.Unchanged} unchanged, "
            + $"{result.Unlisted.Count} no longer listed; {result.Posted.Count} posted");
        foreach (var (reason, count) in document.LeftOut)
        {
            Console.WriteLine($"  left out: {count} {reason}");
        }

        foreach (var (patch, changes) in result.Revised)
        {
            Console.WriteLine($"  {patch}: {string.Join("; ", changes)}");
        }
    }
}
