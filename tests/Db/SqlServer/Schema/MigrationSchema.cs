using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PatchBot.Tests.Db.SqlServer;

/// <summary>What a migration makes, as its text says.</summary>
/// <param name="Tables">In the order in which they are made.</param>
/// <param name="Definitions">Every statement that makes something, whole.</param>
internal sealed record MigrationSchema(
    IReadOnlyDictionary<string, TableSchema> Tables, IReadOnlyList<string> Views, IReadOnlyList<string> Definitions)
{
    /// <exception cref="Xunit.Sdk.XunitException">It is not T-SQL of SQL Server 2019.</exception>
    public static MigrationSchema Parse(string migration)
    {
        var statements = TSql.Parse(migration).Batches.SelectMany(batch => batch.Statements).ToList();
        var tables = new Dictionary<string, TableSchema>();
        foreach (var made in statements.OfType<CreateTableStatement>())
        {
            tables.Add(made.SchemaObjectName.BaseIdentifier.Value, TableSchema.Of(made));
        }

        foreach (var index in statements.OfType<CreateIndexStatement>())
        {
            tables[index.OnName.BaseIdentifier.Value].Indexes.Add(IndexSchema.Of(index));
        }

        return new MigrationSchema(
            tables,
            [.. statements.OfType<CreateViewStatement>().Select(view => view.SchemaObjectName.BaseIdentifier.Value)],
            [.. statements.Where(statement => statement is not InsertStatement).Select(TSql.TextOf)]);
    }
}

/// <param name="Columns">Type as it is declared, without collation.</param>
/// <param name="Checks">By name, without blanks.</param>
/// <param name="References">As <c>columns → table (columns)</c>.</param>
internal sealed record TableSchema(
    IReadOnlyDictionary<string, ColumnSchema> Columns,
    string PrimaryKey,
    IReadOnlySet<string> UniqueKeys,
    IReadOnlyDictionary<string, string> Checks,
    IReadOnlySet<string> References)
{
    public List<IndexSchema> Indexes { get; } = [];

    public static TableSchema Of(CreateTableStatement made)
    {
        var constraints = made.Definition.TableConstraints;
        Assert.All(constraints, constraint => Assert.NotNull(constraint.ConstraintIdentifier));
        Assert.All(made.Definition.ColumnDefinitions, column => Assert.All(column.Constraints, constraint => Assert.IsType<NullableConstraintDefinition>(constraint)));
        var keys = constraints.OfType<UniqueConstraintDefinition>().ToList();
        return new TableSchema(
            made.Definition.ColumnDefinitions.ToDictionary(column => column.ColumnIdentifier.Value, ColumnSchema.Of),
            Names(keys.Single(key => key.IsPrimaryKey).Columns),
            keys.Where(key => !key.IsPrimaryKey).Select(key => Names(key.Columns)).ToHashSet(),
            constraints.OfType<CheckConstraintDefinition>().ToDictionary(check => check.ConstraintIdentifier.Value, check => TSql.Squeeze(TSql.TextOf(check.CheckCondition))),
            constraints.OfType<ForeignKeyConstraintDefinition>()
                .Select(key => $"{Names(key.Columns)} → {key.ReferenceTableName.BaseIdentifier.Value} ({Names(key.ReferencedTableColumns)})").ToHashSet());
    }

    public static string Names(IEnumerable<ColumnWithSortOrder> columns) => string.Join(", ", columns.Select(column => column.Column.MultiPartIdentifier.Identifiers[^1].Value));

    private static string Names(IEnumerable<Identifier> columns) => string.Join(", ", columns.Select(column => column.Value));
}

/// <param name="Type">Such as <c>nvarchar(120)</c>.</param>
internal sealed record ColumnSchema(string Type, bool IsNullable, bool IsIdentity, string? Collation)
{
    public static ColumnSchema Of(ColumnDefinition column) => new(
        TSql.TextOf(column.DataType),
        column.Constraints.OfType<NullableConstraintDefinition>().Single().Nullable,
        column.IdentityOptions is not null,
        column.Collation?.Value);

    /// <summary>In an index; the longest, for text.</summary>
    public int Bytes => Type switch
    {
        "bit" => 1,
        "int" => 4,
        "bigint" => 8,
        "datetimeoffset(3)" => 9,
        "decimal(3, 1)" => 5,
        _ => 2 * int.Parse(Type["nvarchar(".Length..^1], System.Globalization.CultureInfo.InvariantCulture),
    };
}

/// <param name="Columns">Its key, and what it carries along.</param>
/// <param name="Filter">Without blanks; empty when there is none.</param>
internal sealed record IndexSchema(string Name, string Columns, string Key, bool IsUnique, bool IsClustered, string Filter)
{
    public static IndexSchema Of(CreateIndexStatement index)
    {
        var key = TableSchema.Names(index.Columns);
        return new IndexSchema(
            index.Name.Value,
            string.Join(", ", [key, .. index.IncludeColumns.Select(column => column.MultiPartIdentifier.Identifiers[^1].Value)]),
            key,
            index.Unique,
            index.Clustered == true,
            index.FilterPredicate is { } filter ? TSql.Squeeze(TSql.TextOf(filter)) : "");
    }
}
