using PatchBot.Core.Announcements;
using PatchBot.Core.Audit;
using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.Record;
using PatchBot.Core.Relations;
using PatchBot.Core.Rollouts;
using PatchBot.Db.Stores;

namespace PatchBot.Db;

/// <summary>The stores over one transaction; each is as light as a reference.</summary>
internal sealed class RecordSession(SqlSession sql) : IRecordSession
{
    public IPatchStore Patches => field ??= new PatchStore(sql);

    public IRelationStore Relations => field ??= new RelationStore(sql);

    public ILabStore Lab => field ??= new LabStore(sql);

    public IRolloutStore Rollouts => field ??= new RolloutStore(sql);

    public IAnnouncementStore Announcements => field ??= new AnnouncementStore(sql);

    public IChannelStore Channels => field ??= new ChannelStore(sql);

    public IPostStore Posts => field ??= new PostStore(sql);

    public IInbox Inbox => field ??= new Inbox(sql);

    public IAuditLog Audit => field ??= new AuditLog(sql);

    public ITranscript Transcript => field ??= new Transcript(sql);
}
