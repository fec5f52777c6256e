using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using PatchBot.Core;

namespace PatchBot.Db;

/// <summary>Where the record is kept; section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    private const string SqlServerExample = "Server=sql01.example.com;Database=patchbot;Integrated Security=true";

    /// <summary><c>sqlite</c> or <c>sqlserver</c>.</summary>
    public string Provider { get; set; } = "sqlite";

    /// <summary>SQLite's file; its folder is made when it is missing. Relative to the folder that the bot is started in.</summary>
    public string File { get; set; } = "patchbot.db";

    /// <summary>Where the SQL Server is; with SQLite instead of <see cref="File"/>, where more must be said.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Makes the audit an append-only ledger table, which takes SQL Server 2022 and cannot be undone.</summary>
    public bool Ledger { get; set; }

    internal bool IsSqlServer => string.Equals(Provider, "sqlserver", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IReadOnlyList<SettingFault> Faults() => Fault() is { } fault ? [fault] : [];

    private SettingFault? Fault()
    {
        if (IsSqlServer)
        {
            return Read(SqlServerExample, SqlServerFault);
        }

        if (!string.Equals(Provider, "sqlite", StringComparison.OrdinalIgnoreCase))
        {
            return Fault(nameof(Provider), Provider, "'sqlite' and 'sqlserver' are known; set it to one of them, or leave it out");
        }

        return Ledger ? Fault(nameof(Ledger), "true", "SQLite has no ledger tables; leave it out")
            : ConnectionString.Length == 0 ? FileFault(nameof(File), File)
            : Read("Data Source=patchbot.db", SqliteFault);
    }

    private SettingFault? SqliteFault()
    {
        var builder = new SqliteConnectionStringBuilder(ConnectionString);
        return builder.Mode is SqliteOpenMode.Memory or SqliteOpenMode.ReadOnly
            ? Fault(nameof(ConnectionString), "", $"has Mode={builder.Mode} in it, and the record must be written to a file; leave Mode out")
            : FileFault(nameof(ConnectionString), builder.DataSource);
    }

    private SettingFault? SqlServerFault()
    {
        var builder = new SqlConnectionStringBuilder(ConnectionString);
        var missing = builder.DataSource.Length == 0 ? "Server=" : builder.InitialCatalog.Length == 0 ? "Database=" : null;
        return missing is not null ? Fault(nameof(ConnectionString), "", $"has no {missing} in it; write it as '{SqlServerExample}'")
            : builder.Authentication is SqlAuthenticationMethod.NotSpecified or SqlAuthenticationMethod.SqlPassword ? null
            : NoEntra(builder.Authentication);
    }

    // Its driver is a package of its own (Microsoft.Data.SqlClient.Extensions.Azure), and would bring a dozen others.
    private static SettingFault NoEntra(SqlAuthenticationMethod method) => Fault(
        nameof(ConnectionString), "", $"asks for Authentication={method}, and PatchBot cannot sign in through Microsoft Entra; write Integrated Security=true, or User ID and Password");

    // The value is not repeated: a connection string may hold a password.
    private static SettingFault? Read(string example, Func<SettingFault?> check)
    {
        try
        {
            return check();
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            return Fault(nameof(ConnectionString), "", $"cannot be read: {fault.Message.TrimEnd('.')}; write it as '{example}'");
        }
    }

    private static SettingFault? FileFault(string key, string file) =>
        string.IsNullOrWhiteSpace(file) || file.Contains(":memory:", StringComparison.OrdinalIgnoreCase)
            ? Fault(key, file, "the record must outlive the program; name a file, such as 'patchbot.db'")
            : null;

    private static SettingFault Fault(string key, string value, string remedy) => new($"{Section}:{key}", value, remedy);
}

internal sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options) =>
        options.Faults() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults.Select(fault => fault.ToString())) : ValidateOptionsResult.Success;
}
