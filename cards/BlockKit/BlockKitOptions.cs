namespace PatchBot.Cards.BlockKit;

/// <summary>What <c>chat.postMessage</c> and <c>chat.update</c> take.</summary>
/// <param name="Text">
/// All that the blocks say, for notifications and for screen readers, which read it instead of the blocks. Escaped for
/// mrkdwn, at most <see cref="BlockKitOptions.MostText"/> code points; its first line is the title and the summary.
/// </param>
/// <param name="Blocks">A JSON array in UTF-8.</param>
public sealed record BlockKitMessage(string Text, ReadOnlyMemory<byte> Blocks);

/// <summary>What a card needs to know of the message that will hold it.</summary>
public sealed record BlockKitOptions
{
    /// <summary>Slack refuses a longer <c>text</c> in <c>chat.update</c>.</summary>
    public const int MostText = 4_000;

    public const int MostBlocks = 50;

    /// <summary>
    /// What the blocks' JSON may have in all. Slack refuses a message whose blocks have some 12,000 to 13,200 characters,
    /// and does not say which of them it counts; so all are counted, and room is left.
    /// </summary>
    public const int MostCharacters = 9_000;

    /// <summary>The post that the card shows; each button carries it back, and details go behind a button.</summary>
    public long? PostId { get; init; }
}

/// <summary>What a form needs to know of the modal that will hold it.</summary>
public sealed record BlockKitViewOptions
{
    public const int MostMetadata = 3_000;

    /// <summary>What the caller wants back with what was typed; at most <see cref="MostMetadata"/> characters.</summary>
    public string PrivateMetadata
    {
        get;
        init => field = value.Length <= MostMetadata ? value : throw new ArgumentException($"Slack takes at most {MostMetadata} characters of private metadata; this has {value.Length}.", nameof(value));
    } = "";

    /// <summary>What was wrong with what was sent before, shown on top; empty when the form is new.</summary>
    public string Error { get; init; } = "";

    /// <summary>What was typed before, by input id; wins over the form's own values.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}
