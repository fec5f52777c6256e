using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PatchBot.Core.Policy;

/// <summary>
/// How long a patch may wait, counted from its release. Bound from the section <c>Policy</c>. Where the defaults come
/// from is told in <c>docs/policy.md</c>.
/// </summary>
public sealed class PolicyOptions
{
    public const string Section = "Policy";

    private const string Shortest = "01:00:00";
    private const string Longest = "730.00:00:00";

    /// <summary>Exploited in the wild, on a ring that is reachable from outside.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan ExploitedExposed { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Exploited in the wild, on any other ring.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan Exploited { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Critical, on a ring that is reachable from outside.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan CriticalExposed { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Critical, on any other ring.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan Critical { get; set; } = TimeSpan.FromDays(14);

    /// <summary>High, which Microsoft calls Important; also for security patches that nobody has rated.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan High { get; set; } = TimeSpan.FromDays(30);

    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan Medium { get; set; } = TimeSpan.FromDays(60);

    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan Low { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Patches that fix no security hole.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan NotSecurity { get; set; } = TimeSpan.FromDays(90);

    /// <summary>A hole that was public before its fix counts one step higher, at most critical.</summary>
    public bool RaiseDisclosed { get; set; } = true;

    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IReadOnlyList<SettingFault> Faults()
    {
        (string Name, TimeSpan Value)[] limits =
        [
            (nameof(ExploitedExposed), ExploitedExposed), (nameof(Exploited), Exploited),
            (nameof(CriticalExposed), CriticalExposed), (nameof(Critical), Critical),
            (nameof(High), High), (nameof(Medium), Medium), (nameof(Low), Low), (nameof(NotSecurity), NotSecurity),
        ];
        var shortest = TimeSpan.Parse(Shortest, CultureInfo.InvariantCulture);
        var longest = TimeSpan.Parse(Longest, CultureInfo.InvariantCulture);
        List<SettingFault> faults =
        [
            .. limits.Where(limit => limit.Value < shortest || limit.Value > longest)
                .Select(limit => Fault(limit.Name, limit.Value, "give a time from one hour (01:00:00) to two years (730.00:00:00), written days.hours:minutes:seconds")),
        ];

        // The worse must not be given more time than the less bad.
        (int Worse, int Better)[] order = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (4, 5), (5, 6)];
        faults.AddRange(order.Where(pair => limits[pair.Worse].Value > limits[pair.Better].Value)
            .Select(pair => Fault(limits[pair.Worse].Name, limits[pair.Worse].Value, $"must not be longer than {Section}:{limits[pair.Better].Name} ({limits[pair.Better].Value:c})")));
        return faults;
    }

    private static SettingFault Fault(string name, TimeSpan value, string remedy) => new($"{Section}:{name}", value.ToString("c"), remedy);
}
