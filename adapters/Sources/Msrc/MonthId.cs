using System.Globalization;
using System.Text.RegularExpressions;

namespace PatchBot.Adapters.Sources.Msrc;

/// <summary>The name of a release document: <c>2023-Nov</c>, out of band <c>2017-May-B</c>, once <c>Oct-OOB</c> without a year.</summary>
internal readonly partial record struct MonthId : IComparable<MonthId>
{
    private MonthId(int year, int month, string suffix) => (Year, Month, Suffix) = (year, month, suffix);

    /// <summary>0 when the name has none.</summary>
    public int Year { get; }

    public int Month { get; }

    public string Suffix { get; }

    /// <summary>First instant of the month, UTC; <see langword="null"/> without a year.</summary>
    public DateTimeOffset? Start => Year > 0 ? new DateTimeOffset(Year, Month, 1, 0, 0, 0, TimeSpan.Zero) : null;

    /// <summary>Accepts any case: <c>2018-FEB</c> is <c>2018-Feb</c>.</summary>
    public static bool TryParse(string? name, out MonthId id)
    {
        id = default;
        if (name is null || Pattern().Match(name.Trim()) is not { Success: true } match
            || !DateTime.TryParseExact(match.Groups["month"].Value, "MMM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            return false;
        }

        var year = match.Groups["year"] is { Success: true } digits ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;
        if (year is not 0 and < 1995)
        {
            return false;
        }

        id = new MonthId(year, month.Month, match.Groups["suffix"].Value.ToUpperInvariant());
        return true;
    }

    public int CompareTo(MonthId other) => (Year, Month, Suffix).CompareTo((other.Year, other.Month, other.Suffix));

    public override string ToString()
    {
        var month = CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(Month);
        return $"{(Year > 0 ? $"{Year:0000}-" : "")}{month}{(Suffix.Length > 0 ? $"-{Suffix}" : "")}";
    }

    [GeneratedRegex("^(?:(?<year>[0-9]{4})-)?(?<month>[A-Za-z]{3})(?:-(?<suffix>[A-Za-z0-9]{1,8}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
