using PatchBot.Tests.Db;

namespace PatchBot.Tests.Db.SqlServer;

// They share one database, so they run one after the other.

[Collection(SqlServerTestEngine.Name)]
public sealed class PatchStoreOnSqlServer() : PatchStoreContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class RelationStoreOnSqlServer() : RelationStoreContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class LabStoreOnSqlServer() : LabStoreContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class RolloutStoreOnSqlServer() : RolloutStoreContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class AnnouncementStoreOnSqlServer() : AnnouncementStoreContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class ChannelStoreOnSqlServer() : ChannelStoreContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class PostStoreOnSqlServer() : PostStoreContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class ChannelLeaseOnSqlServer() : ChannelLeaseContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class InboxOnSqlServer() : InboxContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class AuditLogOnSqlServer() : AuditLogContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class TranscriptOnSqlServer() : TranscriptContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class RetentionStoreOnSqlServer() : RetentionStoreContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class PeopleStoreOnSqlServer() : PeopleStoreContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class LinkStoreOnSqlServer() : LinkStoreContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class LinkCodeStoreOnSqlServer() : LinkCodeStoreContract(SqlServerTestEngine.Instance);

[Collection(SqlServerTestEngine.Name)]
public sealed class WorkspaceStoreOnSqlServer() : WorkspaceStoreContract(SqlServerTestEngine.Instance);
