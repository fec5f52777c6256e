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
            .AddSingleton<ISqlEngine>(provider => new SqliteEngine(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value))
            .AddSingleton<Migrator>()
            .AddSingleton<IRecord, Database>();
    }
}
