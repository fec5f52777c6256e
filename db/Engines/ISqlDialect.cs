using System.Data.Common;

namespace PatchBot.Db.Engines;

/// <summary>
/// Where the engines' SQL differs, fragment by fragment. Stores write everything else in the dialect that both share,
/// tables with their schema: <c>FROM patchbot.patch</c>.
/// </summary>
public interface ISqlDialect
{
    /// <summary>Stands after ORDER BY: at most <c>@limit</c> rows.</summary>
    string Limit { get; }

    /// <summary>
    /// Stands after a table's name where a row is looked for that is written when it is absent: nobody else may write
    /// that key until the transaction ends.
    /// </summary>
    string Hold { get; }

    /// <summary>Whether transactions write at the same time; else the engine runs them one after the other.</summary>
    bool WritesSideBySide { get; }

    /// <summary>Stands between column list and VALUES or SELECT of an INSERT that gives back <paramref name="column"/>; see <see cref="Returning"/>.</summary>
    string Output(string column);

    /// <summary>Stands at the end of an INSERT that gives back <paramref name="column"/>; one of this and <see cref="Output"/> is empty.</summary>
    string Returning(string column);

    /// <summary>A subquery in parentheses: the texts in the JSON array <c>@parameter</c>, however many there are.</summary>
    /// <param name="size">Longest text in characters.</param>
    string TextsIn(string parameter, int size);

    /// <summary>A subquery: the objects in the JSON array <c>@parameter</c> as rows, a column for each member of that name.</summary>
    string RowsIn(string parameter, params ReadOnlySpan<SqlColumn> columns);

    /// <summary>A store's statement as this engine takes it.</summary>
    string Translate(string statement);

    /// <summary>Gives the parameter at a place the value that this engine's driver wants, and adds it, with its type, where there is none yet.</summary>
    void Bind(DbCommand command, int place, SqlArg arg);
}
