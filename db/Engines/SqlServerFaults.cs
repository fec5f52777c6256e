using System.Collections.Frozen;
using System.Security.Authentication;
using Microsoft.Data.SqlClient;

namespace PatchBot.Db.Engines;

/// <summary>SQL Server's error numbers that are not PatchBot's fault: those that pass, and the remedies of those that do not.</summary>
/// <remarks>
/// <see href="https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors"/> and, for what
/// passes in Azure, <see href="https://learn.microsoft.com/azure/azure-sql/database/troubleshoot-common-errors-issues"/>.
/// </remarks>
internal static class SqlServerFaults
{
    public const int SnapshotsForbidden = 3952;

    // From this severity on the server closes the connection; the driver reports a broken network with it too.
    private const byte Fatal = 20;

    private static readonly FrozenSet<int> Transient = ((int[])
    [
        1205, 1222, 1204, // deadlock victim, lock timeout, no lock to be had
        2601, 2627, // another wrote the same key first: the next run sees its row
        3958, 3960, 3961, 3966, SnapshotsForbidden, // snapshots in each other's way
        -2, // no answer in time
        20, 64, 233, 997, 10053, 10054, 10060, 11001, 121, // broken and refused connections
        4060, 4221, 615, 40143, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920, 10928, 10929, 10922, 10936, // busy or moving, in Azure
        701, 802, 8628, 8645, 8651, // no memory at the moment
        976, 978, 979, 983, 41301, 41302, 41305, 41325, 41839, // an availability group is failing over
        6005, 17142, 17148, 17187, 17197, 18401, 18451, 921, 922, // the server is going down or coming up, or upgrades itself
    ]).ToFrozenSet();

    private static readonly FrozenSet<int> Broken = ((int[])[-2, 20, 64, 121, 233, 997, 10053, 10054, 10060]).ToFrozenSet();

    public static bool IsTransient(SqlException fault) =>
        !IsCertificate(fault) && (fault.Class >= Fatal || Numbers(fault).Any(IsTransient));

    public static bool IsTransient(int number) => Transient.Contains(number);

    /// <summary>Whether the answer was lost, not only the wish refused.</summary>
    public static bool BreaksConnection(SqlException fault) => fault.Class >= Fatal || Numbers(fault).Any(Broken.Contains);

    /// <returns>The end of a sentence about the database; <see langword="null"/> when the fault is a bug, such as a violated constraint.</returns>
    public static string? Explain(SqlException fault)
    {
        if (IsCertificate(fault))
        {
            return "cannot be trusted: its certificate was not issued for this name by an authority that this machine trusts. Install the "
                + "authority's certificate here, or name the server as in its certificate. TrustServerCertificate=true or Encrypt=Optional in "
                + "Database:ConnectionString also connect, and let whoever sits in between read and change everything.";
        }

        return Numbers(fault).Select(Remedy).FirstOrDefault(remedy => remedy is not null)
            ?? (fault.Class >= Fatal
                ? $"cannot be reached: {fault.Message.Split(". ")[0].TrimEnd('.')}. Check that the server runs, its name and port in "
                    + "Database:ConnectionString, and the firewall."
                : Numbers(fault).Any(number => IsTransient(number) && number is not (2601 or 2627))
                    ? $"did not answer in time (error {fault.Number}). It is busy, or changing over; the same will work in a moment."
                    : null);
    }

    public static string? Remedy(int number) => number switch
    {
        208 => "has not been set up, or its tables are hidden from this login. Run 'PatchBot migrate', and the script of 'PatchBot migrate --rights'. "
            + "Where both were done, raise the database's compatibility level to 130 or higher: below it, OPENJSON is not known.",
        229 or 230 or 262 or 297 or 300 or 916 or 1088 or 2760 or 3704 => "refuses this login a right that it needs. Let a DBA run the script of 'PatchBot "
            + "migrate --rights'; where the bot may not make tables, also that of 'PatchBot migrate --script'.",
        18456 => "refuses the login. Check user and password in Database:ConnectionString; the server's log says why (the 'State' of error 18456).",
        18452 => "does not trust the account of the bot. Use an account of the server's domain, or User ID and Password in Database:ConnectionString.",
        18470 or 18486 => "has locked or disabled the login. Let a DBA unlock it.",
        18487 or 18488 => "says that the login's password has expired. Let a DBA set a new one.",
        4060 or 4064 or 911 => "cannot be opened. Check the name after Database= in Database:ConnectionString, that the database exists, and that the login has a user in it.",
        3906 or 3908 => "is read-only. Connect to the primary replica (Server= the listener, without ApplicationIntent=ReadOnly).",
        924 or 927 or 942 or 945 or 952 => "is not available: offline, restoring or held by one user. Let a DBA bring it online.",
        1101 or 1105 => "cannot grow: its files are full. Let a DBA add space.",
        9002 => "cannot write: its log is full. Let a DBA back up the log or add space.",
        823 or 824 or 825 => "reports damaged pages. Let a DBA run DBCC CHECKDB and restore a backup.",
        _ => null,
    };

    /// <summary>Faults of opening a connection that the driver does not report as an <see cref="SqlException"/>.</summary>
    public static string? ExplainOpening(Exception fault) => fault switch
    {
        SqlException => null,
        NotSupportedException => "cannot be used by this process: SQL Server's driver needs the cultures of ICU. Name the engine where the program sees it "
            + "at its start (appsettings.json, Database__Provider or --Database:Provider=sqlserver), and install the package libicu.",
        InvalidOperationException => $"gave no connection in time: {fault.Message.ReplaceLineEndings(" ")} All connections are in use; the same will work in a moment. "
            + "If it stays so, raise Max Pool Size in Database:ConnectionString.",
        _ => null,
    };

    private static IEnumerable<int> Numbers(SqlException fault) => fault.Errors.Cast<SqlError>().Select(error => error.Number);

    private static bool IsCertificate(SqlException fault) =>
        fault.InnerException is AuthenticationException || fault.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase);
}
