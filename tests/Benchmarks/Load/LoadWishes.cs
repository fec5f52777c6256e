using System.Diagnostics;
using System.Globalization;

namespace PatchBot.Benchmarks.Load;

/// <summary>What the run is asked for.</summary>
/// <param name="Against">Where another bot takes the same calls, such as <c>http://127.0.0.1:3978/api/messages</c>.</param>
/// <param name="AgainstProcess">Its process id, to measure its processor time.</param>
/// <param name="Only">The kinds whose names hold this.</param>
/// <param name="Rounds">How often each kind that records is measured.</param>
/// <param name="Connections">How many calls are under way at once.</param>
internal sealed record LoadWishes(Uri? Against, int? AgainstProcess, string Only, int Rounds, int Connections)
{
    public const string Usage = "Use: invokes or presses [--against URL [--process ID]] [--only WORDS] [--rounds COUNT] [--connections COUNT]";

    /// <returns><see langword="null"/> when they cannot be read.</returns>
    public static LoadWishes? Read(string[] words)
    {
        var read = new LoadWishes(null, null, "", 3, 16);
        for (var at = 0; at < words.Length; at++)
        {
            switch (words[at])
            {
                case "--against" when at + 1 < words.Length && Uri.TryCreate(words[at + 1], UriKind.Absolute, out var address) && address.IsLoopback:
                    (read, at) = (read with { Against = address }, at + 1);
                    break;
                case "--process" when at + 1 < words.Length && int.TryParse(words[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var id):
                    (read, at) = (read with { AgainstProcess = id }, at + 1);
                    break;
                case "--only" when at + 1 < words.Length:
                    (read, at) = (read with { Only = words[at + 1] }, at + 1);
                    break;
                case "--rounds" when at + 1 < words.Length && int.TryParse(words[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds):
                    (read, at) = (read with { Rounds = rounds }, at + 1);
                    break;
                case "--connections" when at + 1 < words.Length && int.TryParse(words[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var connections) && connections > 0:
                    (read, at) = (read with { Connections = connections }, at + 1);
                    break;
                default:
                    return null;
            }
        }

        return read;
    }

    /// <summary>What the other bot's process has used of the processors; zero where it is not known.</summary>
    public Func<TimeSpan> ProcessorTimeOfOther()
    {
        var process = AgainstProcess is { } id ? Process.GetProcessById(id) : null;
        return () =>
        {
            process?.Refresh();
            return process?.TotalProcessorTime ?? TimeSpan.Zero;
        };
    }
}
