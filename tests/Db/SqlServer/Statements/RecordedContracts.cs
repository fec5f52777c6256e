using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace PatchBot.Tests.Db.SqlServer.Statements;

/// <summary>Runs every contract once, on SQLite, to learn the types of all parameters from their real use.</summary>
internal static class RecordedContracts
{
    private static readonly Lazy<Task<Recorder>> Once = new(RunAsync);

    public static Task<Recorder> Result => Once.Value;

    private static async Task<Recorder> RunAsync()
    {
        var recorder = new Recorder();
        Recorder.Current = recorder;
        await RecordedDatabase.MigrateAsync(recorder);
        foreach (var contract in typeof(RecordedContracts).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(StoreContract))))
        {
            foreach (var method in contract.GetMethods().Where(method => method.GetCustomAttributes().Any(attribute => attribute is IFactAttribute)))
            {
                foreach (var row in await RowsAsync(method))
                {
                    await using var run = (StoreContract)Activator.CreateInstance(contract)!;
                    await run.InitializeAsync();
                    await (Task)method.Invoke(run, row)!;
                }
            }
        }

        return recorder;
    }

    private static async Task<IEnumerable<object?[]>> RowsAsync(MethodInfo method)
    {
        var sources = method.GetCustomAttributes().OfType<IDataAttribute>().ToList();
        var rows = new List<object?[]>();
        await using var disposal = new DisposalTracker();
        foreach (var source in sources)
        {
            rows.AddRange((await source.GetData(method, disposal)).Select(row => row.GetData()));
        }

        return sources.Count == 0 ? [[]] : rows;
    }
}
