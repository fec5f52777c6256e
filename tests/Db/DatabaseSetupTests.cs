using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PatchBot.Core.Record;
using PatchBot.Db;
using PatchBot.Db.Engines;
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
    [InlineData("Database:Provider", "oracle", "Database:Provider = \"oracle\": ")]
    [InlineData("Database:File", "", "Database:File = \"\": ")]
    [InlineData("Database:File", ":memory:", "must outlive the program")]
    [InlineData("Database:ConnectionString", "Sauce=patchbot.db", "Database:ConnectionString = \"\": cannot be read")]
    [InlineData("Database:ConnectionString", "Cache=Shared", "Database:ConnectionString = \"\": the record")]
    [InlineData("Database:ConnectionString", "Data Source=patchbot.db;Mode=Memory", "Database:ConnectionString = \"\": has Mode=Memory in it")]
    [InlineData("Database:ConnectionString", "Data Source=patchbot.db;Mode=ReadOnly", "leave Mode out")]
    [InlineData("Database:Ledger", "true", "Database:Ledger = \"true\": ")]
    public async Task Given_a_wrong_setting_then_the_fault_names_key_value_and_remedy(string key, string value, string fault)
    {
        await using var services = Services((key, value));
        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IRecord>());
        Assert.Contains(fault, Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "has no Server=")]
    [InlineData("Server=sql01;User ID=bot;Password=geheim", "has no Database=")]
    [InlineData("Server=sql01;Database=patchbot;Authentication=Active Directory Managed Identity;Password=geheim", "cannot sign in through Microsoft Entra")]
    [InlineData("Server=sql01;Database=patchbot;Encrypt=perhaps;Password=geheim", "cannot be read")]
    public async Task Given_a_server_that_is_not_fully_named_then_the_fault_says_so_without_the_password(string connectionString, string fault)
    {
        await using var services = Services(("Database:Provider", "sqlserver"), ("Database:ConnectionString", connectionString));
        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IRecord>());
        Assert.Contains(fault, Assert.Single(refused.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_server_in_the_settings_then_messages_name_it_without_the_password()
    {
        await using var services = Services(
            ("Database:Provider", "SqlServer"), ("Database:ConnectionString", "Server=sql01,1433;Database=patchbot;User ID=bot;Password=geheim"));
        var engine = services.GetRequiredService<ISqlEngine>();
        Assert.Equal(("sqlserver", "'patchbot' on sql01,1433"), (engine.Name, engine.DisplayName));
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build())
        .AddDatabase()
        .BuildServiceProvider();
}
