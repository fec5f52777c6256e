using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PatchBot.Tests.Db.SqlServer.Statements;

/// <summary>SQL stands in classes named <c>Sql</c>, whole, and no value is ever put into it.</summary>
public sealed partial class SqlSourceTests
{
    // A script is for a person to read and run; its numbers, names and hashes are the program's own.
    private static readonly string[] ForPrinting = ["Migrator.cs: INSERT INTO patchbot.schema_migration"];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Source(), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Source(), file))];

    [Theory, MemberData(nameof(Files))]
    public void Given_a_source_file_then_its_sql_stands_in_its_class_sql(string file) =>
        Assert.Empty(Outside(Path.GetFileName(file), File.ReadAllText(Path.Combine(Source(), file))));

    [Theory, MemberData(nameof(Files))]
    public void Given_a_class_of_sql_then_it_takes_in_nothing_but_fragments(string file) =>
        Assert.Empty(TakenIn(File.ReadAllText(Path.Combine(Source(), file))));

    [Fact]
    public void Given_the_whole_source_then_commands_get_their_text_in_few_places()
    {
        var places = Files.Select(row => row.Data).Where(file => File.ReadAllText(Path.Combine(Source(), file)).Contains("CommandText =", StringComparison.Ordinal));
        Assert.Equal(["ServerTraits.cs", "SqlServerEngine.cs", "SqlSession.cs", "SqliteEngine.cs"], places.Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""var rows = await sql.ListAsync<Row>("SELECT id FROM patchbot.patch", args, token);""")]
    [InlineData("""command.CommandText = $"DELETE FROM inbox WHERE id = {id}";""")]
    public void Given_sql_elsewhere_then_the_check_finds_it(string line) => Assert.Single(Outside("Store.cs", line));

    [Theory]
    [InlineData("""public static string Find(string id) => $"SELECT title FROM patchbot.patch WHERE id = '{id}'";""")]
    [InlineData("""public static string Find(string id) => "SELECT title FROM patchbot.patch WHERE id = '" + id + "'";""")]
    [InlineData("""public static string Find(string id) => string.Format("SELECT title FROM patchbot.patch WHERE id = '{0}'", id);""")]
    [InlineData("""public static string Find(string id) => string.Concat("SELECT title FROM patchbot.patch WHERE id = ", id);""")]
    public void Given_sql_that_is_built_from_a_value_then_the_check_finds_it(string member) =>
        Assert.NotEmpty(TakenIn($"private static class Sql\n{{\n    {member}\n}}"));

    private static IEnumerable<string> Outside(string file, string source)
    {
        var start = SqlClass().Match(source) is { Success: true } found ? found.Index : source.Length;
        return Statement().Matches(Comment().Replace(source[..start], "")).Select(match => $"{file}: {match.Value.Trim('"', '$', ' ')}").Except(ForPrinting);
    }

    private static IEnumerable<string> TakenIn(string source)
    {
        if (SqlClass().Match(source) is not { Success: true } found)
        {
            return [];
        }

        var body = source[found.Index..];
        return
        [
            .. Hole().Matches(body).Select(match => match.Value).Where(hole => !Fragment().IsMatch(hole)),
            .. Joined().Matches(body).Select(match => match.Value),
        ];
    }

    private static string Source([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "db"));

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(private|internal) static class Sql\b")]
    private static partial Regex SqlClass();

    [GeneratedRegex("""(?<=["\s])(SELECT|INSERT INTO|UPDATE|DELETE FROM|MERGE|EXEC|ALTER|DROP) +(?!TABLE)[\w.@*]+""")]
    private static partial Regex Statement();

    [GeneratedRegex(@"\{[^{}\n]+\}")]
    private static partial Regex Hole();

    [GeneratedRegex("""^\{(dialect\.\w+(\(.*\))?|table\.(Name|Columns|Parameters|Key)|[A-Z]\w+|patience)\}$""")]
    private static partial Regex Fragment();

    [GeneratedRegex("""("\s*\+\s*[^"\s])|([^"\s]\s*\+\s*")|string\.(Format|Concat|Join)|\.Replace\(""")]
    private static partial Regex Joined();
}
