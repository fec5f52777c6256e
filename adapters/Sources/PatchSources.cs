using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Sources.Msrc;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Core.Patches.Sources;

namespace PatchBot.Adapters.Sources;

public static class PatchSources
{
    /// <summary>Registers every patch source: a new one is a folder here and its lines below.</summary>
    public static IServiceCollection AddPatchSources(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<OpeningOptions>().BindConfiguration(OpeningOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OpeningOptions>, OpeningOptionsValidator>();
        services.AddSingleton<SourceHttp>();
        services.AddSingleton<SourceOpener>();
        services.AddSingleton<PatchCatalogues>();
        return services.AddMsrc();
    }

    private static IServiceCollection AddMsrc(this IServiceCollection services)
    {
        services.AddOptions<MsrcOptions>().BindConfiguration(MsrcOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MsrcOptions>, MsrcOptionsValidator>();
        services.AddSingleton<IPatchCatalogue, MsrcCatalogue>();
        services.AddSingleton<ICatalogueFeed, MsrcFeed>();
        return services;
    }
}
