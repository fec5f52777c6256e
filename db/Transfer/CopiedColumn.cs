using System.Data;
using System.Globalization;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Transfer;

/// <summary>A column of the database that is copied into.</summary>
/// <param name="Size">Longest text in characters; 0 for any length, and for what is not text.</param>
internal sealed record CopiedColumn(string Name, DbType Type, int Size)
{
    /// <param name="typeName">As the catalogue of either engine has it.</param>
    /// <param name="size">-1 or absent for any length.</param>
    public static CopiedColumn Of(string name, string typeName, long? size)
    {
        var type = typeName.ToLowerInvariant() switch
        {
            "text" or "nvarchar" => DbType.String,
            "integer" or "bigint" => DbType.Int64,
            "int" => DbType.Int32,
            "bit" => DbType.Boolean,
            "real" => DbType.Double,
            "decimal" => DbType.Decimal,
            "datetimeoffset" => DbType.DateTimeOffset,
            _ => throw new InvalidOperationException($"Column {name} has the type {typeName}, which copying does not know."),
        };
        return new CopiedColumn(name, type, type == DbType.String && size > 0 ? (int)size.Value : 0);
    }

    /// <summary>A value of either engine as this column takes it.</summary>
    /// <exception cref="TransferException">The text is longer than the column.</exception>
    public SqlArg Take(object value, string table)
    {
        object? taken = value is DBNull ? null : Type switch
        {
            DbType.String => value is DateTimeOffset instant ? Instants.ToText(instant) : (string)value,
            DbType.Int64 => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            DbType.Int32 => Convert.ToInt32(value, CultureInfo.InvariantCulture),
            DbType.Boolean => Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0,
            DbType.Double => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            DbType.Decimal => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
            _ => value is string text ? Instants.Parse(text) : ((DateTimeOffset)value).ToUniversalTime(),
        };
        return Size > 0 && taken is string { Length: var length } && length > Size
            ? throw new TransferException($"{table}.{Name} has room for {Size} characters, and a row holds {length}. Nothing was copied.")
            : new SqlArg(Name, Type, taken, Size);
    }
}

/// <summary>The record cannot be copied; the target was left as it was.</summary>
public sealed class TransferException(string message, Exception? cause = null) : Exception(message, cause);
