using System.Data.Common;

namespace PatchBot.Db.Engines;

/// <summary>
/// Where the engines' SQL differs, fragment by fragment. Stores write everything else in the dialect that both share,
/// so a second engine is a second implementation of this and of <see cref="ISqlEngine"/>.
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

    /// <summary>Stands between column list and VALUES or SELECT of an INSERT that gives back <paramref name="column"/>; see <see cref="Returning"/>.</summary>
    string Output(string column);

    /// <summary>Stands at the end of an INSERT that gives back <paramref name="column"/>; one of this and <see cref="Output"/> is empty.</summary>
    string Returning(string column);

    /// <summary>A subquery in parentheses: the texts in the JSON array <c>@parameter</c>, however many there are.</summary>
    string TextsIn(string parameter);

    /// <summary>A subquery: the objects in the JSON array <c>@parameter</c> as rows, a column for each member of that name.</summary>
    string RowsIn(string parameter, params ReadOnlySpan<SqlColumn> columns);

    /// <summary>Gives a parameter the type and value that this engine's driver wants.</summary>
    void Bind(DbParameter parameter, SqlArg arg);
}
