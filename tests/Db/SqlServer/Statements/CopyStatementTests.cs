using System.Reflection;
using PatchBot.Db.Engines;
using PatchBot.Db.Transfer;

namespace PatchBot.Tests.Db.SqlServer.Statements;

/// <summary>What copying knows of the tables by heart, and the statements that it makes of that and of their columns.</summary>
public sealed class CopyStatementTests
{
    private static readonly IReadOnlyDictionary<string, TableSchema> Tables = MigrationSchema.SqlServer.Tables;

    private static readonly IReadOnlyList<CopiedTable> Copied =
        [.. RecordTable.All.Select(table => new CopiedTable(table, [.. Columns(Tables[table.Name])]))];

    [Fact]
    public void Given_the_migrations_then_every_table_of_theirs_is_copied() => Assert.Equal(
        Tables.Keys.Order(StringComparer.Ordinal),
        RecordTable.All.Select(table => table.Name).Append(RecordTable.AuditHead).Order(StringComparer.Ordinal));

    [Fact]
    public void Given_a_copied_table_then_its_key_its_numbering_and_what_stays_behind_are_as_in_the_migrations() => Assert.All(RecordTable.All, table =>
    {
        var made = Tables[table.Name];
        Assert.Equal((made.PrimaryKey, made.Columns.Values.Any(column => column.IsIdentity)), (table.Key, table.Numbered));
        Assert.All(table.LeftBehind, column => Assert.True(made.Columns[column].IsNullable));
    });

    [Fact]
    public void Given_a_table_that_refers_to_another_then_it_is_copied_after_that() => Assert.All(Copied, table =>
    {
        var before = Copied.TakeWhile(other => other != table).Select(other => other.Name).Append(table.Name);
        var needed = Tables[table.Name].References.Select(reference => reference.Split(" → ")[1].Split(' ')[0]);
        Assert.Empty(needed.Except(before));
    });

    [Fact]
    public void Given_a_column_in_the_catalogue_then_its_parameter_has_its_type() => Assert.All(Copied, table => Assert.All(table.All, column =>
        Assert.Equal(Tables[table.Name].Columns[column.Name].Type, SqlServerDialect.TypeName(column.Type, column.Size))));

    [Fact]
    public void Given_every_statement_of_copying_then_a_server_would_know_every_name_and_parameter()
    {
        var statements = Statements().ToList();
        Assert.True(statements.Count > 3 * Copied.Count, $"Only {statements.Count} statements were found.");
        Assert.Empty(SchemaModel.Faults([.. statements.Select(statement => statement.AsProcedure())]));
    }

    private static IEnumerable<TypedStatement> Statements() =>
        typeof(TableCopy.Sql).GetMembers(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly).SelectMany(member => member switch
        {
            FieldInfo constant => [new TypedStatement(constant.Name, (string)constant.GetRawConstantValue()!, [("sequence", "bigint"), ("hash", "nvarchar(64)"), ("now", "datetimeoffset(3)")])],
            MethodInfo method => Copied.Where(table => table.Table.Numbered || !method.Name.EndsWith("Ids", StringComparison.Ordinal)).Select(table => new TypedStatement(
                $"{method.Name} {table.Name}",
                (string)method.Invoke(null, [table])!,
                [.. table.All.Select(column => (column.Name, SqlServerDialect.TypeName(column.Type, column.Size)))])),
            _ => throw new InvalidOperationException($"{member.Name} goes unchecked."),
        });

    // As INFORMATION_SCHEMA.COLUMNS has it: the type's name without its size, and -1 for the longest.
    private static IEnumerable<CopiedColumn> Columns(TableSchema table) => table.Columns.Select(column =>
    {
        var (name, size) = (column.Value.Type.Split('(')[0], column.Value.Type.Split('(', ')').ElementAtOrDefault(1));
        return CopiedColumn.Of(column.Key, name, name == "nvarchar" ? size == "max" ? -1 : long.Parse(size!, System.Globalization.CultureInfo.InvariantCulture) : null);
    });
}
