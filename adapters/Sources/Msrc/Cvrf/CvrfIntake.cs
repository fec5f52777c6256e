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
    private readonly Dictionary<(CvrfThreatKind, string, string), CvrfThreat> threats = [];
    private readonly Dictionary<(decimal, string, string), CvrfScore> scores = [];
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

    public void AddVulnerability(string id, CvrfVulnerability read, string place)
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
            Join(earlier, read);
            return;
        }

        if (Document.Vulnerabilities.Count == limits.Vulnerabilities)
        {
            throw Fault(place, $"The document lists more than {limits.Vulnerabilities} vulnerabilities.");
        }

        var vulnerability = read with { Id = name };
        known.Add(name, vulnerability);
        Document.Vulnerabilities.Add(vulnerability);
    }

    /// <summary>Counts one note, threat, score, fix, revision or product id.</summary>
    /// <param name="place">Asked for only when there are too many: naming a place costs more than counting.</param>
    public void CountRow<TPlace>(in TPlace place) where TPlace : IPlace, allows ref struct
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

    public DateTimeOffset? Date<TPlace>(string text, in TPlace place) where TPlace : IPlace, allows ref struct
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

    public decimal Score<TPlace>(decimal score, in TPlace place) where TPlace : IPlace, allows ref struct =>
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
    public CvrfThreat Threat(CvrfThreatKind kind, string text, IReadOnlyList<string> products) => products is [var product]
        ? Once(threats, (kind, text, product), (key: (kind, text), products), static of => new CvrfThreat(of.key.kind, of.key.text, of.products))
        : new CvrfThreat(kind, text, products);

    /// <summary>The equal score that was seen before, if any.</summary>
    public CvrfScore Score(decimal number, string vector, IReadOnlyList<string> products) => products is [var product]
        ? Once(scores, (number, vector, product), (key: (number, vector), products), static of => new CvrfScore(of.key.number, of.key.vector, of.products))
        : new CvrfScore(number, vector, products);

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

    private static string Clean(Dictionary<string, string> cleaned, string text, Func<string, string> clean) => Once(cleaned, text, text, clean);

    // A hostile document could make every value another; then nothing is gained and nothing kept.
    private static TValue Once<TKey, TParts, TValue>(Dictionary<TKey, TValue> seen, TKey key, TParts parts, Func<TParts, TValue> make) where TKey : notnull
    {
        if (seen.TryGetValue(key, out var kept))
        {
            return kept;
        }

        var made = make(parts);
        if (seen.Count < MostKept)
        {
            seen.Add(key, made);
        }

        return made;
    }

    private static void Join(CvrfVulnerability earlier, CvrfVulnerability read)
    {
        earlier.Title = read.Title.Length > 0 ? read.Title : earlier.Title;
        earlier.IssuedBy = read.IssuedBy.Length > 0 ? read.IssuedBy : earlier.IssuedBy;
        earlier.Description = read.Description.Length > 0 ? read.Description : earlier.Description;
        earlier.Threats.AddRange(read.Threats);
        earlier.Scores.AddRange(read.Scores);
        earlier.Remediations.AddRange(read.Remediations);
        Revised(earlier, read.FirstRevisedAt);
        Revised(earlier, read.LastRevisedAt);
    }

    [GeneratedRegex("^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$(?<=^.{4,40})", RegexOptions.CultureInvariant)]
    private static partial Regex VulnerabilityId();
}

/// <summary>Something that can say where in the document it stands.</summary>
internal interface IPlace
{
    string Place { get; }
}
