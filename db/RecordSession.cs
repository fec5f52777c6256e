using PatchBot.Core.Announcements;
using PatchBot.Core.Audit;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Retention;
using PatchBot.Core.Rollouts;
using PatchBot.Core.Workspaces;
using PatchBot.Db.Stores;

namespace PatchBot.Db;

/// <summary>The stores over one transaction; each is as light as a reference.</summary>
internal sealed class RecordSession(SqlSession sql) : IRecordSession
{
    public IPatchStore Patches => field ??= new PatchStore(sql.InTurn());

    public IRelationStore Relations => field ??= new RelationStore(sql.InTurn());

    public ILabStore Lab => field ??= new LabStore(sql.InTurn());

    public IRolloutStore Rollouts => field ??= new RolloutStore(sql.InTurn());

    public IAnnouncementStore Announcements => field ??= new AnnouncementStore(sql.InTurn());

    public ILinkStore Links => field ??= new LinkStore(sql.InTurn());

    public ILinkCodeStore LinkCodes => field ??= new LinkCodeStore(sql.InTurn());

    public IAuditLog Audit => field ??= new AuditLog(sql.InTurn(evenToRead: true));

    // Delivery goes on beside a long import: each of these statements repeats the conditions that it was chosen by.
    public IChannelStore Channels => field ??= new ChannelStore(sql);

    public IPostStore Posts => field ??= new PostStore(sql);

    public IInbox Inbox => field ??= new Inbox(sql);

    public ITranscript Transcript => field ??= new Transcript(sql);

    public IRetentionStore Retention => field ??= new RetentionStore(sql);

    public IPeopleStore People => field ??= new PeopleStore(sql);

    public IWorkspaceStore Workspaces => field ??= new WorkspaceStore(sql);
}
