using System.Reflection;

namespace PatchBot.Tests;

/// <summary>Imports only point down: host, then adapters and db, then core, then cards.</summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["PatchBot.Cards"] = [],
        ["PatchBot.Core"] = ["PatchBot.Cards"],
        ["PatchBot.Db"] = ["PatchBot.Core", "PatchBot.Cards"],
        ["PatchBot.Adapters.Sources"] = ["PatchBot.Core", "PatchBot.Cards"],
        ["PatchBot.Adapters.Wire"] = ["PatchBot.Core"],
        ["PatchBot.Adapters.Teams"] = ["PatchBot.Core", "PatchBot.Cards", "PatchBot.Adapters.Wire"],
        ["PatchBot.Adapters.Slack"] = ["PatchBot.Core", "PatchBot.Cards", "PatchBot.Adapters.Wire"],
        ["PatchBot.Adapters.WebChat"] = ["PatchBot.Core", "PatchBot.Cards"],
    };

    public static TheoryData<string> Floors => [.. Allowed.Keys];

    [Theory, MemberData(nameof(Floors))]
    public void Given_a_floor_then_it_imports_only_floors_below(string floor)
    {
        var imports = References(floor).Where(name => name.StartsWith("PatchBot", StringComparison.Ordinal));
        Assert.Empty(imports.Except(Allowed[floor]));
    }

    [Theory, InlineData("PatchBot.Cards"), InlineData("PatchBot.Core")]
    public void Given_the_rules_then_they_know_neither_web_nor_sql(string floor) =>
        Assert.DoesNotContain(References(floor), name =>
            name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name is "System.Net.Http" or "Dapper" or "System.Data.Common"
            || name.StartsWith("Microsoft.Data", StringComparison.Ordinal));

    [Fact]
    public void Given_the_built_program_then_every_floor_is_checked()
    {
        var built = Directory.GetFiles(AppContext.BaseDirectory, "PatchBot.*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => name is not "PatchBot.Tests");
        Assert.Equal(Allowed.Keys.Order(), built.Order());
    }

    private static IEnumerable<string> References(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name ?? "");
}
