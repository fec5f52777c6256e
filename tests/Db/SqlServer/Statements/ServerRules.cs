using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PatchBot.Tests.Db.SqlServer.Statements;

/// <summary>What a server refuses, or does otherwise than meant, though grammar and names are right.</summary>
internal static class ServerRules
{
    private const string KeyCollation = "Latin1_General_100_BIN2";

    private static readonly HashSet<string> Triggered =
    [
        .. MigrationSchema.SqlServer.Definitions.SelectMany(definition => TSql.Find<CreateTriggerStatement>(TSql.Parse(definition)))
            .Select(trigger => trigger.TriggerObject.Name.BaseIdentifier.Value),
    ];

    public static IReadOnlyList<string> Faults(string statement)
    {
        var parsed = TSql.Parse(statement);
        return [.. OutputBesideTrigger(parsed), .. HeldWithoutKey(parsed), .. ComparedByTheDatabasesCollation(parsed)];
    }

    /// <summary>A batch is compiled as a whole, before it has added the column.</summary>
    public static IEnumerable<string> UsedBeforeItIsThere(TSqlBatch batch)
    {
        var added = new HashSet<string>();
        foreach (var statement in batch.Statements)
        {
            var used = statement is DataModificationStatement or SelectStatement
                ? TSql.Find<ColumnReferenceExpression>(statement).Where(column => column.MultiPartIdentifier is not null)
                : [];
            foreach (var column in used.Select(column => column.MultiPartIdentifier.Identifiers[^1].Value).Where(added.Contains))
            {
                yield return $"{column} is used in the batch that adds it.";
            }

            if (statement is AlterTableAddTableElementStatement alter)
            {
                added.UnionWith(alter.Definition.ColumnDefinitions.Select(column => column.ColumnIdentifier.Value));
            }
        }
    }

    // Error 334.
    private static IEnumerable<string> OutputBesideTrigger(TSqlFragment statement) =>
        from change in TSql.Find<DataModificationSpecification>(statement)
        where change.OutputClause is not null && change.Target is NamedTableReference
        let table = ((NamedTableReference)change.Target).SchemaObject.BaseIdentifier.Value
        where Triggered.Contains(table)
        select $"{table} has triggers, so nothing can be given back from it.";

    // HOLDLOCK keeps what was read: a key, where the statement names a whole one, and else as much as was walked through.
    private static IEnumerable<string> HeldWithoutKey(TSqlFragment statement)
    {
        foreach (var (table, search) in Held(statement))
        {
            var equal = Equal(search).ToHashSet();
            var columns = equal.Select(pair => pair.Column).ToHashSet();
            var schema = MigrationSchema.SqlServer.Tables[table];
            var keys = schema.UniqueKeys.Append(schema.PrimaryKey).Select(key => (Key: key, Filter: ""))
                .Concat(schema.Indexes.Where(index => index.IsUnique).Select(index => (index.Key, index.Filter)));
            if (!keys.Any(key => columns.IsSupersetOf(key.Key.Split(", ")) && Implies(equal, key.Filter)))
            {
                yield return $"{table} is held, but by no key of its own.";
            }
        }
    }

    private static IEnumerable<(string Table, BooleanExpression? Search)> Held(TSqlFragment statement) =>
        from holder in TSql.Find<QuerySpecification>(statement).Select(query => (Tables: query.FromClause?.TableReferences ?? [], Search: query.WhereClause?.SearchCondition))
            .Concat(TSql.Find<UpdateSpecification>(statement).Select(update => (Tables: (IList<TableReference>)[update.Target], Search: update.WhereClause?.SearchCondition)))
        from table in holder.Tables.OfType<NamedTableReference>()
        where table.TableHints.Any(hint => hint.HintKind is TableHintKind.HoldLock or TableHintKind.Serializable)
        select (table.SchemaObject.BaseIdentifier.Value, holder.Search);

    private static IEnumerable<(string Column, string Value)> Equal(BooleanExpression? search) => search switch
    {
        BooleanBinaryExpression { BinaryExpressionType: BooleanBinaryExpressionType.And } both => Equal(both.FirstExpression).Concat(Equal(both.SecondExpression)),
        BooleanComparisonExpression { ComparisonType: BooleanComparisonType.Equals, FirstExpression: ColumnReferenceExpression column } equal =>
            [(column.MultiPartIdentifier.Identifiers[^1].Value, TSql.TextOf(equal.SecondExpression))],
        _ => [],
    };

    // What is equal to something is not null.
    private static bool Implies(IEnumerable<(string Column, string Value)> equal, string filter) =>
        filter.Length == 0 || equal.Any(pair => filter == $"{pair.Column}ISNOTNULL" || filter == $"{pair.Column}={pair.Value}");

    // What comes out of JSON, or is put together in a list, has the database's collation; beside a key's, neither wins (error 468).
    private static IEnumerable<string> ComparedByTheDatabasesCollation(TSqlFragment statement) =>
        from list in TSql.Find<InPredicate>(statement)
        where list.Subquery?.QueryExpression is QuerySpecification query
            && !query.SelectElements.OfType<SelectScalarExpression>().All(element => element.Expression is ColumnReferenceExpression column
                && (column.Collation?.Value == KeyCollation || !query.FromClause.TableReferences.Any(table => table is OpenJsonTableReference)))
        select $"{TSql.TextOf(list)} compares by the database's collation.";
}
