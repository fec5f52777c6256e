namespace PatchBot.Db.Engines;

/// <summary>How an engine's schema is changed, by the program or by a DBA's hand.</summary>
public interface ISchemaSteps
{
    /// <summary>Makes the table that remembers applied migrations, where it is absent.</summary>
    string MakeMigrationTable { get; }

    /// <summary>Names the columns of the table <c>schema_migration</c>, which may be another program's; none where there is no such table.</summary>
    string ListMigrationColumns { get; }

    /// <summary>Lists every column of the record's tables in order: <c>table_name</c>, <c>column_name</c>, <c>type_name</c>, <c>size</c>.</summary>
    string ListColumns { get; }

    /// <summary>A table that gives out ids takes one from outside only after <c>SET IDENTITY_INSERT</c>.</summary>
    bool GuardsIds { get; }

    /// <summary>The expression for the present instant.</summary>
    string Now { get; }

    /// <summary>A migration's text as statements to send, in order.</summary>
    IReadOnlyList<string> Batches(string migration);

    /// <summary>Statements as one text for the engine's own tool, all or nothing and alone.</summary>
    string Script(IEnumerable<string> batches);
}
