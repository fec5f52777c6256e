using Microsoft.SqlServer.Dac;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using PatchBot.Db.Engines;

namespace PatchBot.Tests.Db.SqlServer;

/// <summary>The migrated schema, in which names are looked up as a server would.</summary>
internal static class SchemaModel
{
    // What the model lets pass unseen: a built-in function that does not exist, or is not the same everywhere.
    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "CONCAT", "COUNT", "COUNT_BIG", "MIN", "MAX", "DB_NAME", "OBJECT_ID", "SCHEMA_ID", "SERVERPROPERTY", "SYSDATETIMEOFFSET", "SYSUTCDATETIME", "TODATETIMEOFFSET",
    };

    private static readonly Lazy<IReadOnlyList<string>> Migrated = new(() =>
    [
        "CREATE SCHEMA patchbot",
        .. MigrationSchema.Parse(MigrationTable).Definitions,
        .. MigrationSchema.SqlServer.Definitions,
    ]);

    public static string MigrationTable
    {
        get
        {
            var whole = new SqlServerSchema(ledger: false).MakeMigrationTable;
            return whole[whole.IndexOf("CREATE TABLE", StringComparison.Ordinal)..];
        }
    }

    /// <summary>Everything that is wrong with the schema together with <paramref name="procedures"/>; a warning is wrong too.</summary>
    public static IReadOnlyList<string> FaultsWith(IEnumerable<string> procedures)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql150, new TSqlModelOptions());
        List<string> faults = [.. Migrated.Value.Concat(procedures).SelectMany(definition => Add(model, definition))];
        return [.. faults, .. model.Validate().Select(message => $"SQL{message.Number} {message.Message}")];
    }

    /// <summary>One fault blocks what is added later, so the guilty are looked for one by one; without faults, all at once.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyList<string> procedures) =>
        FaultsWith(procedures).Count == 0 ? [] : [.. procedures.SelectMany(procedure => FaultsWith([procedure]).Select(fault => $"{fault}\n{procedure}"))];

    public static IEnumerable<string> UnknownFunctions(string statement) => TSql.Find<FunctionCall>(TSql.Parse(statement))
        .Where(call => call.CallTarget is null && !Functions.Contains(call.FunctionName.Value))
        .Select(call => $"Function {call.FunctionName.Value} is not known here.");

    private static IEnumerable<string> Add(TSqlModel model, string definition)
    {
        var unknown = UnknownFunctions(definition);
        try
        {
            model.AddObjects(definition);
            return unknown;
        }
        catch (DacModelException fault)
        {
            return [.. unknown, .. fault.Messages.Select(message => $"SQL{message.Number} {message.Message}")];
        }
    }
}
