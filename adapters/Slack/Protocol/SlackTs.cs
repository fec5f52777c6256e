using System.Globalization;

namespace PatchBot.Adapters.Slack.Protocol;

/// <summary>Slack's <c>ts</c>: a message's id within its conversation, and the time that it was written, such as <c>1795359000.000100</c>.</summary>
internal static class SlackTs
{
    /// <summary>As a bound for what is newer; no message has it.</summary>
    public static string Of(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.000000");

    /// <returns><see langword="null"/> when it is none.</returns>
    public static DateTimeOffset? Read(string? ts) =>
        decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000m
            ? DateTimeOffset.UnixEpoch + TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;

    /// <summary>Seconds have ten digits until the year 2286.</summary>
    public static bool IsNewer(string? ts, string than) => string.CompareOrdinal(ts, than) > 0;
}
