namespace PatchBot.Db.Transfer;

/// <summary>A table with its columns, as both databases have them.</summary>
internal sealed record CopiedTable(RecordTable Table, IReadOnlyList<CopiedColumn> All)
{
    public string Name => Table.Name;

    public string Key => Table.Key;

    public string Columns { get; } = string.Join(", ", All.Select(column => column.Name));

    public string Parameters { get; } = string.Join(", ", All.Select(column => $"@{column.Name}"));

    /// <param name="row">In the order of <see cref="Columns"/>.</param>
    public Args Take(object[] row)
    {
        var args = new Args();
        for (var at = 0; at < row.Length; at++)
        {
            args.Add(All[at].Take(Table.LeftBehind.Contains(All[at].Name) ? DBNull.Value : row[at], Name));
        }

        return args;
    }

    /// <summary>Asks both databases what columns their tables have.</summary>
    /// <exception cref="TransferException">They do not have the same.</exception>
    public static async Task<IReadOnlyList<CopiedTable>> ReadAsync(
        SqlSession from, string listFrom, SqlSession to, string listTo, CancellationToken cancellationToken)
    {
        var (source, target) = (await ListAsync(from, listFrom, cancellationToken), await ListAsync(to, listTo, cancellationToken));
        return [.. RecordTable.All.Select(table =>
        {
            var columns = target[table.Name].Select(row => CopiedColumn.Of(row.ColumnName, row.TypeName, row.Size)).ToList();
            var (known, wanted) = (source[table.Name].Select(row => row.ColumnName).ToHashSet(), columns.Select(column => column.Name).ToHashSet());
            return columns.Count > 0 && known.SetEquals(wanted)
                ? new CopiedTable(table, columns)
                : throw new TransferException(
                    $"The table {table.Name} has not the same columns in both databases: {string.Join(", ", known.Except(wanted).Concat(wanted.Except(known)))}. Nothing was copied.");
        })];
    }

    private static async Task<ILookup<string, ColumnRow>> ListAsync(SqlSession sql, string list, CancellationToken cancellationToken) =>
        (await sql.ListAsync<ColumnRow>(list, new Args(), cancellationToken)).ToLookup(row => row.TableName, StringComparer.Ordinal);

    private sealed class ColumnRow
    {
        public string TableName { get; init; } = "";

        public string ColumnName { get; init; } = "";

        public string TypeName { get; init; } = "";

        public long? Size { get; init; }
    }
}
