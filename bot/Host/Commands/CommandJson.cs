using System.CommandLine;
using System.Text.Json.Serialization;

namespace PatchBot.Host.Commands;

/// <param name="Start">UTC.</param>
/// <param name="End">UTC.</param>
/// <param name="Frozen">The freeze's reason; absent when the window can be used.</param>
internal sealed record WindowJson(string Ring, DateTimeOffset Start, DateTimeOffset End, string Zone, string? Frozen);

/// <param name="Window">The suggestion; absent when the calendar has no usable window.</param>
/// <param name="Emergency">A slot outside the calendar, when no window is in time.</param>
internal sealed record SuggestionJson(
    string Patch,
    string Ring,
    string Verdict,
    SpanJson? Window,
    bool InTime,
    DateTimeOffset Deadline,
    SpanJson? Emergency,
    string Zone,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<RejectedJson> Rejected,
    IReadOnlyList<string> Prerequisites);

internal sealed record SpanJson(DateTimeOffset Start, DateTimeOffset End);

internal sealed record RejectedJson(DateTimeOffset Start, DateTimeOffset End, string Why);

/// <summary>What the commands print with <c>--json</c>; times are UTC.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<WindowJson>))]
[JsonSerializable(typeof(List<SuggestionJson>))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    public static Option<bool> Option() => new("--json") { Description = "Print JSON, for programs." };
}
