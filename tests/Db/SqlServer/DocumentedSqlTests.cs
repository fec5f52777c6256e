using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PatchBot.Tests.Db.SqlServer;

public sealed partial class DocumentedSqlTests
{
    [Fact]
    public void Given_the_sql_that_a_dba_is_told_to_run_then_it_follows_the_grammar()
    {
        var blocks = Block().Matches(File.ReadAllText(Page())).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => TSql.Parse(block));
    }

    private static string Page([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "sql-server.md");

    [GeneratedRegex("^```sql\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
