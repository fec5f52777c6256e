namespace PatchBot.Tests.Teams.Outbound.Stub;

/// <summary>What a request meets at the service.</summary>
internal enum WeatherKind
{
    Fine,
    Slow,
    EmptyBody,
    ThrottledForSeconds,
    ThrottledUntilDate,
    ThrottledWithoutWord,
    Conflict,
    ServerError,
    BadGateway,
    Unavailable,
    GatewayTimeout,
    Hangs,
    Cut,
}

/// <param name="Taken">What was asked is done all the same; only the answer suffers.</param>
internal readonly record struct Weather(WeatherKind Kind, bool Taken = false)
{
    public static Weather Fine { get; } = new(WeatherKind.Fine, Taken: true);

    /// <summary>A storm, the same at each run for the same seed and order of requests.</summary>
    /// <param name="share">Of requests that meet it.</param>
    public static Func<Weather> Storm(int seed, double share)
    {
        var random = new Random(seed);
        Weather[] all =
        [
            new(WeatherKind.Slow, true), new(WeatherKind.EmptyBody, true),
            new(WeatherKind.ThrottledForSeconds), new(WeatherKind.ThrottledUntilDate), new(WeatherKind.ThrottledWithoutWord),
            new(WeatherKind.Conflict), new(WeatherKind.ServerError), new(WeatherKind.Unavailable),
            new(WeatherKind.BadGateway), new(WeatherKind.BadGateway, true), new(WeatherKind.GatewayTimeout), new(WeatherKind.GatewayTimeout, true),
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
