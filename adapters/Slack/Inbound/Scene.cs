using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;

namespace PatchBot.Adapters.Slack.Inbound;

/// <summary>Where something happened and who did it, of a delivery that is verified.</summary>
/// <param name="User">Slack's id of the person.</param>
internal sealed record Scene(SlackWorkspace Workspace, ChannelRef Channel, ConversationKind Kind, Person By, string User)
{
    /// <summary>What was written, or holds the button; <see langword="null"/> where it was neither, as on the Home tab.</summary>
    public string? Message { get; init; }

    /// <summary>Root of the thread that it happened in; <see langword="null"/> for a root itself.</summary>
    public string? Thread { get; init; }

    /// <summary>Opens a modal for the person, once.</summary>
    public string? Trigger { get; init; }

    /// <summary>Where the person can be answered alone.</summary>
    public Uri? ResponseUrl { get; init; }

    /// <summary>Nobody else saw what was said; what answers it is for the person alone.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>What everyone should read goes into the thread; in the chat with one person it goes below.</summary>
    public string? ThreadOfAnswer => Kind == ConversationKind.Direct ? Thread : Thread ?? Message;

    public ConversationAddress Address => new(Workspace.Id, Kind);

    public PersonAddress Person => new(Workspace.Id, User);
}
