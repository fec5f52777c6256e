using Microsoft.Extensions.DependencyInjection;

namespace PatchBot.Adapters.Wire;

public static class WireServices
{
    /// <summary>What every platform outside needs; added once, however many ask for it.</summary>
    public static IServiceCollection AddWire(this IServiceCollection services) =>
        services.Any(service => service.ServiceType == typeof(BackgroundTurns))
            ? services
            : services
                .AddSingleton<UnrecordedLog>()
                .AddSingleton<BackgroundTurns>()
                .AddHostedService(provider => provider.GetRequiredService<BackgroundTurns>());
}
