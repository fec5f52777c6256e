using System.IO.Compression;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using PatchBot.Core.Patches.Sources;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Benchmarks;

/// <summary>A month into a new database: reading alone, and with judging, planning and recording. The target is under 2 s.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 8)]
public class ImportBenchmark
{
    private const string RealMonth = "shared/data/sources/msrc/cvrf-json/2023-Nov.rev-2023-11-14.json.gz";

    private byte[] document = [];
    private RunningBot? bot;

    /// <summary>The real one is offered where it lies beside the checkout.</summary>
    [ParamsSource(nameof(Months))]
    public string Month { get; set; } = "";

    public static IEnumerable<string> Months => FindReal() is null ? ["made up, 150 patches"] : ["made up, 150 patches", "November 2023"];

    [GlobalSetup]
    public void Read()
    {
        if (Month.StartsWith("made up", StringComparison.Ordinal))
        {
            document = Encoding.UTF8.GetBytes(MadeUpMonth.Json(150));
            return;
        }

        using var unpacked = new MemoryStream();
        using var packed = new GZipStream(File.OpenRead(FindReal()!), CompressionMode.Decompress);
        packed.CopyTo(unpacked);
        document = unpacked.ToArray();
    }

    [IterationSetup]
    public void NewDatabase()
    {
        bot = RunningBot.StartAsync(serve: false).GetAwaiter().GetResult();
        bot.FollowAllAsync().GetAwaiter().GetResult();
    }

    [Benchmark(Baseline = true)]
    public Task<PatchDocument> ReadOnly() => bot!.ReadAsync(document);

    [Benchmark]
    public async Task<int> ReadAndRecord() => (await bot!.ImportAsync(document)).Added.Count;

    [IterationCleanup]
    public void DropDatabase() => bot!.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static string? FindReal()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, RealMonth);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
