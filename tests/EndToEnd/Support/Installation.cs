using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PatchBot.Tests.EndToEnd.Support;

/// <summary>A folder with settings, a database and the program's processes; all of it goes when this does.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly List<PatchBotProcess> processes = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("patchbot-e2e-").FullName;

    public string Database => PathOf("patchbot.db");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Configure(object settings) => File.WriteAllText(PathOf("appsettings.json"), JsonSerializer.Serialize(settings));

    /// <summary>Starts the bot on a free port of loopback and waits until it serves.</summary>
    /// <param name="settings">More of what can stand on the command line.</param>
    public async Task<Server> ServeAsync(params string[] settings)
    {
        var clock = Stopwatch.StartNew();
        var process = Start(["--Urls", "http://127.0.0.1:0", .. settings]);
        var ready = await process.WaitForLineAsync("PatchBot is ready. Web chat: ", Token);
        return new Server(process, new Uri(ready.Split("Web chat: ")[1].Split(". ")[0]), clock.Elapsed);
    }

    /// <summary>Runs one command to its end.</summary>
    public async Task<Finished> RunAsync(params string[] words)
    {
        await using var process = Start(words);
        return await process.FinishAsync(Token);
    }

    public PatchBotProcess Start(params string[] words)
    {
        var process = new PatchBotProcess(Folder, words);
        processes.Add(process);
        return process;
    }

    /// <summary>Asks the database file, past the program, as an auditor would.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        var connect = new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false, DefaultTimeout = 10 };
        await using var connection = new SqliteConnection(connect.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}

/// <param name="Page">The web chat's address.</param>
/// <param name="Started">From the start of the process to serving.</param>
internal sealed record Server(PatchBotProcess Process, Uri Page, TimeSpan Started);

/// <summary>What a command left behind: exit code and what it printed.</summary>
internal sealed record Finished(int Code, string Output, string Errors)
{
    public override string ToString() => $"exit code {Code}\n{Output}\n{Errors}";
}
