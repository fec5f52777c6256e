namespace PatchBot.Core.Delivery;

/// <summary>A channel on a platform, by the platform's own id.</summary>
/// <param name="Platform"><c>teams</c>, <c>slack</c> or <c>webchat</c>; at most 20 characters.</param>
/// <param name="Id">At most 300 characters.</param>
public readonly record struct ChannelRef(string Platform, string Id)
{
    /// <summary>How the audit names it; a longer id than fits is cut.</summary>
    public string AuditSubject => $"channel/{this}" is var subject && subject.Length <= 200 ? subject : $"{subject[..199]}…";

    public override string ToString() => $"{Platform}:{Id}";
}

/// <summary>A message in a channel, by the platform's own id (Slack's <c>ts</c>, Teams' activity id).</summary>
/// <param name="Message">At most 200 characters.</param>
public readonly record struct MessageRef(ChannelRef Channel, string Message)
{
    public override string ToString() => $"{Channel}/{Message}";
}
