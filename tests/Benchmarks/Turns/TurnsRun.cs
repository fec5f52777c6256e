using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PatchBot.Benchmarks.Scale;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Db.Engines;

namespace PatchBot.Benchmarks.Turns;

/// <summary>Presses what people press, on a store on the disk with 300 patches in hand, and prints what a turn takes.</summary>
internal static class TurnsRun
{
    private const int Turns = 1500;
    private const int Pace = 200;

    private static readonly int[] AtOnce = [1, 16, 64];

    public static async Task<int> RunAsync(string[] wishes)
    {
        var (only, folder, profiled) = ("", (string?)null, false);
        for (var at = 0; at < wishes.Length; at++)
        {
            switch (wishes[at])
            {
                case "--only" when at + 1 < wishes.Length:
                    only = wishes[++at];
                    break;
                case "--folder" when at + 1 < wishes.Length:
                    folder = wishes[++at];
                    break;
                case "--profile":
                    profiled = true;
                    break;
                default:
                    await Console.Error.WriteLineAsync("Use: turns [--only WORDS] [--folder DIR] [--profile]");
                    return 2;
            }
        }

        var place = folder is null ? Directory.CreateTempSubdirectory("patchbot-turns-") : Directory.CreateDirectory(folder);
        try
        {
            await using var store = await ScaleStore.OpenAsync(
                place, new ScaleSize(ScaleSize.Least), step => Console.Error.WriteLine(step), services => services.AddSingleton<ISqlEngine>(new MeteredEngine(Engine(services), profiled)));
            await MeasureAsync(store, only, profiled);
            return 0;
        }
        finally
        {
            foreach (var file in place.EnumerateFiles("scale-*.db*"))
            {
                file.Delete();
            }
        }
    }

    private static async Task MeasureAsync(ScaleStore store, string only, bool profiled)
    {
        var engine = (MeteredEngine)store.The<ISqlEngine>();
        var load = new TurnLoad(store.The<IConversation>(), engine);
        var presses = await Presses.ReadyAsync(store);
        await load.AtOnceAsync(await presses.MixAsync(), 4);
        Console.WriteLine("| turn | at once | turns a second | p50 | p99 | processor time a turn | commits a turn | recorded |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (name, ready) in Kinds(presses))
        {
            foreach (var atOnce in AtOnce.Where(_ => name.Contains(only, StringComparison.Ordinal)))
            {
                var events = await ready();
                if (name == Repeated)
                {
                    await load.AtOnceAsync(events, 64);
                }

                engine.TakeStatements();
                Print(name, $"{atOnce}", await load.AtOnceAsync(events, atOnce));
                if (profiled)
                {
                    Print(engine, events.Count);
                }
            }
        }

        const string Paced = "mix, with delivery";
        if (Paced.Contains(only, StringComparison.Ordinal))
        {
            using var worker = ActivatorUtilities.CreateInstance<DeliveryWorker>(store.The<IServiceProvider>());
            await worker.StartAsync(CancellationToken.None);
            var events = await presses.MixAsync();
            engine.TakeStatements();
            Print(Paced, $"{Pace}/s", await load.PacedAsync(events, Pace));
            if (profiled)
            {
                Print(engine, events.Count);
            }

            Print(Paced, "16", await load.AtOnceAsync(await presses.MixAsync(), 16));
            await worker.StopAsync(CancellationToken.None);
        }
    }

    private const string Repeated = "repeated delivery";

    private static IEnumerable<(string Name, Func<Task<IReadOnlyList<ChatEvent>>> Ready)> Kinds(Presses presses) =>
    [
        ("lab result", () => Task.FromResult(presses.LabResults(Turns))),
        ("approval", presses.ApprovalsAsync),
        ("refused", () => presses.RefusedAsync(Turns)),
        (Repeated, () => presses.RefusedAsync(Turns)),
        ("approval taken back", presses.WithdrawalsAsync),
        ("mix", presses.MixAsync),
    ];

    private static ISqlEngine Engine(IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<ISqlEngine>();
    }

    private static void Print(string name, string atOnce, TurnTimes times) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {atOnce} | {times.Turns / times.Took.TotalSeconds:N0} | {times.At(0.5):0.00} ms | {times.At(0.99):0.00} ms | {times.ProcessorTime.TotalMicroseconds / times.Turns:N0} us | {(double)times.Commits / times.Turns:0.00} | {100 * times.Recorded / times.Turns} % |"));

    private static void Print(MeteredEngine engine, int turns)
    {
        var statements = engine.TakeStatements();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{statements.Sum(one => one.Times) / (double)turns:0.0} statements a turn, {statements.Sum(one => one.Microseconds) / turns:0} us"));
        foreach (var (statement, times, microseconds) in statements.Take(50))
        {
            var text = string.Join(' ', statement.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{microseconds / turns,8:0.0} us {times / (double)turns,6:0.00} x  {text[..Math.Min(150, text.Length)]}"));
        }
    }
}
