namespace PatchBot.Core.Delivery.Limits;

/// <summary>
/// The right to make one call. Its place in the windows is counted from when the call has surely arrived: its answer, or a
/// while after it was sent, whichever comes first.
/// </summary>
public sealed class CallSlot : IDisposable
{
    private readonly SlidingWindows windows;

    internal CallSlot(SlidingWindows windows) => this.windows = windows;

    /// <summary>When it was sent, since the windows began.</summary>
    internal TimeSpan? SentAt { get; set; }

    internal bool Done { get; set; }

    /// <summary>The call is on its way.</summary>
    public void Sent() => windows.Sent(this);

    /// <summary>Ends it: what was sent counts, what was not is given back.</summary>
    public void Dispose() => windows.End(this);
}
