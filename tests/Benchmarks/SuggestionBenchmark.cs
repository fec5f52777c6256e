using BenchmarkDotNet.Attributes;
using PatchBot.Core.Windows;

namespace PatchBot.Benchmarks;

/// <summary>Suggestions for 500 rings over 90 days, all together; the target is under 200 ms.</summary>
[MemoryDiagnoser]
public class SuggestionBenchmark
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 18, 0, 0, TimeSpan.Zero);

    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"];

    private static readonly string[] Rules =
    [
        "FREQ=WEEKLY;BYDAY=SA", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "FREQ=MONTHLY;BYDAY=3SA", "FREQ=DAILY",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=11,12,13,14,15,16,17",
    ];

    private readonly List<SuggestionRequest> requests = [];

    /// <summary>Whether a freeze takes the whole horizon, so that every occurrence in it is looked at and passed over.</summary>
    [Params(false, true)]
    public bool Frozen { get; set; }

    /// <summary>Year that the rules began in.</summary>
    [Params(1995, 2026)]
    public int Since { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var freeze = new Freeze(new MaintenanceWindow(Now, Now.AddDays(100)), "Merger");
        for (var index = 0; index < 500; index++)
        {
            var ring = new Ring
            {
                Key = $"ring-{index}",
                Title = $"Ring {index}",
                Products = ["*"],
                Calendar = new RingCalendar(
                    Rules[index % Rules.Length], new DateTime(Since, 1, 1, 20, 0, 0), Zones[index / 5 % Zones.Length], TimeSpan.FromHours(4)),
                Freezes = Frozen ? [freeze] : [],
                LabTime = TimeSpan.FromDays(2),
                Notice = TimeSpan.FromDays(1),
            };
            requests.Add(new SuggestionRequest(ring, Now, Now.AddDays(14), "exploited, 14 days from release"));
        }
    }

    [Benchmark]
    public int FiveHundredRings() => requests.Sum(request => WindowSuggester.Suggest(request).PassedOver.Count);
}
