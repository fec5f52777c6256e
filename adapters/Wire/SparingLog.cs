namespace PatchBot.Adapters.Wire;

/// <summary>Lets each kind of line be written at most once in ten seconds, so that a flood of garbage fills no disk.</summary>
public sealed class SparingLog<TKind>(TimeProvider clock)
    where TKind : notnull
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<TKind, (DateTimeOffset Next, int Silent)> written = [];

    /// <param name="silent">How many were kept silent since the last line of the kind.</param>
    public bool MayWrite(TKind kind, out int silent)
    {
        lock (gate)
        {
            var (now, last) = (clock.GetUtcNow(), written.GetValueOrDefault(kind));
            (var due, silent) = (now >= last.Next, last.Silent);
            written[kind] = due ? (now + Pause, 0) : (last.Next, last.Silent + 1);
            return due;
        }
    }
}
