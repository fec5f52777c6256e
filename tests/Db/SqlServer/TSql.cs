using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PatchBot.Tests.Db.SqlServer;

/// <summary>T-SQL in the grammar of SQL Server 2019, the oldest that PatchBot supports.</summary>
internal static class TSql
{
    /// <exception cref="Xunit.Sdk.XunitException">It does not follow the grammar.</exception>
    public static TSqlScript Parse(string text)
    {
        var parsed = new TSql150Parser(initialQuotedIdentifiers: true, SqlEngineType.Standalone).Parse(new StringReader(text), out var errors);
        Assert.True(errors.Count == 0, string.Join('\n', errors.Select(error => $"{error.Line},{error.Column}: {error.Message}").Append(text)));
        return (TSqlScript)parsed;
    }

    public static string TextOf(TSqlFragment fragment) => string.Concat(
        fragment.ScriptTokenStream.Skip(fragment.FirstTokenIndex).Take(fragment.LastTokenIndex - fragment.FirstTokenIndex + 1).Select(token => token.Text));

    public static string Squeeze(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    public static IReadOnlyList<T> Find<T>(TSqlFragment fragment) where T : TSqlFragment
    {
        var finder = new Finder<T>();
        fragment.Accept(finder);
        return finder.Found;
    }

    private sealed class Finder<T> : TSqlFragmentVisitor where T : TSqlFragment
    {
        public List<T> Found { get; } = [];

        public override void Visit(TSqlFragment node)
        {
            if (node is T found)
            {
                Found.Add(found);
            }
        }
    }
}
