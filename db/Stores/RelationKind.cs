namespace PatchBot.Db.Stores;

/// <summary>How <c>patch_relation</c> relates a patch to another.</summary>
internal enum RelationKind
{
    Supersedes,
    Requires,
}
