using System.Data;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PatchBot.Core.Patches;
using PatchBot.Db.Engines;

namespace PatchBot.Db;

/// <summary>The parameters of one statement, each with an explicit type and, for keys, the size of its column.</summary>
internal sealed class Args
{
    /// <summary>Longest name of a value in an enumeration.</summary>
    public const int NameLength = 20;

    private readonly List<SqlArg> args = new(16);

    public ReadOnlySpan<SqlArg> All => CollectionsMarshal.AsSpan(args);

    /// <summary>Text in a column of limited size.</summary>
    /// <exception cref="ArgumentException">It does not fit: caught here, so that every engine refuses alike.</exception>
    public Args Text(string name, string? value, int size)
    {
        if (value?.Length > size)
        {
            throw new ArgumentException($"'{name}' has room for {size} characters; '{value[..Math.Min(40, size)]}…' has {value.Length}.", name);
        }

        return Add(new SqlArg(name, DbType.String, Storable(value), size));
    }

    /// <summary>Text for reading only, shortened to what its column takes.</summary>
    public Args Shortened(string name, string value, int size) => Text(name, Short(value, size), size);

    public static string Short(string value, int size) => value.Length <= size ? value : $"{value[..(size - 1)]}…";

    public Args LongText(string name, string? value) => Add(new SqlArg(name, DbType.String, Storable(value)));

    public Args Name<TEnum>(string name, TEnum value) where TEnum : struct, Enum => Text(name, value.ToString(), NameLength);

    public Args Number(string name, long? value) => Add(new SqlArg(name, DbType.Int64, value));

    public Args Number(string name, int value) => Add(new SqlArg(name, DbType.Int32, value));

    public Args Flag(string name, bool value) => Add(new SqlArg(name, DbType.Boolean, value));

    public Args Instant(string name, DateTimeOffset? value) => Add(new SqlArg(name, DbType.DateTimeOffset, value is { } instant ? Whole(instant) : null));

    public Args Texts(string name, IEnumerable<string> values) =>
        LongText(name, JsonSerializer.Serialize([.. values.Select(value => Storable(value)!)], ListJson.Default.StringArray));

    public Args Patches(string name, IEnumerable<PatchId> patches) => Texts(name, patches.Select(patch => patch.Value));

    /// <summary>
    /// Text as every engine keeps it: SQLite's text functions stop at a NUL, and half a surrogate pair is no character
    /// in UTF-8. No chat shows either.
    /// </summary>
    public static string? Storable(string? value)
    {
        value = value?.Replace('\0', '\uFFFD');
        return value is null || value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? value : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>A key without blanks at its ends, which SQL Server does not tell apart.</summary>
    public static string Key(string value) => Storable(value.Trim())!;

    /// <summary>An instant as it is kept.</summary>
    public static DateTimeOffset Whole(DateTimeOffset instant) =>
        instant.ToUniversalTime().AddTicks(-(instant.Ticks % TimeSpan.TicksPerMillisecond));

    public Args Add(SqlArg arg)
    {
        args.Add(arg);
        return this;
    }
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class ListJson : JsonSerializerContext;
