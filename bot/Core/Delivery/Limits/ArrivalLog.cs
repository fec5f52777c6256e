namespace PatchBot.Core.Delivery.Limits;

/// <summary>When calls arrived, earliest first, as long as a window may hold them; a ring that grows with its load.</summary>
internal sealed class ArrivalLog
{
    private TimeSpan[] ring = new TimeSpan[8];
    private int first;

    public int Count { get; private set; }

    /// <param name="number">1 for the latest.</param>
    public TimeSpan FromNewest(int number) => this[Count - number];

    /// <summary>Answers overtake each other, so a few at the end may have to move.</summary>
    public void Add(TimeSpan arrival)
    {
        if (Count == ring.Length)
        {
            var larger = new TimeSpan[ring.Length * 2];
            for (var at = 0; at < Count; at++)
            {
                larger[at] = this[at];
            }

            (ring, first) = (larger, 0);
        }

        var place = Count++;
        for (; place > 0 && this[place - 1] > arrival; place--)
        {
            this[place] = this[place - 1];
        }

        this[place] = arrival;
    }

    public void ForgetUntil(TimeSpan end)
    {
        while (Count > 0 && this[0] <= end)
        {
            first = (first + 1) % ring.Length;
            Count--;
        }
    }

    private TimeSpan this[int at]
    {
        get => ring[(first + at) % ring.Length];
        set => ring[(first + at) % ring.Length] = value;
    }
}
