namespace PatchBot.Tests.Slack.Outbound.Stub;

/// <summary>What a request meets at Slack.</summary>
internal enum WeatherKind
{
    Fine,
    Slow,
    Throttled,
    ThrottledWithoutWord,
    FatalError,
    InternalError,
    Unavailable,
    ServerError,
    BadGateway,
    EmptyBody,
    Hangs,
    Cut,
}

/// <param name="Taken">What was asked is done all the same; only the answer suffers.</param>
internal readonly record struct SlackWeather(WeatherKind Kind, bool Taken = false)
{
    public static SlackWeather Fine { get; } = new(WeatherKind.Fine, Taken: true);

    /// <summary>A storm, the same at each run for the same seed and order of requests.</summary>
    /// <param name="share">Of requests that meet it.</param>
    public static Func<SlackWeather> Storm(int seed, double share)
    {
        var random = new Random(seed);
        SlackWeather[] all =
        [
            new(WeatherKind.Slow, true), new(WeatherKind.Throttled), new(WeatherKind.ThrottledWithoutWord), new(WeatherKind.Unavailable),
            new(WeatherKind.FatalError), new(WeatherKind.FatalError, true), new(WeatherKind.InternalError), new(WeatherKind.InternalError, true),
            new(WeatherKind.ServerError), new(WeatherKind.BadGateway), new(WeatherKind.BadGateway, true), new(WeatherKind.EmptyBody, true),
            new(WeatherKind.Hangs), new(WeatherKind.Hangs, true), new(WeatherKind.Cut), new(WeatherKind.Cut, true),
        ];
        return () =>
        {
            lock (random)
            {
                return random.NextDouble() < share ? all[random.Next(all.Length)] : Fine;
            }
        };
    }
}
