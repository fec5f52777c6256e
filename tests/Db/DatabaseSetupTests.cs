using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Migrations;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public sealed class DatabaseSetupTests
{
    [Fact]
    public async Task Given_a_file_in_the_settings_then_the_record_is_kept_there()
    {
        var file = TestRecord.NewFile();
        await using (var services = Services(("Database:File", file)))
        {
            await services.GetRequiredService<Migrator>().ApplyAsync(Some.Token);
            var head = await services.GetRequiredService<IRecord>().ReadAsync((session, token) => session.Audit.HeadAsync(token), Some.Token);
            Assert.Equal(0, head.Sequence);
            Assert.True(File.Exists(file));
        }

        TestRecord.Delete(file);
    }

    [Theory]
    [InlineData("Database:Provider", "oracle", "Database:Provider is 'oracle'")]
    [InlineData("Database:File", "", "Database:File is ''")]
    [InlineData("Database:File", ":memory:", "must outlive the program")]
    [InlineData("Database:ConnectionString", "Sauce=patchbot.db", "Database:ConnectionString cannot be read")]
    [InlineData("Database:ConnectionString", "Cache=Shared", "Database:ConnectionString is ''")]
    public async Task Given_a_wrong_setting_then_the_fault_names_key_value_and_remedy(string key, string value, string fault)
    {
        await using var services = Services((key, value));
        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IRecord>());
        Assert.Contains(fault, Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build())
        .AddDatabase()
        .BuildServiceProvider();
}
