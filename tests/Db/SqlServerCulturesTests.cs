using System.Text;
using PatchBot.Db.Engines;

namespace PatchBot.Tests.Db;

public sealed class SqlServerCulturesTests
{
    [Theory]
    [InlineData("--Database:Provider=sqlserver")]
    [InlineData("--database:provider=SqlServer")]
    [InlineData("migrate --Database:Provider sqlserver")]
    [InlineData("copy-to --provider sqlserver")]
    [InlineData("copy-to --provider=sqlserver")]
    public void Given_the_engine_on_the_command_line_then_it_is_seen(string line) => Assert.True(SqlServerCultures.AreMeantBy(line.Split(' ')));

    [Theory]
    [InlineData("--Database:Provider=sqlite")]
    [InlineData("--Database:Provider")]
    [InlineData("import sqlserver")]
    public void Given_another_command_line_then_it_is_not_seen(string line) => Assert.False(SqlServerCultures.AreMeantBy(line.Split(' ')));

    [Theory]
    [InlineData("""{ "Database": { "Provider": "sqlserver" } }""")]
    [InlineData("{ // the record\n \"Urls\": \"x\", \"database\": { \"File\": \"\", \"provider\": \"SQLServer\", }, }")]
    [InlineData("""{ "Database:Provider": "sqlserver" }""")]
    [InlineData("\uFEFF{ \"Rings\": [ { \"Provider\": \"x\" } ], \"Database\": { \"Provider\": \"sqlserver\" } }")]
    public void Given_the_engine_in_a_settings_file_then_it_is_seen(string json) => Assert.True(SqlServerCultures.AreMeantBy(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("{ \"Database\": { // sqlserver\n \"Provider\": \"sqlite\", \"ConnectionString\": \"sqlserver\" } }")]
    [InlineData("""{ "Database": { "File": "x" }, "Sources": { "Provider": "sqlserver" } }""")]
    [InlineData("""{ "Database": { "Deeper": { "Provider": "sqlserver" } } }""")]
    [InlineData("{}")]
    public void Given_another_settings_file_then_it_is_not_seen(string json) => Assert.False(SqlServerCultures.AreMeantBy(Encoding.UTF8.GetBytes(json)));
}
