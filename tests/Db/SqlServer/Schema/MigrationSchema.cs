using Microsoft.SqlServer.TransactSql.ScriptDom;
using PatchBot.Db.Migrations;

namespace PatchBot.Tests.Db.SqlServer;

/// <summary>What migrations make together, as their texts say: a later one may add columns and indexes to what an earlier one made.</summary>
/// <param name="Tables">In the order in which they are made.</param>
/// <param name="Definitions">Every statement that makes something, whole.</param>
internal sealed record MigrationSchema(
    IReadOnlyDictionary<string, TableSchema> Tables, IReadOnlyList<string> Views, IReadOnlyList<string> Definitions)
{
    /// <summary>All of this program's.</summary>
    public static MigrationSchema SqlServer { get; } = Parse([.. Migration.For("sqlserver").Select(migration => migration.Sql)]);

    /// <exception cref="Xunit.Sdk.XunitException">One is not T-SQL of SQL Server 2019, or does what is not understood here.</exception>
    public static MigrationSchema Parse(params IReadOnlyList<string> migrations)
    {
        var made = new List<TSqlStatement>();
        var widened = new HashSet<TSqlStatement>();
        foreach (var statement in migrations.SelectMany(migration => TSql.Parse(migration).Batches).SelectMany(batch => batch.Statements))
        {
            switch (statement)
            {
                case AlterTableAddTableElementStatement alter:
                    var table = made.OfType<CreateTableStatement>().Single(table => NameOf(table) == alter.SchemaObjectName.BaseIdentifier.Value);
                    Assert.Empty(alter.Definition.TableConstraints);
                    alter.Definition.ColumnDefinitions.ToList().ForEach(table.Definition.ColumnDefinitions.Add);
                    widened.Add(table);
                    break;
                case DropIndexStatement drop:
                    var dropped = drop.DropIndexClauses.Cast<DropIndexClause>().Single();
                    Assert.Equal(1, made.RemoveAll(index => index is CreateIndexStatement before && before.Name.Value == dropped.Index.Value
                        && before.OnName.BaseIdentifier.Value == dropped.Object.BaseIdentifier.Value));
                    break;
                case InsertStatement or UpdateStatement:
                    break;
                default:
                    made.Add(statement);
                    break;
            }
        }

        var tables = made.OfType<CreateTableStatement>().ToDictionary(NameOf, TableSchema.Of);
        foreach (var index in made.OfType<CreateIndexStatement>())
        {
            tables[index.OnName.BaseIdentifier.Value].Indexes.Add(IndexSchema.Of(index));
        }

        return new MigrationSchema(
            tables,
            [.. made.OfType<CreateViewStatement>().Select(view => view.SchemaObjectName.BaseIdentifier.Value)],
            [.. made.Select(statement => widened.Contains(statement) ? Written(statement) : TSql.TextOf(statement))]);
    }

    private static string NameOf(CreateTableStatement table) => table.SchemaObjectName.BaseIdentifier.Value;

    private static string Written(TSqlStatement statement)
    {
        new Sql150ScriptGenerator().GenerateScript(statement, out var script);
        return script;
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
