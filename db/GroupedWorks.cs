namespace PatchBot.Db;

/// <summary>The works of one transaction of <see cref="GroupCommit"/>.</summary>
internal sealed class GroupedWorks
{
    private int taken;

    /// <summary>To be committed, in order.</summary>
    public List<WaitingWrite> Ran { get; } = [];

    /// <summary>Undone for good. They hear of it when the others do: what they met was not committed either.</summary>
    public List<(WaitingWrite Write, Exception Fault)> Ended { get; } = [];

    public bool Begun { get; set; }

    /// <summary>Nobody joins any more.</summary>
    public bool Closed { get; set; }

    public bool TakeOneMore(bool alone, TimeSpan lasted)
    {
        if (Closed || taken == GroupCommit.Most || (taken > 0 && (alone || lasted > GroupCommit.Gathers)))
        {
            return false;
        }

        taken++;
        Closed = alone;
        return true;
    }
}
