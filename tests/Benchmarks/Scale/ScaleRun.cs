using System.Globalization;

namespace PatchBot.Benchmarks.Scale;

/// <summary>Builds a small and a large store, asks both the same, and prints what took how long.</summary>
internal static class ScaleRun
{
    private const double Allowed = 2;

    // What the large store takes, with room for its log; measured.
    private const long BytesAPatch = 14_000;

    public static async Task<int> RunAsync(string[] wishes)
    {
        if (Read(wishes) is not var (patches, folder, keep, only))
        {
            await Console.Error.WriteLineAsync(
                $"Use: scale [--patches {1_000_000}] [--folder DIR] [--keep] [--only WORDS]; at least {ScaleSize.Least * 2} patches. A store that was kept is used again.");
            return 2;
        }

        var place = folder is null ? Directory.CreateTempSubdirectory("patchbot-scale-") : Directory.CreateDirectory(folder);
        var free = new DriveInfo(place.FullName).AvailableFreeSpace;
        if (free < patches * BytesAPatch && !File.Exists(Path.Combine(place.FullName, $"scale-{patches}.db")))
        {
            await Console.Error.WriteLineAsync($"{place} has {free >> 20:N0} MB left, and the store needs {patches * BytesAPatch >> 20:N0} MB; name another place with --folder.");
            return 2;
        }

        try
        {
            await using var small = await ScaleStore.OpenAsync(place, new ScaleSize(ScaleSize.Least), Report);
            await using var large = await ScaleStore.OpenAsync(place, new ScaleSize(patches), Report);
            return await CompareAsync(small, large, [.. Questions.All.Where(question => $"{question.Subject}: {question.Name}".Contains(only, StringComparison.Ordinal))]);
        }
        finally
        {
            if (!keep)
            {
                foreach (var file in place.EnumerateFiles("scale-*.db*"))
                {
                    file.Delete();
                }
            }
        }
    }

    private static async Task<int> CompareAsync(ScaleStore small, ScaleStore large, IReadOnlyList<Question> questions)
    {
        foreach (var store in (ScaleStore[])[small, large])
        {
            store.File.Refresh();
            await Measuring.RememberAsync(store);
            Console.WriteLine(
                $"{store.Size.Patches:N0} patches, {store.Size.InHand} of them in hand, {5L * store.Size.Patches:N0} audit entries, {store.Size.Channels:N0} channels: {store.File.Length >> 20:N0} MB");
        }

        Console.WriteLine();
        Console.WriteLine("| what | small | large | ratio | |");
        Console.WriteLine("|---|---|---|---|---|");
        var (slower, slowerCold) = (0, 0);
        foreach (var question in questions)
        {
            if (question.Before is { } before)
            {
                await before(small);
                await before(large);
            }

            slower += Print(await Measuring.WarmAsync(question, small, large));
            if (question.Cold && OperatingSystem.IsLinux())
            {
                slowerCold += Print(await Measuring.ColdAsync(question, small, large));
            }
        }

        Console.WriteLine();
        Console.WriteLine($"Beyond {Allowed:0} times: {slower} from memory, {slowerCold} from the disk.");
        return slower == 0 ? 0 : 1;
    }

    /// <returns>1 when it is slower than it may be.</returns>
    private static int Print(Measured measured)
    {
        var question = measured.Question;
        var verdict = measured.Ratio <= Allowed ? "" : question.Grows.Length > 0 ? $"grows {question.Grows}" : "slower";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {question.Subject}: {question.Name}{(measured.Cold ? ", cold" : "")} | {measured.Small:0.000} ms | {measured.Large:0.000} ms | {measured.Ratio:0.00} | {verdict} |"));
        return verdict == "slower" ? 1 : 0;
    }

    private static void Report(string step) => Console.Error.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {step}");

    private static (int Patches, string? Folder, bool Keep, string Only)? Read(string[] wishes)
    {
        var (patches, folder, keep, only) = (1_000_000, (string?)null, false, "");
        for (var at = 0; at < wishes.Length; at++)
        {
            switch (wishes[at])
            {
                case "--patches" when at + 1 < wishes.Length && int.TryParse(wishes[at + 1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out patches):
                case "--folder" when at + 1 < wishes.Length && (folder = wishes[at + 1]) is not null:
                case "--only" when at + 1 < wishes.Length && (only = wishes[at + 1]) is not null:
                    at++;
                    break;
                case "--keep":
                    keep = true;
                    break;
                default:
                    return null;
            }
        }

        return patches < ScaleSize.Least * 2 ? null : (patches, folder, keep, only);
    }
}
