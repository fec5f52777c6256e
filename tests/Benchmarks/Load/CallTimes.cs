using System.Globalization;

namespace PatchBot.Benchmarks.Load;

/// <summary>How a number of calls went.</summary>
/// <param name="Milliseconds">Each call's time, from when it was due to its answer, shortest first.</param>
/// <param name="ProcessorTime">The called program's; zero where it is not known.</param>
/// <param name="Taken">Answers that say so.</param>
internal sealed record CallTimes(double[] Milliseconds, TimeSpan Took, TimeSpan ProcessorTime, int Taken)
{
    public double Rate => Milliseconds.Length / Took.TotalSeconds;

    public double MicrosecondsEach => ProcessorTime.TotalMicroseconds / Milliseconds.Length;

    public string Row(string what, string how) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {what} | {how} | {Rate:N0} | {At(0.5):0.0} ms | {At(0.99):0.0} ms | {(ProcessorTime > TimeSpan.Zero ? $"{MicrosecondsEach:N0} µs" : "")} | {100 * Taken / Milliseconds.Length} % |");

    private double At(double share) => Milliseconds[(int)(share * (Milliseconds.Length - 1))];
}
