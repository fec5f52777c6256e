using PatchBot.Core;

namespace PatchBot.Tests.Core;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("Windows Server *", "Windows Server 2019 (Server Core installation)", true)]
    [InlineData("Windows Server *", "windows server 2022", true)]
    [InlineData("Windows Server *", "Windows Server", false)]
    [InlineData("Windows Server*", "Windows Server", true)]
    [InlineData("Windows Server *", "Microsoft Windows Server 2019", false)]
    [InlineData("*SQL Server*", "Microsoft SQL Server 2022 for x64-based Systems (GDR)", true)]
    [InlineData("Windows*Core*", "Windows Server 2019 (Server Core installation)", true)]
    [InlineData("*2019", "Windows Server 2019 R2 2019", true)]
    [InlineData("*", "", true)]
    [InlineData("**a**", "bab", true)]
    [InlineData("Exchange.Server ?", "ExchangexServer 1", false)]
    [InlineData("vCenter", "vCenter", true)]
    public void Given_a_pattern_then_a_star_is_any_text_and_nothing_else_is_special(string pattern, string name, bool matches) =>
        Assert.Equal(matches, new NamePattern(pattern).Matches(name));

    [Fact]
    public void Given_a_pattern_made_to_be_slow_then_it_is_answered_at_once() =>
        Assert.False(new NamePattern(string.Concat(Enumerable.Repeat("*a", 90)) + "b").Matches(new string('a', 20_000)));
}
