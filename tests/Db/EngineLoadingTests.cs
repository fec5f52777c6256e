using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

/// <summary>Who stays with SQLite does not wait for the other engine's driver to load.</summary>
public sealed class EngineLoadingTests
{
    private const string Driver = "Microsoft.Data.SqlClient";

    [Fact]
    public async Task Given_sqlite_then_the_driver_of_sql_server_is_not_loaded()
    {
        await using var record = await TestRecord.CreateAsync();
        var loads = new Loads();
        await using var services = Services(loads, ("Database:File", record.File));
        await services.GetRequiredService<IRecord>().ReadAsync((session, token) => session.Audit.HeadAsync(token), Some.Token);
        Assert.Contains("Microsoft.Data.Sqlite", loads.Asked);
        Assert.DoesNotContain(Driver, loads.Asked);
    }

    [Fact]
    public async Task Given_sql_server_then_it_is()
    {
        var loads = new Loads();
        await using var services = Services(loads, ("Database:Provider", "sqlserver"), ("Database:ConnectionString", "Server=sql01;Database=patchbot"));
        services.GetRequiredService<IRecord>();
        Assert.Contains(Driver, loads.Asked);
    }

    private static ServiceProvider Services(Loads loads, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build());
        loads.LoadFromAssemblyPath(typeof(DatabaseSetup).Assembly.Location)
            .GetType(typeof(DatabaseSetup).FullName!)!
            .GetMethod(nameof(DatabaseSetup.AddDatabase))!
            .Invoke(null, [services]);
        return services.BuildServiceProvider();
    }

    /// <summary>Loads the floor once more, and hears what it asks for; that comes from where it is loaded already.</summary>
    private sealed class Loads : AssemblyLoadContext
    {
        public List<string?> Asked { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Asked.Add(assemblyName.Name);
            return null;
        }
    }
}
