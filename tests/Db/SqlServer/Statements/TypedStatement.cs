using System.Text;
using PatchBot.Db.Engines;

namespace PatchBot.Tests.Db.SqlServer.Statements;

/// <summary>A shared statement in T-SQL with the parameters that it was seen with.</summary>
/// <param name="Args">Name without <c>@</c> and declared type.</param>
public sealed record TypedStatement(string Name, string Text, IReadOnlyList<(string Name, string Type)> Args)
{
    private static readonly SqliteDialect Sqlite = new();
    private static readonly SqlServerDialect SqlServer = new();

    /// <exception cref="Xunit.Sdk.XunitException">The contracts never ran a statement, or with parameters of different types.</exception>
    internal static IReadOnlyList<TypedStatement> From(Recorder recorder) => [.. StoreStatement.Shared.Select(statement =>
    {
        var text = statement.In(SqlServer);
        var seen = recorder.Seen.GetValueOrDefault(Sqlite.Translate(statement.In(Sqlite)));
        Assert.True(seen is not null || !text.Contains('@', StringComparison.Ordinal), $"No contract runs {statement.Name}, so the types of its parameters are unknown.");
        var args = (seen?.Keys ?? []).Select(arg => (arg.Name, Type: SqlServerDialect.TypeName(arg.Type, arg.Size)))
            .Distinct().OrderBy(arg => arg.Name, StringComparer.Ordinal).ToList();
        Assert.True(
            args.Select(arg => arg.Name).Distinct().Count() == args.Count,
            $"{statement.Name} is run with different types of one parameter: {string.Join(", ", args)}. Each type would have a plan of its own.");
        return new TypedStatement(statement.Name, text, args);
    })];

    public string AsProcedure()
    {
        var procedure = new StringBuilder($"CREATE PROCEDURE patchbot.[{Name}]");
        procedure.AppendJoin(",", Args.Select(arg => $" @{arg.Name} {arg.Type}"));
        return procedure.Append(" AS\n").Append(Text).ToString();
    }
}
