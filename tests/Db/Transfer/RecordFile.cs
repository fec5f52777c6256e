using Microsoft.Data.Sqlite;
using PatchBot.Db;
using PatchBot.Db.Engines;
using PatchBot.Db.Transfer;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db.Transfer;

/// <summary>A SQLite file, looked at row by row.</summary>
internal static class RecordFile
{
    public static SqliteEngine Engine(string file) => new(new DatabaseOptions { File = file });

    /// <summary>Every row as one line of columns and values.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(string file, RecordTable table)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync(Some.Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the record's own tables.
        command.CommandText = $"SELECT * FROM {table.Name} ORDER BY {table.Key}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Some.Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Some.Token))
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(at => FormattableString.Invariant($"{reader.GetName(at)}={(reader.IsDBNull(at) ? "∅" : reader.GetValue(at))}"))));
        }

        return rows;
    }

    /// <summary>Something in every table, with what is easily lost: absent values, blanks, line ends, other alphabets, numbers that skip.</summary>
    public static async Task FillAsync(TestRecord record)
    {
        foreach (var statement in Sql.Fill.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await record.ByHandAsync(statement);
        }

        foreach (var detail in (string[])["first", "zwei\nZeilen", "三 🔧"])
        {
            await record.WriteAsync(
                async (session, token) =>
                {
                    await session.Audit.AppendAsync(new(Some.Noon.AddMilliseconds(7), Some.Manager.Id, "test.made", "patch/KB1", detail, "webchat:patching/1"), token);
                    return true;
                },
                Some.Token);
        }
    }

    private static class Sql
    {
        public const string Fill = """
            INSERT INTO patch (id, name_key, revision, content_hash, title, vendor, kind, update_type, severity, severity_word, restart, exploited, disclosed,
                               released_at, first_seen_at, revised_at, changes, facts)
            VALUES ('KB1', 'KB1', 1, 'a', ' Überwachung 監視 ', 'V', 'Security', 'Cumulative', 'High', 'Important', 'Yes', 'No', 'Unknown',
                    '2026-11-10T12:00:00.001Z', '2026-11-10T12:00:00.000Z', '2026-11-10T12:00:00.999Z', '[]', '{"a":"b"}'),
                   ('kb1', 'KB1', 2, '', '', '', 'Unknown', 'Unspecified', 'None', '', 'No', 'Yes', 'No',
                    NULL, '2026-11-10T12:00:00.000Z', '2026-11-10T12:00:00.000Z', '[]', '{}');
            INSERT INTO patch_cve VALUES ('KB1', 'CVE-2026-1', 'High', 8.8, 'No', 'No'), ('KB1', 'CVE-2026-2', 'None', NULL, 'No', 'No'), ('kb1', 'CVE-2026-1', 'Critical', 10, 'Yes', 'Yes');
            INSERT INTO patch_alias VALUES ('KB1', 'USN-1');
            INSERT INTO patch_relation VALUES ('KB1', 'Supersedes', 'KB0');
            INSERT INTO patch_need VALUES ('KB1', 'KB0');
            INSERT INTO source_document VALUES ('msrc', '2026-Nov', NULL, NULL), ('msrc', '2026-Oct', 'etag', '2026-11-10T12:00:00.000Z');
            INSERT INTO sighting VALUES ('msrc', '2026-Nov', 'KB1', 'a', 1, '2026-11-10T12:00:00.000Z', '{}'), ('msrc', '2026-Oct', 'KB1', 'b', 0, '2026-11-10T12:00:00.000Z', '{}');
            INSERT INTO lab_report VALUES (7, 'webchat', 'patching', '1', NULL, 'webchat:local:engineer', 'Erin', '2026-11-10T12:00:00.000Z', 'pass');
            INSERT INTO lab_result VALUES (9, 7, 'KB1', 'Pass', 'hv-lab-02', '', 'webchat:local:engineer', 'Erin', '2026-11-10T12:00:00.000Z', 'Standing', NULL);
            INSERT INTO rollout VALUES (4, 'KB1', 'production', 'Approved', '2026-11-14T21:00:00.000Z', '2026-11-15T01:00:00.000Z', 1, NULL, NULL, NULL, '[]', '[]', 'a', '', '', '', '', 3);
            INSERT INTO decision VALUES (5, 4, 'Approve', 'webchat:local:manager', 'Max', '2026-11-10T12:00:00.000Z', '', '0123456789ab', 'webchat:patching/press', 1, 'human:1');
            INSERT INTO confirmation VALUES ('production', 'product:Integration Components', 'PRODUCT:INTEGRATION COMPONENTS', 'webchat:local:engineer', 'Erin', '2026-11-10T12:00:00.000Z', '');
            INSERT INTO announcement VALUES (8, 'production', '2026-11-14T21:00:00.000Z', '2026-11-15T01:00:00.000Z', 'set', '2026-11-10T12:00:00.000Z');
            INSERT INTO person VALUES ('teams:tenant:ana', 'Ana', '29:ana', NULL);
            INSERT INTO identity_link VALUES ('teams:tenant:ana', 'Ana', 'human:1', '2026-11-10T12:00:00.000Z', 'webchat:local:admin');
            INSERT INTO link_code VALUES ('1a', 'teams:tenant:ana', 'Ana', NULL, NULL, NULL, '2026-11-10T12:10:00.000Z'),
                                         ('1b', 'teams:tenant:ana', 'Ana', 'slack:T1:U1', '安娜', 'D1', '2026-11-10T12:10:00.000Z');
            INSERT INTO link_guess VALUES (3, 'slack:T1:U1', '2026-11-10T12:00:00.000Z');
            INSERT INTO workspace VALUES ('slack', 'T1', 'Acme 株式会社', 'sealed', 'Active', NULL, NULL, '2026-11-10T12:00:00.000Z', 1),
                                         ('slack', 'T2', 'Gone', 'sealed', 'Unusable', '2026-11-10T12:00:00.000Z', 'invalid_auth', '2026-11-10T12:00:00.000Z', 2);
            INSERT INTO install_state VALUES ('2a', '2026-11-10T12:10:00.000Z');
            INSERT INTO channel VALUES ('webchat', 'patching', 'Patching', '', 'Active', 'worker', '2999-01-01T00:00:00.000Z', NULL, '2026-11-10T12:00:00.000Z', NULL, NULL, NULL),
                                       ('teams', '19:gone@thread.tacv2', 'Gone', '{}', 'Stopped', NULL, NULL, NULL, NULL, '2026-11-09T12:00:00.001Z', 'Entfernt; 削除', '2026-11-09T12:01:00.000Z');
            INSERT INTO subscription VALUES ('webchat', 'patching', 'production', 'Patches');
            INSERT INTO post VALUES (12, 'webchat', 'patching', 'patch/KB1', 3, 2, NULL, '20', 'x', 1, '2026-11-10T12:00:00.000Z', NULL, 'no answer', 1);
            INSERT INTO inbox VALUES ('slack', 'Ev1', '2026-11-10T12:00:00.000Z');
            INSERT INTO transcript_message VALUES (20, 'webchat', 'patching', NULL, 'patchbot:self:bot', 'PatchBot', 'card', '{}', 1, 12, '2026-11-10T12:00:00.000Z', 0),
                                                  (31, 'webchat', 'patching', 20, 'webchat:local:engineer', 'Erin', 'pass', NULL, 2, NULL, '2026-11-10T12:00:00.000Z', 1);
            """;
    }
}
