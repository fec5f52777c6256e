using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PatchBot.Core.Patches;
using PatchBot.Core.Policy;
using PatchBot.Core.Record;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Windows;

namespace PatchBot.Host.Commands;

/// <summary>Shows which window would be suggested for a patch and why, without changing anything.</summary>
internal static class SuggestCommand
{
    public static Command Build(CommandHost host)
    {
        var patch = new Argument<string>("patch") { Description = "The patch, such as KB5032196." };
        var ring = new Option<string?>("--ring") { Description = "Only this ring; else every ring that runs it." };
        var at = new Option<DateTimeOffset?>("--at")
        {
            Description = "As if it were this time, such as 2026-11-11T08:00Z.",
            CustomParser = result => DateTimeOffset.TryParse(
                result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : Fault(result),
        };
        var json = CommandJson.Option();
        var command = new Command("suggest", "Shows the window that would be suggested for a patch, with the reasons.") { patch, ring, at, json };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            (services, token) => SuggestAsync(services, parsed.GetRequiredValue(patch), parsed.GetValue(ring), parsed.GetValue(json), token),
            cancellationToken,
            parsed.GetValue(at) is { } time ? new StoppedClock(time) : null));
        return command;
    }

    private static DateTimeOffset? Fault(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--at '{result.Tokens[0].Value}' is not a time; write it as 2026-11-11T08:00Z.");
        return null;
    }

    private static async Task<int> SuggestAsync(IServiceProvider services, string name, string? only, bool json, CancellationToken cancellationToken)
    {
        var (record, rings) = (services.GetRequiredService<IRecord>(), services.GetRequiredService<IRings>());
        if (only is not null && rings.Find(only) is null)
        {
            Console.Error.WriteLine($"There is no ring called '{only}'. Rings: {string.Join(", ", rings.All.Select(known => known.Key))}.");
            return CommandHost.Failed;
        }

        if (await record.ReadAsync((session, token) => session.Patches.FindByNameAsync(name, token), cancellationToken) is not { } patch)
        {
            Console.Error.WriteLine($"No patch called '{name}' is known. Import the document that lists it first: PatchBot import FILE.");
            return CommandHost.Failed;
        }

        var meant = rings.All.Where(ring => (only is null || rings.Find(only) == ring) && ring.Runs(patch.Facts).Count > 0).ToList();
        if (meant.Count == 0)
        {
            Console.Error.WriteLine($"{patch.Id} is for {string.Join(", ", patch.Facts.Products.Select(product => product.Name).Take(5))}; {only ?? "no ring"} runs none of it.");
            return CommandHost.Failed;
        }

        var preview = services.GetRequiredService<SuggestionPreview>();
        var suggestions = new List<(Ring Ring, PreviewedSuggestion Preview)>();
        foreach (var ring in meant)
        {
            suggestions.Add((ring, await record.ReadAsync((session, token) => preview.PreviewAsync(session, patch, ring, token), cancellationToken)));
        }

        var verdict = services.GetRequiredService<PatchPolicy>().Judge(patch, meant, services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (json)
        {
            var rows = suggestions.Select(found => Row(patch, verdict, found.Ring, found.Preview)).ToList();
            Console.WriteLine(JsonSerializer.Serialize(rows, CommandJson.Default.ListSuggestionJson));
            return 0;
        }

        Console.WriteLine($"{patch.Id}: {patch.Facts.Title}");
        Console.WriteLine(verdict.Line);
        suggestions.ForEach(found => Print(found.Ring, found.Preview));
        return 0;
    }

    private static void Print(Ring ring, PreviewedSuggestion preview)
    {
        var suggestion = preview.Suggestion;
        Console.WriteLine();
        Console.WriteLine($"{ring.Title}: {(suggestion.Window is { } window ? WindowText.Both(window, ring.Calendar) : "no usable window")}{(suggestion.InTime ? "" : " (late)")}");
        if (suggestion.Emergency is { } emergency)
        {
            Console.WriteLine($"  emergency slot: {WindowText.Both(emergency, ring.Calendar)}");
        }

        foreach (var finding in preview.Prerequisites)
        {
            Console.WriteLine($"  first: {finding}");
        }

        foreach (var reason in suggestion.Reasons)
        {
            Console.WriteLine($"  {reason}");
        }

        foreach (var passed in suggestion.PassedOver)
        {
            Console.WriteLine($"  passed over {WindowText.Local(passed.Window, ring.Calendar)}: {passed.Why}");
        }
    }

    private static SuggestionJson Row(Patch patch, Verdict verdict, Ring ring, PreviewedSuggestion preview) => new(
        patch.Id.Value,
        ring.Key,
        verdict.Line,
        Span(preview.Suggestion.Window),
        preview.Suggestion.InTime,
        preview.Deadline,
        Span(preview.Suggestion.Emergency),
        ring.Calendar.Zone,
        preview.Suggestion.Reasons,
        [.. preview.Suggestion.PassedOver.Select(passed => new RejectedJson(passed.Window.Start, passed.Window.End, passed.Why))],
        preview.Prerequisites);

    private static SpanJson? Span(MaintenanceWindow? window) => window is null ? null : new SpanJson(window.Start, window.End);

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
