using PatchBot.Tests.Support.Posts;

namespace PatchBot.Tests.Teams.Outbound.Stub;

/// <summary>The documented limits.</summary>
internal sealed class StubLimits(int requestsPerSecond, TimeProvider clock)
{
    private static readonly (int Calls, int Seconds)[] Writing = [(7, 1), (8, 2), (60, 30), (1_800, 3_600)];
    private static readonly (int Calls, int Seconds)[] Reading = [(14, 1), (16, 2), (120, 30), (3_600, 3_600)];

    public ArrivalCount Arrivals { get; } = new(clock);

    public IReadOnlyDictionary<string, int> Violations => Arrivals.Violations;

    public int Requests => Arrivals.Requests;

    public void Count(string tenant, string conversation, string operation) => Arrivals.Count(
        ($"{operation} {conversation}", operation is "members" or "channels" ? Reading : Writing),
        ($"tenant {tenant}", [(requestsPerSecond, 1)]));
}
