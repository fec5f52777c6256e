using PatchBot.Core.Announcements;
using PatchBot.Core.Audit;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Relations;
using PatchBot.Core.Retention;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Workspaces;

namespace PatchBot.Core.Record;

/// <summary>The database, seen from the rules: everything that must survive goes through here.</summary>
public interface IRecord
{
    /// <summary>
    /// Runs <paramref name="work"/> in one transaction. What it returns is committed durably. It may run again after a
    /// conflict, so it must not touch anything but the session.
    /// </summary>
    /// <exception cref="RecordUnavailableException">Nothing was recorded.</exception>
    Task<T> WriteAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> on one consistent state, without changing it.</summary>
    /// <exception cref="RecordUnavailableException">The database could not be read.</exception>
    Task<T> ReadAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken);
}

/// <summary>The stores, all in the same transaction.</summary>
public interface IRecordSession
{
    IPatchStore Patches { get; }

    IRelationStore Relations { get; }

    ILabStore Lab { get; }

    IRolloutStore Rollouts { get; }

    IAnnouncementStore Announcements { get; }

    IChannelStore Channels { get; }

    IPostStore Posts { get; }

    IInbox Inbox { get; }

    IAuditLog Audit { get; }

    ITranscript Transcript { get; }

    IRetentionStore Retention { get; }

    IPeopleStore People { get; }

    ILinkStore Links { get; }

    ILinkCodeStore LinkCodes { get; }

    IWorkspaceStore Workspaces { get; }
}

/// <summary>
/// The database could not be reached or written. Nothing of the transaction was recorded, unless the message says that this
/// is not known: the connection broke while it was committing.
/// </summary>
public sealed class RecordUnavailableException(string message, Exception cause) : Exception(message, cause);
