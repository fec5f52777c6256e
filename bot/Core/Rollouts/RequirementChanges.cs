using PatchBot.Core.Relations;

namespace PatchBot.Core.Rollouts;

/// <summary>Says in words how the prerequisites of two snapshots differ.</summary>
internal static class RequirementChanges
{
    private const int Named = 5;

    public static string Between(string approved, string current)
    {
        if (Read(approved) is not { } was || Read(current) is not { } now)
        {
            return "the prerequisites changed";
        }

        List<string> changes =
        [
            .. was.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
                .Where(key => was.GetValueOrDefault(key) != now.GetValueOrDefault(key))
                .Select(key => (was.GetValueOrDefault(key), now.GetValueOrDefault(key)) switch
                {
                    (null, "ready") => $"{Name(key)} is a prerequisite now",
                    (null, _) => $"{Name(key)} must go first now",
                    (_, null) => $"{Name(key)} is no prerequisite any more",
                    (_, "ready") => $"the prerequisite {Name(key)} is settled now",
                    _ => $"the prerequisite {Name(key)} is open again",
                }),
        ];
        return changes.Count <= Named ? string.Join("; ", changes) : $"{string.Join("; ", changes.Take(Named))}; and {changes.Count - Named} more";
    }

    private static string Name(string key) => RequirementKey.Read(key)?.ToString() ?? key;

    /// <returns><see langword="null"/> where a hash stands for a long list; see <see cref="PatchReview.Digest"/>.</returns>
    private static Dictionary<string, string>? Read(string digest)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in digest.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.LastIndexOf('=');
            if (equals < 0)
            {
                return null;
            }

            read[part[..equals]] = part[(equals + 1)..];
        }

        return read;
    }
}
