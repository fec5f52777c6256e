namespace PatchBot.Tests.Db;

public sealed class PatchStoreOnSqlite() : PatchStoreContract(TestEngine.Sqlite);

public sealed class RelationStoreOnSqlite() : RelationStoreContract(TestEngine.Sqlite);

public sealed class LabStoreOnSqlite() : LabStoreContract(TestEngine.Sqlite);

public sealed class RolloutStoreOnSqlite() : RolloutStoreContract(TestEngine.Sqlite);

public sealed class AnnouncementStoreOnSqlite() : AnnouncementStoreContract(TestEngine.Sqlite);

public sealed class ChannelStoreOnSqlite() : ChannelStoreContract(TestEngine.Sqlite);

public sealed class PostStoreOnSqlite() : PostStoreContract(TestEngine.Sqlite);

public sealed class ChannelLeaseOnSqlite() : ChannelLeaseContract(TestEngine.Sqlite);

public sealed class InboxOnSqlite() : InboxContract(TestEngine.Sqlite);

public sealed class AuditLogOnSqlite() : AuditLogContract(TestEngine.Sqlite);

public sealed class TranscriptOnSqlite() : TranscriptContract(TestEngine.Sqlite);

public sealed class RetentionStoreOnSqlite() : RetentionStoreContract(TestEngine.Sqlite);

public sealed class PeopleStoreOnSqlite() : PeopleStoreContract(TestEngine.Sqlite);

public sealed class LinkStoreOnSqlite() : LinkStoreContract(TestEngine.Sqlite);

public sealed class LinkCodeStoreOnSqlite() : LinkCodeStoreContract(TestEngine.Sqlite);

public sealed class WorkspaceStoreOnSqlite() : WorkspaceStoreContract(TestEngine.Sqlite);
