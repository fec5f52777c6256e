using System.Globalization;
using System.Text.RegularExpressions;
using PatchBot.Adapters.Sources.Reading;
using PatchBot.Core.Patches.Sources;

namespace PatchBot.Adapters.Sources.Msrc.Cvrf;

/// <summary>
/// Takes what either format's reader finds, counts it against the limits, and keeps equal texts once: a month repeats
/// its product ids and severity words tens of thousands of times.
/// </summary>
internal sealed partial class CvrfIntake(string document, MsrcLimits limits)
{
    private const int ShortText = 300;
    private const int LongText = 2048;
    private const int DescriptionText = 600;
    private const int MostKept = 50_000;

    private readonly Dictionary<string, string> shortened = [];
    private readonly Dictionary<string, string> lines = [];
    private readonly Dictionary<string, IReadOnlyList<string>> singleProducts = [];
    private readonly HashSet<CvrfThreat> threats = [];
    private readonly HashSet<CvrfScore> scores = [];
    private readonly Dictionary<string, CvrfVulnerability> known = [];
    private int rows;

    public CvrfDocument Document { get; } = new();

    public SourceFormatException Fault(string place, string fault, Exception? cause = null) => new(document, place, fault, cause);

    public void SetId(string id, string place)
    {
        if (!MonthId.TryParse(id, out var month))
        {
            throw Fault(place, $"'{PlainText.Line(id, 60)}' is not the id of an MSRC release document, such as 2023-Nov.");
        }

        Document.Id = month.ToString();
    }

    public void SetTitle(string title) => Document.Title = PlainText.Of(title, ShortText);

    public void AddProduct(string id, string name, string family, string place)
    {
        if (id.Length is 0 or > 60)
        {
            throw Fault(place, "A product id must have 1 to 60 characters.");
        }

        // Products stand twice: in a branch, which names the family, and in a flat list, which does not.
        var product = new CvrfProduct(Short(name), Short(family));
        if (Document.Products.TryGetValue(id, out var earlier))
        {
            product = product.Family.Length > 0 ? product : product with { Family = earlier.Family };
        }
        else if (Document.Products.Count == limits.Products)
        {
            throw Fault(place, $"The document lists more than {limits.Products} products.");
        }

        Document.Products[Raw(id)] = product;
    }

    public CvrfVulnerability AddVulnerability(string id, string place)
    {
        var name = id.Trim().ToUpperInvariant();
        if (!VulnerabilityId().IsMatch(name))
        {
            throw Fault(place, name.Length == 0
                ? "A vulnerability has no id."
                : $"'{PlainText.Line(id, 60)}' is not the id of a vulnerability, such as CVE-2023-36025.");
        }

        // Listed twice, the two halves are one: which of them comes first makes no difference to the patches.
        if (known.TryGetValue(name, out var earlier))
        {
            return earlier;
        }

        if (Document.Vulnerabilities.Count == limits.Vulnerabilities)
        {
            throw Fault(place, $"The document lists more than {limits.Vulnerabilities} vulnerabilities.");
        }

        var vulnerability = new CvrfVulnerability(name);
        known.Add(name, vulnerability);
        Document.Vulnerabilities.Add(vulnerability);
        return vulnerability;
    }

    /// <summary>Counts one threat, score, fix, revision or product id.</summary>
    /// <param name="place">Asked for only when there are too many: naming a place costs more than counting.</param>
    public void CountRow(IPlace place)
    {
        if (++rows > limits.Rows)
        {
            throw Fault(place.Place, $"The document has more than {limits.Rows} rows.");
        }
    }

    public static void Revised(CvrfVulnerability vulnerability, DateTimeOffset? at)
    {
        if (at is not null)
        {
            vulnerability.FirstRevisedAt = vulnerability.FirstRevisedAt is { } first && first < at ? first : at;
            vulnerability.LastRevisedAt = vulnerability.LastRevisedAt is { } last && last > at ? last : at;
        }
    }

    public DateTimeOffset? Date(string text, IPlace place)
    {
        if (text.Length == 0)
        {
            return null;
        }

        // Some dates carry no zone; Microsoft's are UTC.
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : throw Fault(place.Place, $"'{PlainText.Line(text, 40)}' is not a date.");
    }

    public decimal Score(decimal score, IPlace place) =>
        score is >= 0 and <= 10 ? score : throw Fault(place.Place, "A CVSS base score lies between 0.0 and 10.0.");

    /// <summary>Of a very long text only the start is looked at.</summary>
    public string Cut(string text) => text.Length <= limits.TextLength ? text : text[..limits.TextLength];

    public string Short(string text) => Clean(shortened, text, static raw => PlainText.Of(raw, ShortText));

    /// <summary>For values that are compared and not shown: markup stays, so that an address keeps its characters.</summary>
    public string Raw(string text) => Clean(lines, text, static raw => PlainText.Line(raw, LongText));

    public static string Description(string text) => PlainText.Of(text, DescriptionText);

    public IReadOnlyList<string> ProductIds(List<string> ids)
    {
        if (ids.Count != 1)
        {
            return [.. ids.Select(Raw)];
        }

        var id = Raw(ids[0]);
        if (!singleProducts.TryGetValue(id, out var list))
        {
            list = [id];
            if (singleProducts.Count < MostKept)
            {
                singleProducts.Add(id, list);
            }
        }

        return list;
    }

    /// <summary>The equal threat that was seen before, if any: "Important for product 11568" stands in most vulnerabilities.</summary>
    public CvrfThreat Once(CvrfThreat threat) => Once(threats, threat);

    /// <summary>The equal score that was seen before, if any.</summary>
    public CvrfScore Once(CvrfScore score) => Once(scores, score);

    /// <exception cref="SourceFormatException">Something that every document must have is missing.</exception>
    public CvrfDocument Finish(string place)
    {
        if (Document.Id.Length == 0)
        {
            throw Fault($"{place}.DocumentTracking", "The document has no id, so it is no MSRC release document.");
        }

        if (Document.Vulnerabilities.Count == 0)
        {
            throw Fault($"{place}.Vulnerability", "The document holds no vulnerability, so there is nothing to take from it.");
        }

        return Document;
    }

    // A hostile document could make every text another; then nothing is gained and nothing kept.
    private static string Clean(Dictionary<string, string> cleaned, string text, Func<string, string> clean)
    {
        if (cleaned.TryGetValue(text, out var kept))
        {
            return kept;
        }

        var result = clean(text);
        if (cleaned.Count < MostKept)
        {
            cleaned.Add(text, result);
        }

        return result;
    }

    private static T Once<T>(HashSet<T> seen, T value)
    {
        if (seen.TryGetValue(value, out var kept))
        {
            return kept;
        }

        if (seen.Count < MostKept)
        {
            seen.Add(value);
        }

        return value;
    }

    [GeneratedRegex("^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$(?<=^.{4,40})", RegexOptions.CultureInvariant)]
    private static partial Regex VulnerabilityId();
}

/// <summary>Something that can say where in the document it stands.</summary>
internal interface IPlace
{
    string Place { get; }
}
