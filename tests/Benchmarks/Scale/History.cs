using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PatchBot.Benchmarks.Scale;

/// <summary>
/// Fills a store with years that are over: written in SQL, since no bot could live through them here. A patch's line has
/// twelve generations, however many lines there are; the newest of each line went in everywhere.
/// </summary>
internal sealed class History(FileInfo database, ScaleSize size) : IDisposable
{
    private const int Chunk = 50_000;
    private const int Years = 20;

    private readonly SqliteConnection connection = Open(database);
    private readonly int patches = size.Past;

    public void Fill(DateTimeOffset now, Action<string> report)
    {
        Run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -500000");
        var triggers = TakeTriggers();
        foreach (var (table, rows, statement) in Steps())
        {
            report($"{table}: {rows:N0}");
            for (var from = 0L; from < rows; from += Chunk)
            {
                Run(statement, now, from, Math.Min(from + Chunk, rows));
            }
        }

        Run(HistorySql.MoveHead);
        triggers.ForEach(trigger => Run(trigger));
        Run("PRAGMA journal_mode = WAL");
    }

    public void Dispose()
    {
        connection.Dispose();
        SqliteConnection.ClearPool(connection);
    }

    private IEnumerable<(string Table, long Rows, string Statement)> Steps() =>
    [
        ("patch", patches, HistorySql.Patches),
        ("patch_cve", patches, HistorySql.Cves),
        ("patch_alias", patches, HistorySql.Aliases),
        ("patch_relation", patches, HistorySql.Relations),
        ("patch_need", patches, HistorySql.Needs),
        ("source_document", 240, HistorySql.Documents),
        ("sighting", patches, HistorySql.Sightings),
        ("lab_report", patches, HistorySql.LabReports),
        ("lab_result", patches, HistorySql.LabResults),
        ("rollout", 2L * patches, HistorySql.Rollouts),
        ("decision", 2L * patches, HistorySql.Decisions),
        ("confirmation", patches / 200, HistorySql.Confirmations),
        ("announcement", 1, HistorySql.Announcements),
        ("channel", size.Channels, HistorySql.Channels),
        ("subscription", size.Channels, HistorySql.Subscriptions),
        ("post", 2L * patches, HistorySql.Posts),
        ("transcript_message", patches, HistorySql.Messages),
        ("inbox", patches / 2, HistorySql.Inbox),
        ("audit_entry", 5L * size.Patches, HistorySql.Audit),
    ];

    // The audit's triggers let one entry in at a time, which is their purpose.
    private List<string> TakeTriggers()
    {
        var (names, texts) = (new List<string>(), new List<string>());
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
                texts.Add(reader.GetString(1));
            }
        }

        names.ForEach(name => Run($"DROP TRIGGER {name}"));
        return texts;
    }

    private void Run(string statement, DateTimeOffset now, long from, long until)
    {
        var span = TimeSpan.FromDays(Years * 365).TotalSeconds;
        Run(
            statement,
            ("@from", from), ("@until", until), ("@patches", patches), ("@lines", size.Lines), ("@channels", size.Channels), ("@first", ScaleSize.FirstNumber),
            ("@begin", now.AddDays(-100).ToUnixTimeSeconds() - span), ("@step", span / patches), ("@now", now.ToUnixTimeSeconds()),
            ("@firstFacts", HistoryFacts.Template(isFirst: true)), ("@nextFacts", HistoryFacts.Template(isFirst: false)));
    }

#pragma warning disable CA2100 // Constants of this folder, and the triggers that the migration has made.
    private void Run(string statement, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.CommandTimeout = 0;
        foreach (var (name, value) in values.Where(value => statement.Contains(value.Name, StringComparison.Ordinal)))
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100

    private static SqliteConnection Open(FileInfo database)
    {
        var connection = new SqliteConnection(string.Create(CultureInfo.InvariantCulture, $"Data Source={database.FullName};Pooling=False"));
        connection.Open();
        return connection;
    }
}
