using System.Text;
using System.Text.Json;

namespace PatchBot.Adapters.Sources.Msrc.Cvrf;

/// <summary>Reads the JSON form section by section; of the vulnerabilities one is held at a time.</summary>
internal sealed class CvrfJsonReader(CvrfIntake intake, MsrcLimits limits)
{
    private const string Root = "$";
    private const int ProductFamily = 1;

    private readonly JsonDocumentOptions parsing = new() { MaxDepth = limits.Depth, AllowDuplicateProperties = false };
    private string place = Root;

    /// <param name="utf8">UTF-8 without a mark.</param>
    public CvrfDocument Read(Stream utf8, CancellationToken cancellationToken)
    {
        using var window = new JsonWindow(utf8, limits.Depth, limits.ElementBytes);
        try
        {
            ReadSections(window, cancellationToken);
        }
        catch (JsonException broken)
        {
            throw intake.Fault($"{place}, byte {window.Offset}", $"Not readable as JSON: {Reason(broken)}", broken);
        }
        catch (DecoderFallbackException broken)
        {
            throw intake.Fault($"{place}, after byte {window.Offset}", "The text is not in the encoding that the document starts with (UTF-8 or UTF-16).", broken);
        }

        return intake.Finish(Root);
    }

    private void ReadSections(JsonWindow window, CancellationToken cancellationToken)
    {
        if (window.Next() is not { Type: JsonTokenType.StartObject })
        {
            throw intake.Fault(Root, "Expected an object, as MSRC release documents are.");
        }

        var sections = new HashSet<string>();
        while (window.Next() is { Type: JsonTokenType.PropertyName, Name: { } section })
        {
            place = sections.Count < 100 ? $"{Root}.{Reading.PlainText.Line(section, 60)}" : Root;
            if (!sections.Add(section) || sections.Count > 100)
            {
                throw intake.Fault(place, "The section stands twice, or there are too many.");
            }

            ReadSection(window, section, cancellationToken);
            place = Root;
        }

        // Whatever follows the last brace makes the window throw.
        window.Next();
    }

    private void ReadSection(JsonWindow window, string section, CancellationToken cancellationToken)
    {
        switch (section)
        {
            case "DocumentTitle":
                Whole(window, title => intake.SetTitle(title.Text("Value")));
                break;
            case "DocumentTracking":
                Whole(window, ReadTracking);
                break;
            case "ProductTree":
                Whole(window, ReadProducts);
                break;
            case "Vulnerability":
                ReadVulnerabilities(window, cancellationToken);
                break;
            default:
                window.Skip();
                break;
        }
    }

    private void Whole(JsonWindow window, Action<JsonPart> read)
    {
        using var json = JsonDocument.Parse(window.Value(), parsing);
        if (json.RootElement.ValueKind != JsonValueKind.Null)
        {
            read(new JsonPart(intake, json.RootElement, null, place));
        }
    }

    private void ReadVulnerabilities(JsonWindow window, CancellationToken cancellationToken)
    {
        var section = place;
        switch (window.Next())
        {
            case { Type: JsonTokenType.Null }:
                return;
            case { Type: JsonTokenType.StartArray }:
                break;
            default:
                throw intake.Fault(section, "Expected a list.");
        }

        for (var index = 0; ; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            place = $"{section}[{index}]";
            var value = window.Value();
            if (value.IsEmpty)
            {
                return;
            }

            using var json = JsonDocument.Parse(value, parsing);
            ReadVulnerability(new JsonPart(intake, json.RootElement, null, place));
        }
    }

    private void ReadTracking(JsonPart tracking)
    {
        if (tracking.Member("Identification")?.Member("ID") is { } id)
        {
            intake.SetId(id.Text("Value"), $"{id.Place}.Value");
        }

        intake.Document.ReleasedAt = tracking.Date("InitialReleaseDate");
    }

    private void ReadProducts(JsonPart tree)
    {
        foreach (var branch in tree.List("Branch"))
        {
            ReadBranch(branch, "");
        }

        foreach (var product in tree.List("FullProductName"))
        {
            ReadProduct(product, "");
        }
    }

    // A branch holds branches (vendor, then family) and products under one name, "Items".
    private void ReadBranch(JsonPart branch, string family)
    {
        var name = branch.Text("Name");
        var inFamily = branch.Number("Type") == ProductFamily && family.Length == 0 ? name : family;
        foreach (var item in branch.List("Items"))
        {
            if (item.Member("ProductID") is null)
            {
                ReadBranch(item, inFamily);
            }
            else
            {
                ReadProduct(item, inFamily);
            }
        }
    }

    private void ReadProduct(JsonPart product, string family) =>
        intake.AddProduct(product.Text("ProductID"), product.Text("Value"), family, product.Place);

    private void ReadVulnerability(JsonPart json)
    {
        var vulnerability = intake.AddVulnerability(json.Text("CVE"), $"{json.Place}.CVE");
        vulnerability.Title = intake.Short(json.ValueText("Title"));
        foreach (var note in json.List("Notes"))
        {
            ReadNote(vulnerability, note);
        }

        foreach (var threat in json.List("Threats"))
        {
            intake.CountRow(threat);
            vulnerability.Threats.Add(intake.Once(new CvrfThreat(
                (CvrfThreatKind)(threat.Number("Type") ?? -1), intake.Short(threat.ValueText("Description")), Products(threat))));
        }

        foreach (var score in json.List("CVSSScoreSets"))
        {
            intake.CountRow(score);
            if (score.Score("BaseScore") is { } number)
            {
                vulnerability.Scores.Add(intake.Once(new CvrfScore(
                    number, intake.Short(score.Text("Vector")), Products(score))));
            }
        }

        foreach (var remediation in json.List("Remediations"))
        {
            intake.CountRow(remediation);
            vulnerability.Remediations.Add(Remediation(remediation));
        }

        foreach (var revision in json.List("RevisionHistory"))
        {
            intake.CountRow(revision);
            CvrfIntake.Revised(vulnerability, revision.Date("Date"));
        }
    }

    private void ReadNote(CvrfVulnerability vulnerability, JsonPart note)
    {
        switch (note.Number("Type"))
        {
            case 2:
                vulnerability.Description = CvrfIntake.Description(note.Text("Value"));
                break;
            case 8:
                vulnerability.IssuedBy = intake.Short(note.Text("Title") is { Length: > 0 } title ? title : note.Text("Value"));
                break;
        }
    }

    private CvrfRemediation Remediation(JsonPart json) =>
        new((CvrfRemediationKind)(json.Number("Type") ?? -1), intake.Short(json.ValueText("Description")), Products(json))
        {
            Address = intake.Raw(json.Text("URL")),
            SubType = intake.Short(json.Text("SubType")),
            FixedBuild = intake.Short(json.Text("FixedBuild")),
            Supersedes = intake.Raw(json.Text("Supercedence")),
            Restart = intake.Short(json.ValueText("RestartRequired")),
        };

    private IReadOnlyList<string> Products(JsonPart json)
    {
        List<string> ids = [];
        foreach (var id in json.List("ProductID"))
        {
            intake.CountRow(id);
            ids.Add(id.Text());
        }

        return intake.ProductIds(ids);
    }

    // The library's message ends with a line and byte that count from the start of the window, not of the document.
    private static string Reason(JsonException broken)
    {
        var position = broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position > 0 ? broken.Message[..position] : broken.Message;
    }
}
