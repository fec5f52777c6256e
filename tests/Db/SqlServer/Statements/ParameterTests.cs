using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PatchBot.Tests.Db.SqlServer.Statements;

/// <summary>Parameters have the types of their columns: nothing is cut off, no column is converted, and one plan serves all values.</summary>
public sealed class ParameterTests
{
    private static readonly Dictionary<string, TableSchema> Tables =
        MigrationSchema.SqlServer.Tables.Concat(MigrationSchema.Parse(SchemaModel.MigrationTable).Tables).ToDictionary();

    [Fact]
    public async Task Given_a_parameter_that_meets_a_column_then_their_types_are_the_same()
    {
        var meetings = TypedStatement.From(await RecordedContracts.Result).SelectMany(Meetings).Distinct().ToList();
        Assert.True(meetings.Count > 200, $"Only {meetings.Count} meetings of parameter and column were found.");
        Assert.All(meetings, met => Assert.Equal(met.Column, met.Parameter));
    }

    [Theory]
    [InlineData("SELECT id FROM patchbot.patch WHERE id = @id")]
    [InlineData("UPDATE patchbot.patch SET title = @id")]
    [InlineData("INSERT INTO patchbot.inbox (platform, delivery_key) VALUES ('p', @id)")]
    [InlineData("INSERT INTO patchbot.inbox (platform, delivery_key) SELECT 'p', @id")]
    [InlineData("DELETE FROM patchbot.inbox WHERE taken_at < @id")]
    [InlineData("SELECT post.id FROM patchbot.post JOIN patchbot.channel ON channel.channel_id = post.channel_id WHERE channel.lease_until <= @id")]
    public void Given_a_parameter_of_another_size_then_the_check_finds_it(string statement)
    {
        var met = Assert.Single(Meetings(new TypedStatement("wrong", statement, [("id", "nvarchar(121)")])));
        Assert.NotEqual(met.Column, met.Parameter);
    }

    private static IEnumerable<(string Statement, string Name, string Column, string Parameter)> Meetings(TypedStatement statement)
    {
        var parsed = TSql.Parse(statement.Text);
        var tables = TSql.Find<NamedTableReference>(parsed).Select(table => table.SchemaObject.BaseIdentifier.Value).Where(Tables.ContainsKey).Distinct().ToList();
        var types = statement.Args.ToDictionary(arg => $"@{arg.Name}", arg => arg.Type);
        return
            from pair in Inserted(parsed).Concat(Set(parsed)).Concat(Compared(parsed))
            where types.ContainsKey(pair.Variable)
            select (statement.Name, pair.Variable, ColumnType(tables, pair.Column), types[pair.Variable]);
    }

    private static string ColumnType(List<string> tables, IList<Identifier> name)
    {
        var owners = name.Count > 1 ? [name[^2].Value] : tables.Where(table => Tables[table].Columns.ContainsKey(name[^1].Value)).ToList();
        return Assert.Single(owners.Select(table => Tables[table].Columns[name[^1].Value].Type).Distinct());
    }

    private static IEnumerable<(IList<Identifier> Column, string Variable)> Inserted(TSqlFragment parsed) =>
        from insert in TSql.Find<InsertSpecification>(parsed)
        let values = insert.InsertSource switch
        {
            ValuesInsertSource source => source.RowValues[0].ColumnValues,
            SelectInsertSource { Select: QuerySpecification query } => [.. query.SelectElements.Cast<SelectScalarExpression>().Select(element => element.Expression)],
            _ => [],
        }
        from pair in insert.Columns.Zip(values)
        where pair.Second is VariableReference
        select (pair.First.MultiPartIdentifier.Identifiers, ((VariableReference)pair.Second).Name);

    private static IEnumerable<(IList<Identifier> Column, string Variable)> Set(TSqlFragment parsed) =>
        from clause in TSql.Find<AssignmentSetClause>(parsed)
        from variable in TSql.Find<VariableReference>(clause.NewValue)
        where clause.NewValue is VariableReference or CoalesceExpression
        select (clause.Column.MultiPartIdentifier.Identifiers, variable.Name);

    private static IEnumerable<(IList<Identifier> Column, string Variable)> Compared(TSqlFragment parsed)
    {
        foreach (var comparison in TSql.Find<BooleanComparisonExpression>(parsed))
        {
            if (((comparison.FirstExpression as ColumnReferenceExpression) ?? comparison.SecondExpression as ColumnReferenceExpression) is { } column
                && ((comparison.FirstExpression as VariableReference) ?? comparison.SecondExpression as VariableReference) is { } variable)
            {
                yield return (column.MultiPartIdentifier.Identifiers, variable.Name);
            }
        }

        foreach (var list in TSql.Find<InPredicate>(parsed))
        {
            foreach (var variable in list.Values.OfType<VariableReference>())
            {
                yield return (((ColumnReferenceExpression)list.Expression).MultiPartIdentifier.Identifiers, variable.Name);
            }
        }
    }
}
