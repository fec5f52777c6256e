using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PatchBot.Benchmarks.Scale;

/// <summary>Medians, in milliseconds.</summary>
internal sealed record Measured(Question Question, bool Cold, double Small, double Large)
{
    public double Ratio => Large / Small;
}

/// <summary>Asks both stores in turns, so that whatever else the machine does hits both alike.</summary>
internal static partial class Measuring
{
    private const int WarmUp = 5;
    private const int ColdTimes = 15;

    public static async Task<Measured> WarmAsync(Question question, ScaleStore small, ScaleStore large)
    {
        for (var n = 0; n < Math.Min(WarmUp, question.Times / 3); n++)
        {
            await AskAsync(question, small, n);
            await AskAsync(question, large, n);
        }

        return await InTurnsAsync(question, cold: false, question.Times, small, large);
    }

    /// <summary>Each time after connections were closed and the file's pages were dropped from memory.</summary>
    public static async Task<Measured> ColdAsync(Question question, ScaleStore small, ScaleStore large)
    {
        var measured = await InTurnsAsync(question, cold: true, ColdTimes, small, large);
        await RememberAsync(small);
        await RememberAsync(large);
        return measured;
    }

    /// <summary>Reads the file once, so that the system has it in memory, if it fits.</summary>
    public static async Task RememberAsync(ScaleStore store)
    {
        await using var file = new FileStream(store.File.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20, FileOptions.SequentialScan);
        await file.CopyToAsync(Stream.Null);
    }

    private static async Task<Measured> InTurnsAsync(Question question, bool cold, int times, ScaleStore small, ScaleStore large)
    {
        var (ofSmall, ofLarge) = (new List<double>(), new List<double>());
        for (var n = 0; n < times; n++)
        {
            var turns = new[] { (Store: small, Into: ofSmall), (Store: large, Into: ofLarge) };
            foreach (var (store, into) in n % 2 == 0 ? turns : turns.Reverse())
            {
                into.Add(await AskAsync(question, store, WarmUp + n, cold));
            }
        }

        return new Measured(question, cold, Median(ofSmall), Median(ofLarge));
    }

    private static async Task<double> AskAsync(Question question, ScaleStore store, int n, bool cold = false)
    {
        var ask = await question.Ready(store, n);
        if (cold)
        {
            Forget(store);
        }

        var started = Stopwatch.GetTimestamp();
        await ask();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static void Forget(ScaleStore store)
    {
        store.CloseIdle();
        foreach (var file in store.File.Directory!.EnumerateFiles($"{store.File.Name}*"))
        {
            using var open = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (Advise((int)open.SafeFileHandle.DangerousGetHandle(), 0, 0, DoNotNeed) != 0)
            {
                throw new InvalidOperationException($"{file} stays in memory.");
            }
        }
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times.Count % 2 == 1 ? times[times.Count / 2] : (times[times.Count / 2 - 1] + times[times.Count / 2]) / 2;
    }

    private const int DoNotNeed = 4;

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(int file, long offset, long length, int advice);
}
