using System.Collections.Concurrent;
using System.Text.Json;
using PatchBot.Core.Patches;

namespace PatchBot.Db.Stores;

/// <summary>
/// Facts that were read before. Equal JSON says equal things, so nothing here can be outdated; reading it again takes several
/// times as long as reading its row.
/// </summary>
internal static class KnownFacts
{
    // Some 10 KB each; emptied when it is full, it fills again by itself.
    private const int Most = 1_000;

    private static readonly ConcurrentDictionary<string, (string Json, PatchFacts Facts)> Known = new(StringComparer.Ordinal);

    public static PatchFacts Of(string contentHash, string json)
    {
        if (Known.TryGetValue(contentHash, out var known) && known.Json == json)
        {
            return known.Facts;
        }

        if (Known.Count >= Most)
        {
            Known.Clear();
        }

        var facts = JsonSerializer.Deserialize(json, PatchJson.Default.PatchFacts)!;
        Known[contentHash] = (json, facts);
        return facts;
    }
}
