using System.Text.RegularExpressions;
using PatchBot.Db.Migrations;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db.SqlServer;

/// <summary>Two migrations of one number make the same tables: what one engine refuses, the other refuses too.</summary>
public sealed partial class SameSchemaTests : IAsyncLifetime
{
    private static readonly IReadOnlyDictionary<string, TableSchema> SqlServer = MigrationSchema.SqlServer.Tables;

    private TestRecord sqlite = null!;

    public async ValueTask InitializeAsync() => sqlite = await TestRecord.CreateAsync();

    public ValueTask DisposeAsync() => sqlite.DisposeAsync();

    [Fact]
    public void Given_a_migration_for_one_engine_then_there_is_one_for_the_other() =>
        Assert.Equal(Migration.For("sqlite").Select(step => (step.Version, step.Name)), Migration.For("sqlserver").Select(step => (step.Version, step.Name)));

    [Fact]
    public async Task Given_both_schemas_then_tables_and_views_have_the_same_names()
    {
        Assert.Equal(
            await ListAsync("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'schema_migration'"),
            SqlServer.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            await ListAsync("SELECT name FROM sqlite_master WHERE type = 'view'"),
            MigrationSchema.SqlServer.Views.Order(StringComparer.Ordinal));
    }

    [Fact]
    public Task Given_a_table_then_its_columns_have_the_same_names_order_kinds_and_nulls() => AllTablesAsync(
        (table, name) => table.Columns.Select(column => $"{column.Key} {Kind(column.Value)} {(column.Value.IsNullable ? "NULL" : "NOT NULL")}"),
        name => $"SELECT name || ' ' || type || ' ' || iif(\"notnull\", 'NOT NULL', 'NULL') FROM pragma_table_info('{name}')");

    [Fact]
    public Task Given_a_table_then_its_keys_are_the_same() => AllTablesAsync(
        (table, _) => [$"primary: {table.PrimaryKey}", .. table.UniqueKeys.Order(StringComparer.Ordinal).Select(key => $"unique: {key}")],
        name => $"""
            SELECT 'primary: ' || (SELECT group_concat(name, ', ' ORDER BY pk) FROM pragma_table_info('{name}') WHERE pk > 0)
             UNION ALL
            SELECT key FROM (SELECT 'unique: ' || (SELECT group_concat(name, ', ' ORDER BY seqno) FROM pragma_index_info(list.name)) AS key
                               FROM pragma_index_list('{name}') AS list WHERE origin = 'u' ORDER BY key)
            """);

    [Fact]
    public Task Given_a_table_then_it_refers_to_the_same_tables() => AllTablesAsync(
        (table, _) => table.References.Order(StringComparer.Ordinal),
        name => $"""
            SELECT group_concat("from", ', ' ORDER BY seq) || ' → ' || "table" || ' (' || group_concat("to", ', ' ORDER BY seq) || ')'
              FROM pragma_foreign_key_list('{name}') GROUP BY id ORDER BY 1
            """);

    [Fact]
    public Task Given_a_table_then_its_indexes_answer_the_same_questions() => AllTablesAsync(
        (table, name) => table.Indexes.Where(index => !index.IsClustered)
            .Select(index => $"{index.Name} {(index.IsUnique ? 1 : 0)} {index.Columns} {index.Filter}".TrimEnd()).Order(StringComparer.Ordinal),
        name => $"""
            SELECT rtrim(list.name || ' ' || list."unique" || ' ' || (SELECT group_concat(name, ', ' ORDER BY seqno) FROM pragma_index_info(list.name)) || ' '
                   || iif(list.partial, (SELECT replace(substr(sql, instr(sql, ' WHERE ') + 7), ' ', '') FROM sqlite_master WHERE name = list.name), ''))
              FROM pragma_index_list('{name}') AS list WHERE origin = 'c' ORDER BY list.name
            """,
        carriedAlong: ["outcome", "lease_owner, state"]);

    [Fact]
    public async Task Given_a_table_then_its_checks_are_the_same()
    {
        foreach (var (name, table) in SqlServer)
        {
            var made = (string)(await sqlite.ByHandAsync($"SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '{name}'"))!;
            var flags = table.Columns.Where(column => column.Value.Type == "bit").Select(column => $"{column.Key}IN(0,1)");
            Assert.Equal(Checks(made).Where(check => !flags.Contains(check.Value)), table.Checks.OrderBy(check => check.Key, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Given_the_indexes_of_sql_server_then_each_key_fits()
    {
        foreach (var (name, table) in SqlServer)
        {
            int Width(string columns) => columns.Split(", ").Sum(column => table.Columns[column].Bytes);
            var clustered = table.Indexes.Where(index => index.IsClustered).Select(index => index.Key).DefaultIfEmpty(table.PrimaryKey).Single();
            Assert.True(Width(clustered) <= 900, $"{name} is clustered by {clustered}: {Width(clustered)} bytes.");
            Assert.All(
                table.Indexes.Select(index => index.Key).Concat(table.UniqueKeys).Append(table.PrimaryKey),
                key => Assert.True(Width(key) <= 1700, $"{name} has a key {key}: {Width(key)} bytes."));
        }
    }

    [Fact]
    public void Given_text_that_is_compared_then_it_is_compared_code_by_code()
    {
        foreach (var (name, table) in SqlServer)
        {
            var keys = table.Indexes.Select(index => index.Key).Concat(table.UniqueKeys).Append(table.PrimaryKey).SelectMany(key => key.Split(", ")).ToHashSet();
            Assert.All(
                table.Columns.Where(column => column.Value.Type.StartsWith("nvarchar", StringComparison.Ordinal) && (keys.Contains(column.Key) || IsEnumerated(table, column.Key))),
                column => Assert.True(column.Value.Collation == "Latin1_General_100_BIN2", $"{name}.{column.Key} is compared by the database's collation."));
            Assert.Equal(table.Columns.ContainsKey("id") && table.PrimaryKey == "id" && name is not ("patch" or "audit_head"), table.Columns.Values.Any(column => column.IsIdentity));
        }
    }

    private static bool IsEnumerated(TableSchema table, string column) => table.Checks.Values.Any(check => check.StartsWith($"{column}IN(", StringComparison.Ordinal));

    private static string Kind(ColumnSchema column) => column.Type switch
    {
        "bit" or "int" or "bigint" => "INTEGER",
        "decimal(3, 1)" => "REAL",
        _ => "TEXT",
    };

    private static SortedDictionary<string, string> Checks(string made)
    {
        var checks = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Match check in Check().Matches(made))
        {
            var (depth, end) = (1, check.Index + check.Length);
            for (; depth > 0; end++)
            {
                depth += made[end] switch { '(' => 1, ')' => -1, _ => 0 };
            }

            checks.Add(check.Groups[1].Value, TSql.Squeeze(made[(check.Index + check.Length)..(end - 1)]));
        }

        return checks;
    }

    private async Task AllTablesAsync(Func<TableSchema, string, IEnumerable<string>> expected, Func<string, string> asked, params string[] carriedAlong)
    {
        foreach (var (name, table) in SqlServer)
        {
            var wanted = expected(table, name).Select(line => carriedAlong.Aggregate(line, (left, column) => left.Replace($", {column}", "", StringComparison.Ordinal)));
            Assert.Equal(await ListAsync(asked(name), sorted: false), wanted);
        }
    }

    private async Task<string[]> ListAsync(string question, bool sorted = true)
    {
        var rows = await sqlite.ByHandAsync($"WITH answer (line) AS ({question}) SELECT json_group_array(line) FROM answer");
        var lines = System.Text.Json.JsonSerializer.Deserialize<string[]>((string)rows!)!;
        return sorted ? [.. lines.Order(StringComparer.Ordinal)] : lines;
    }

    [GeneratedRegex(@"CONSTRAINT (\w+) CHECK\s*\(")]
    private static partial Regex Check();
}
