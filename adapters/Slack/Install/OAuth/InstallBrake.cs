namespace PatchBot.Adapters.Slack.Install.OAuth;

/// <summary>Lets a process begin only so many installations a minute: whoever finds the page could fill the record otherwise.</summary>
internal sealed class InstallBrake(TimeProvider clock)
{
    public const int AMinute = 30;

    private readonly Lock gate = new();
    private DateTimeOffset minute;
    private int begun;

    public bool Let()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now - minute >= TimeSpan.FromMinutes(1))
            {
                (minute, begun) = (now, 0);
            }

            return ++begun <= AMinute;
        }
    }
}
