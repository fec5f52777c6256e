using System.Data;

namespace PatchBot.Db.Engines;

/// <summary>A parameter with its type in words that every engine understands.</summary>
/// <param name="Value">A value of the type, or <see langword="null"/>. Instants are UTC, whole milliseconds.</param>
/// <param name="Size">Longest text in characters; 0 for any length, and for what is not text.</param>
public readonly record struct SqlArg(string Name, DbType Type, object? Value, int Size = 0)
{
    /// <summary>As statements write it: <c>@name</c>.</summary>
    public string Parameter => $"@{Name}";

    /// <summary>Whether a parameter of that name takes it.</summary>
    public bool Fits(string parameter) => parameter is ['@', ..] && parameter.AsSpan(1).SequenceEqual(Name);
}

/// <summary>A column that is read out of JSON; see <see cref="ISqlDialect.RowsIn"/>.</summary>
/// <param name="Size">As in <see cref="SqlArg"/>.</param>
public readonly record struct SqlColumn(string Name, DbType Type, int Size = 0);
