using NodaTime;
using NodaTime.TimeZones;

namespace PatchBot.Core.Windows;

/// <summary>IANA time zones by name, from the database that comes with NodaTime.</summary>
public static class Zones
{
    private const int Suggested = 3;

    /// <returns><see langword="false"/> when there is no such zone; the remedy then names zones with a similar name.</returns>
    public static bool Exists(string name, out string remedy)
    {
        remedy = Find(name) is null ? Remedy(name) : "";
        return remedy.Length == 0;
    }

    internal static DateTimeZone? Find(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);

    internal static string Remedy(string name)
    {
        var near = Near(name.Trim());
        return near.Count == 0
            ? "no IANA time zone; use for example Europe/Berlin or UTC"
            : $"no IANA time zone; did you mean {string.Join(" or ", near)}?";
    }

    private static List<string> Near(string name)
    {
        // Windows' own names are what administrators see every day.
        if (TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(name, out var windows))
        {
            return [windows];
        }

        if (name.Length is 0 or > 60)
        {
            return [];
        }

        var spoken = name.Replace(' ', '_');
        var allowed = Math.Max(1, name.Length / 4);
        return
        [
            .. DateTimeZoneProviders.Tzdb.Ids
                .Select(id => (Id: id, Far: Math.Min(Distance(spoken, id), Distance(spoken, id[(id.LastIndexOf('/') + 1)..]))))
                .Where(zone => zone.Far <= allowed)
                .OrderBy(zone => zone.Far).ThenBy(zone => zone.Id, StringComparer.Ordinal)
                .Take(Suggested)
                .Select(zone => zone.Id),
        ];
    }

    // How many letters must be added, dropped or changed.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var corner = row[0]++;
            for (var j = 0; j < right.Length; j++)
            {
                var same = char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[j]);
                (corner, row[j + 1]) = (row[j + 1], Math.Min(corner + (same ? 0 : 1), 1 + Math.Min(row[j], row[j + 1])));
            }
        }

        return row[^1];
    }
}
