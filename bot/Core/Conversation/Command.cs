using PatchBot.Core.Approvals;
using PatchBot.Core.Delivery;

namespace PatchBot.Core.Conversation;

/// <summary>Something that a message asks the bot to do. The set is closed.</summary>
public abstract record Command
{
    private protected Command()
    {
    }
}

/// <param name="Ring">As written; empty when not named.</param>
/// <param name="Reason">Empty when not given.</param>
/// <param name="Until">As written after "defer to" or "defer by"; empty when not given.</param>
public sealed record DecideCommand(DecisionKind Kind, bool Emergency, string Ring, string Reason, string Until) : Command;

/// <summary>"confirm KB5005112 on production": a prerequisite is in place.</summary>
public sealed record ConfirmCommand(string Requirement, string Ring) : Command;

public sealed record FollowCommand(bool Follow, Topic Topic, string Ring) : Command;

/// <param name="Patch">As written; empty for an overview.</param>
public sealed record StatusCommand(string Patch) : Command;

/// <summary>"what waits for me?"</summary>
public sealed record WaitingCommand : Command;

/// <summary>"record": the form for a lab result, where no button opens one.</summary>
public sealed record RecordCommand : Command;

/// <summary>"link" in a chat with the bot alone, and "link K7QD-94XM-T2WH" there: a person's identities on two platforms become one human's.</summary>
/// <param name="Code">As written; empty to begin.</param>
public sealed record LinkCommand(string Code) : Command;

/// <summary>"link teams:TENANT:ID with slack:TEAM:ID", for admins.</summary>
/// <param name="One">As written, as is <paramref name="Other"/>.</param>
public sealed record LinkPeopleCommand(string One, string Other) : Command;

/// <summary>"unlink slack:TEAM:ID", for admins.</summary>
/// <param name="Person">As written.</param>
public sealed record UnlinkCommand(string Person) : Command;

public sealed record WhoAmICommand : Command;

public sealed record WindowsCommand : Command;

/// <param name="Patch">As written; empty for everything that is open.</param>
public sealed record ExportCommand(string Patch) : Command;

public sealed record HelpCommand : Command;

public sealed record DemoCommand : Command;
