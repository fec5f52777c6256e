using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;

namespace PatchBot.Db.Engines;

/// <summary>SQLite 3.38 or newer.</summary>
public sealed class SqliteDialect : ISqlDialect
{
    private static readonly ConcurrentDictionary<string, string> Translated = [];

    public string Limit => "LIMIT @limit";

    // A writing transaction is alone in the whole database.
    public string Hold => "";

    public bool WritesSideBySide => false;

    public string Output(string column) => "";

    public string Returning(string column) => $"RETURNING {column}";

    public string TextsIn(string parameter, int size) => $"(SELECT value FROM json_each(@{parameter}))";

    public string RowsIn(string parameter, params ReadOnlySpan<SqlColumn> columns)
    {
        var members = new string[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            members[i] = $"value ->> '$.{columns[i].Name}' AS {columns[i].Name}";
        }

        return $"(SELECT {string.Join(", ", members)} FROM json_each(@{parameter}))";
    }

    // A file has no schemas. A statement is translated once.
    public string Translate(string statement) =>
        Translated.GetOrAdd(statement, static whole => whole.Replace("patchbot.", "", StringComparison.Ordinal));

    public void Bind(DbCommand command, int place, SqlArg arg)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (place == command.Parameters.Count)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = arg.Parameter;
            parameter.DbType = arg.Type switch
            {
                DbType.DateTimeOffset => DbType.String,
                DbType.Boolean => DbType.Int64,
                var type => type,
            };
            command.Parameters.Add(parameter);
        }

        command.Parameters[place].Value = arg.Value switch
        {
            DateTimeOffset instant => Instants.ToText(instant),
            bool flag => flag ? 1L : 0L,
            var value => value ?? DBNull.Value,
        };
    }
}
