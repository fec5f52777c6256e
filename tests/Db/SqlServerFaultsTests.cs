using PatchBot.Db.Engines;

namespace PatchBot.Tests.Db;

public sealed class SqlServerFaultsTests
{
    [Theory]
    [InlineData(1205), InlineData(1222), InlineData(3960), InlineData(2627), InlineData(40613), InlineData(10054), InlineData(18401), InlineData(-2)]
    public void Given_a_fault_that_passes_then_the_transaction_is_run_again(int number) => Assert.True(SqlServerFaults.IsTransient(number));

    [Theory]
    [InlineData(547), InlineData(515), InlineData(207), InlineData(102), InlineData(18456), InlineData(229), InlineData(9002)]
    public void Given_a_bug_or_a_fault_that_stays_then_it_is_surfaced(int number) => Assert.False(SqlServerFaults.IsTransient(number));

    [Theory]
    [InlineData(208, "PatchBot migrate")]
    [InlineData(208, "compatibility level")]
    [InlineData(229, "migrate --rights")]
    [InlineData(262, "migrate --script")]
    [InlineData(18456, "user and password")]
    [InlineData(4060, "Database=")]
    [InlineData(9002, "back up the log")]
    [InlineData(3906, "primary replica")]
    public void Given_a_fault_of_the_server_then_its_remedy_is_named(int number, string remedy) =>
        Assert.Contains(remedy, SqlServerFaults.Remedy(number), StringComparison.Ordinal);

    [Theory, InlineData(547), InlineData(2627), InlineData(207)]
    public void Given_a_bug_then_nothing_is_explained_away(int number) => Assert.Null(SqlServerFaults.Remedy(number));
}
