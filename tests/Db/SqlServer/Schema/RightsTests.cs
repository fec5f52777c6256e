using Microsoft.SqlServer.TransactSql.ScriptDom;
using PatchBot.Db.Engines;
using PatchBot.Db.Migrations;
using PatchBot.Tests.Db.SqlServer.Statements;

namespace PatchBot.Tests.Db.SqlServer;

public sealed class RightsTests
{
    private static readonly SqlServerDialect Dialect = new();

    [Fact]
    public void Given_every_statement_of_the_stores_then_the_bot_has_the_rights_for_them_and_no_others()
    {
        var needed = StoreStatement.Shared.Select(statement => TSql.Parse(statement.In(Dialect))).SelectMany(Needs)
            .Where(need => need is not ("schema_migration", "INSERT"))
            .Distinct().Order().ToList();
        Assert.Equal(needed, Granted().Distinct().Order());
    }

    [Fact]
    public void Given_the_audit_then_changing_and_deleting_are_denied_whatever_other_role_allows_them()
    {
        var denied = TSql.Find<DenyStatement>(TSql.Parse(RightsScript.For("sqlserver")!)).SelectMany(Pairs).ToList();
        Assert.Contains(("audit_entry", "UPDATE"), denied);
        Assert.Contains(("audit_entry", "DELETE"), denied);
        Assert.Contains(("audit_entry", "ALTER"), denied);
        Assert.Contains(("audit_head", "DELETE"), denied);
    }

    private static IEnumerable<(string Table, string Right)> Granted() => TSql.Find<GrantStatement>(TSql.Parse(RightsScript.For("sqlserver")!))
        .Where(grant => grant.Principals.Any(principal => principal.Identifier.Value == "patchbot_bot"))
        .SelectMany(Pairs);

    private static IEnumerable<(string Table, string Right)> Pairs(SecurityStatement statement) =>
        from permission in statement.Permissions
        select (statement.SecurityTargetObject.ObjectName.MultiPartIdentifier.Identifiers[^1].Value, permission.Identifiers[0].Value.ToUpperInvariant());

    private static IEnumerable<(string Table, string Right)> Needs(TSqlScript statement)
    {
        foreach (var table in TSql.Find<NamedTableReference>(statement))
        {
            var name = table.SchemaObject.BaseIdentifier.Value;
            if (TSql.Find<DataModificationSpecification>(statement).SingleOrDefault(change => change.Target == table) is { } changed)
            {
                yield return (name, changed switch { InsertSpecification => "INSERT", UpdateSpecification => "UPDATE", _ => "DELETE" });
                if (changed is InsertSpecification)
                {
                    continue;
                }
            }

            // A WHERE reads, and so does OUTPUT.
            yield return (name, "SELECT");
        }

        foreach (var insert in TSql.Find<InsertSpecification>(statement).Where(insert => insert.OutputClause is not null))
        {
            yield return (((NamedTableReference)insert.Target).SchemaObject.BaseIdentifier.Value, "SELECT");
        }
    }
}
