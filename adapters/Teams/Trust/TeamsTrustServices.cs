using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace PatchBot.Adapters.Teams.Trust;

internal static class TeamsTrustServices
{
    /// <summary>
    /// Adds <see cref="ICallerCheck"/> and <see cref="IServiceTokens"/>. Needs the options <see cref="TeamsOptions"/> without
    /// faults, <see cref="Microsoft.Extensions.Hosting.IHostEnvironment"/> and logging.
    /// </summary>
    public static IServiceCollection AddTeamsTrust(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EmulatorDoor>();
        services.AddHostedService(provider => provider.GetRequiredService<EmulatorDoor>());
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<TokenCheck>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<ICallerCheck, CallerCheck>();
        services.AddSingleton<TrustedHosts>();
        services.AddSingleton<ITokenIssuer, EntraTokens>();
        return services.AddSingleton<IServiceTokens, ServiceTokens>();
    }
}
