using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace PatchBot.Db.Migrations;

/// <summary>One step of the schema, forward only. Its hash is over its text with plain line ends, so that a checkout on Windows counts as the same.</summary>
/// <param name="Name">The file's name without its engine: <c>0001-record</c>.</param>
public sealed record Migration(int Version, string Name, string Sql)
{
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migrations that are built in for an engine, in order.</summary>
    public static IReadOnlyList<Migration> For(string engine)
    {
        var ending = $".{engine}.sql";
        var assembly = typeof(Migration).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith(ending, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new Migration(
                    int.Parse(name[..4], CultureInfo.InvariantCulture), name[..^ending.Length], Read(assembly, name))),
        ];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>The database cannot be brought to, or is past, the schema that this program knows. Nothing was changed.</summary>
public sealed class MigrationException(string message, Exception? cause = null) : Exception(message, cause);
