namespace PatchBot.Adapters.Slack.Inbound;

/// <summary>
/// Takes what Slack delivers, over HTTP or over a socket: the caller is verified by then. Behind both ways in everything is
/// the same. Each call returns in time for the acknowledgement, whatever the database does.
/// </summary>
internal interface ISlackDeliveries
{
    /// <param name="envelope">An Events API envelope (<c>event_callback</c> and its kin) as UTF-8 JSON.</param>
    /// <param name="attempt">0 for the first delivery, then 1, 2, 3.</param>
    Task<Acknowledgement> EventAsync(ReadOnlyMemory<byte> envelope, int attempt, CancellationToken cancellationToken);

    /// <param name="payload">An interaction's payload as UTF-8 JSON: press, modal, shortcut.</param>
    Task<Acknowledgement> InteractionAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <param name="fields">A slash command's fields by their names.</param>
    Task<Acknowledgement> CommandAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken);
}

/// <summary>What goes back to Slack at once.</summary>
/// <param name="Taken"><see langword="false"/> when nothing was recorded and Slack should deliver it again.</param>
/// <param name="Body">The response's JSON in UTF-8, such as a modal's errors; empty for most.</param>
internal readonly record struct Acknowledgement(bool Taken, ReadOnlyMemory<byte> Body)
{
    public static Acknowledgement Empty { get; } = new(true, default);

    public static Acknowledgement Again { get; } = new(false, default);
}
