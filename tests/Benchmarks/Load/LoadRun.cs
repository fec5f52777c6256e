using System.Globalization;

namespace PatchBot.Benchmarks.Load;

/// <summary>How much is in hand and called for.</summary>
internal static class LoadSize
{
    public const int Patches = 900, AtOnce = 4_000, Pace = 200;

    public static List<TCall> Many<TCall>(int count, Func<int, TCall> make) => [.. Enumerable.Range(0, count).Select(make)];
}

/// <summary>
/// Kinds of calls to the program in a process of its own, several at once, then a mix at a fixed pace. Another bot can be
/// driven by the same calls, in turns with this one, so that whatever else the machine does meets both.
/// </summary>
/// <param name="other">The other bot's load.</param>
internal sealed class LoadRun<TCall>(LoadWishes wishes, CallLoad<TCall> own, CallLoad<TCall>? other)
{
    private const string Mix = "mix";

    /// <param name="labs">Makes so many lab results.</param>
    /// <param name="recorded">Kinds of calls that are recorded, measured in rounds.</param>
    /// <param name="unrecorded">Kinds that are not.</param>
    public async Task RunAsync(
        ServedBot bot,
        Func<int, List<TCall>> labs,
        IReadOnlyList<(string Name, Func<Task<List<TCall>>> Ready)> recorded,
        IReadOnlyList<(string Name, Func<Task<List<TCall>>> Ready)> unrecorded,
        Func<Task<List<TCall>>> mix)
    {
        Console.WriteLine("| call | how | answered a second | p50 | p99 | processor time of the program, each | taken |");
        Console.WriteLine("|---|---|---|---|---|---|---|");

        // Programs that compile as they run are compared once they have, each kind of call for itself.
        await bot.ApprovalsAsync(LoadSize.Patches);
        foreach (var (name, ready) in recorded.Where(kind => IsWanted(kind.Name)))
        {
            Print($"{name}, the first", await own.RunAsync(await ready(), wishes.Connections));
        }

        if (other is not null)
        {
            await other.RunAsync(labs(LoadSize.AtOnce), wishes.Connections);
        }

        for (var round = 0; round < wishes.Rounds; round++)
        {
            var without = other is null ? null : Print("the other bot", await other.RunAsync(labs(LoadSize.AtOnce), wishes.Connections));
            foreach (var (name, ready) in recorded.Where(kind => IsWanted(kind.Name)))
            {
                Compare(without, Print(name, await own.RunAsync(await ready(), wishes.Connections)));
            }
        }

        foreach (var (name, ready) in unrecorded.Where(kind => IsWanted(kind.Name)))
        {
            Print(name, await own.RunAsync(await ready(), wishes.Connections));
        }

        if (IsWanted(Mix))
        {
            Console.WriteLine((await own.RunAsync(await mix(), wishes.Connections, LoadSize.Pace)).Row(Mix, $"{LoadSize.Pace} a second"));
        }
    }

    private bool IsWanted(string kind) => kind.Contains(wishes.Only, StringComparison.Ordinal);

    private CallTimes Print(string what, CallTimes times)
    {
        Console.WriteLine(times.Row(what, $"{wishes.Connections} at once"));
        return times;
    }

    private static void Compare(CallTimes? without, CallTimes recorded)
    {
        if (without is not null)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {recorded.Rate / without.Rate:0.00} times as many a second"));
        }
    }
}
