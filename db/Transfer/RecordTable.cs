namespace PatchBot.Db.Transfer;

/// <summary>A table of the record, as copying needs to know it. Its columns are asked of the database.</summary>
/// <param name="Key">The columns of its primary key, in order; rows are read in that order, so a thread's first message comes before its replies.</param>
/// <param name="Numbered">It gives out its ids by itself; a copy keeps them.</param>
internal sealed record RecordTable(string Name, string Key, bool Numbered = false)
{
    public const string Audit = "audit_entry";

    /// <summary>Moves with each entry of the audit, so it is not copied.</summary>
    public const string AuditHead = "audit_head";

    /// <summary>What counts for the place that it was in only; null in the copy.</summary>
    public IReadOnlySet<string> LeftBehind { get; init; } = new HashSet<string>();

    /// <summary>What is referred to comes before what refers to it; the audit comes last.</summary>
    public static IReadOnlyList<RecordTable> All { get; } =
    [
        new("patch", "id"),
        new("patch_cve", "patch_id, cve"),
        new("patch_alias", "patch_id, alias_key"),
        new("patch_relation", "patch_id, kind, other_id"),
        new("patch_need", "patch_id, needed_id"),
        new("source_document", "source, document"),
        new("sighting", "source, document, patch_id"),
        new("lab_report", "id", Numbered: true),
        new("lab_result", "id", Numbered: true),
        new("rollout", "id", Numbered: true),
        new("decision", "id", Numbered: true),
        new("confirmation", "ring, requirement"),
        new("announcement", "id", Numbered: true),

        // A lease is a worker's that is at work on the other database.
        new("channel", "platform, channel_id") { LeftBehind = new HashSet<string> { "lease_owner", "lease_until" } },
        new("subscription", "platform, channel_id, ring, topic"),
        new("post", "id", Numbered: true),
        new("person", "person_id"),
        new("identity_link", "person_id"),
        new("link_code", "code_hash"),
        new("link_guess", "id", Numbered: true),
        new("workspace", "platform, workspace_id"),
        new("install_state", "state_hash"),
        new("inbox", "platform, delivery_key"),
        new("transcript_message", "id", Numbered: true),
        new(Audit, "sequence"),
    ];
}
