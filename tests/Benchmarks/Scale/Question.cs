namespace PatchBot.Benchmarks.Scale;

/// <summary>Something that the bot asks of its store, or does with it.</summary>
/// <param name="Subject">What stands behind it: a card, a click, a lease, something due.</param>
/// <param name="Times">How often it is asked of each store, warm.</param>
/// <param name="Ready">Gets ready for the n-th asking, which is not counted, and gives back what is.</param>
internal sealed record Question(string Subject, string Name, int Times, Func<ScaleStore, int, Task<Func<Task>>> Ready)
{
    /// <summary>What it takes is in proportion to what it does, so that two stores cannot be alike.</summary>
    public string Grows { get; init; } = "";

    /// <summary>Also asked after everything that is in memory was forgotten.</summary>
    public bool Cold { get; init; }

    /// <summary>Before the first asking, of each store.</summary>
    public Func<ScaleStore, Task>? Before { get; init; }

    public static Question Of(string subject, string name, int times, Func<ScaleStore, int, Task> ask) =>
        new(subject, name, times, (store, n) => Task.FromResult<Func<Task>>(() => ask(store, n)));
}
