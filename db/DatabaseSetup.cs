using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PatchBot.Core.Record;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;

namespace PatchBot.Db;

public static class DatabaseSetup
{
    /// <summary>Adds <see cref="IRecord"/> and <see cref="Migrator"/>, set up by the section <c>Database</c>.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services)
    {
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>()
            .AddSingleton(provider => EngineFor(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value))
            .AddSingleton<Migrator>()
            .AddSingleton<IRecord, Database>();
    }

    // The runtime loads an engine's driver with the first object that needs it: who stays with SQLite never waits for the other.
    public static ISqlEngine EngineFor(DatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.IsSqlServer ? new SqlServerEngine(options) : new SqliteEngine(options);
    }
}
