using System.Data;
using System.Data.Common;

namespace PatchBot.Db.Engines;

/// <summary>T-SQL of SQL Server 2019 or newer.</summary>
public sealed class SqlServerDialect : ISqlDialect
{
    // Instants have whole milliseconds, in columns and parameters alike.
    private const byte InstantScale = 3;

    public string Limit => "OFFSET 0 ROWS FETCH NEXT @limit ROWS ONLY";

    // UPDLOCK lets one reader through, HOLDLOCK keeps the place of an absent key until the transaction ends.
    public string Hold => "WITH (UPDLOCK, HOLDLOCK)";

    public bool WritesSideBySide => true;

    public string Output(string column) => $"OUTPUT inserted.{column}";

    public string Returning(string column) => "";

    // Without COLLATE the texts would have the database's collation, which cannot be compared with that of keys.
    public string TextsIn(string parameter, int size) =>
        $"(SELECT value COLLATE Latin1_General_100_BIN2 FROM OPENJSON(@{parameter}) WITH (value nvarchar({size}) '$'))";

    public string RowsIn(string parameter, params ReadOnlySpan<SqlColumn> columns)
    {
        var members = new string[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            members[i] = $"{columns[i].Name} {TypeName(columns[i].Type, columns[i].Size)} '$.{columns[i].Name}'";
        }

        return $"OPENJSON(@{parameter}) WITH ({string.Join(", ", members)})";
    }

    public string Translate(string statement) => statement;

    /// <summary>The type of a column or parameter, as it is declared in T-SQL.</summary>
    public static string TypeName(DbType type, int size) => type switch
    {
        DbType.String => size == 0 ? "nvarchar(max)" : $"nvarchar({size})",
        DbType.Int64 => "bigint",
        DbType.Int32 => "int",
        DbType.Boolean => "bit",
        DbType.Decimal => "decimal(3, 1)",
        DbType.DateTimeOffset => $"datetimeoffset({InstantScale})",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No column has this type."),
    };

    public void Bind(DbCommand command, int place, SqlArg arg)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (place == command.Parameters.Count)
        {
            command.Parameters.Add(Declared(command, arg));
        }

        command.Parameters[place].Value = arg.Value ?? DBNull.Value;
    }

    // The column's own size and scale, whatever the value's are: one plan for all values, and no conversion of columns.
    private static DbParameter Declared(DbCommand command, SqlArg arg)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = arg.Parameter;
        parameter.DbType = arg.Type;
        if (arg.Type == DbType.String)
        {
            parameter.Size = arg.Size == 0 ? -1 : arg.Size;
        }
        else if (arg.Type == DbType.DateTimeOffset)
        {
            parameter.Scale = InstantScale;
        }

        return parameter;
    }
}
