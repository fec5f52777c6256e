using System.Text;
using System.Text.Json;

namespace PatchBot.Adapters.Sources.Msrc.Cvrf;

/// <summary>Reads the JSON form section by section; of the vulnerabilities one is held at a time.</summary>
internal sealed class CvrfJsonReader(CvrfIntake intake, MsrcLimits limits)
{
    private const string Root = "$";
    private const int ProductFamily = 1;

    private static readonly JsonNames Value = new("Value");
    private static readonly JsonNames Tracking = new("Identification", "InitialReleaseDate");
    private static readonly JsonNames Identification = new("ID");
    private static readonly JsonNames Tree = new("Branch", "FullProductName");
    private static readonly JsonNames BranchHead = new("Name", "Type", "ProductID");
    private static readonly JsonNames BranchItems = new("Items");
    private static readonly JsonNames Product = new("ProductID", "Value");

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
                ReadTitle(Whole(window));
                break;
            case "DocumentTracking":
                ReadTracking(Whole(window));
                break;
            case "ProductTree":
                ReadProducts(Whole(window));
                break;
            case "Vulnerability":
                ReadVulnerabilities(window, cancellationToken);
                break;
            default:
                window.Skip();
                break;
        }
    }

    private JsonCursor Whole(JsonWindow window) => new(intake, window.Value().Span, place, limits.Depth);

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

            var json = new JsonCursor(intake, value.Span, place, limits.Depth);
            CvrfJsonVulnerability.Read(intake, ref json, place);
        }
    }

    private void ReadTitle(JsonCursor title)
    {
        if (!title.IsNull)
        {
            for (var members = title.Members(Value); title.Next(ref members) is not null;)
            {
                intake.SetTitle(title.Text());
            }
        }
    }

    private void ReadTracking(JsonCursor tracking)
    {
        if (tracking.IsNull)
        {
            return;
        }

        for (var members = tracking.Members(Tracking); tracking.Next(ref members) is { } name;)
        {
            if (name == "InitialReleaseDate")
            {
                intake.Document.ReleasedAt = tracking.Date();
                continue;
            }

            for (var identification = tracking.Members(Identification); tracking.Next(ref identification) is not null;)
            {
                for (var id = tracking.Members(Value); tracking.Next(ref id) is not null;)
                {
                    intake.SetId(tracking.Text(), tracking.Place);
                }
            }
        }
    }

    private void ReadProducts(JsonCursor tree)
    {
        if (tree.IsNull)
        {
            return;
        }

        for (var members = tree.Members(Tree); tree.Next(ref members) is { } name;)
        {
            tree.List();
            for (var index = 0; tree.NextItem(); index++)
            {
                ReadBranchOrProduct(ref tree, "", $"{place}.{name}[{index}]");
            }
        }
    }

    // A branch holds branches (vendor, then family) and products under one name, "Items".
    private void ReadBranchOrProduct(ref JsonCursor item, string family, string at)
    {
        var (name, type, isProduct) = ("", -1, false);
        var head = item;
        for (var members = head.Members(BranchHead); head.Next(ref members) is { } member;)
        {
            switch (member)
            {
                case "Name":
                    name = head.Text();
                    break;
                case "Type":
                    type = head.Number();
                    break;
                default:
                    isProduct = true;
                    head.Skip();
                    break;
            }
        }

        if (isProduct)
        {
            ReadProduct(ref item, family, at);
            return;
        }

        var inFamily = type == ProductFamily && family.Length == 0 ? name : family;
        for (var members = item.Members(BranchItems); item.Next(ref members) is not null;)
        {
            item.List();
            for (var index = 0; item.NextItem(); index++)
            {
                ReadBranchOrProduct(ref item, inFamily, $"{at}.Items[{index}]");
            }
        }
    }

    private void ReadProduct(ref JsonCursor product, string family, string at)
    {
        var (id, name) = ("", "");
        for (var members = product.Members(Product); product.Next(ref members) is { } member;)
        {
            if (member == "ProductID")
            {
                id = product.Text();
            }
            else
            {
                name = product.Text();
            }
        }

        intake.AddProduct(id, name, family, at);
    }

    // The library's message ends with a line and byte that count from the start of the window, not of the document.
    private static string Reason(JsonException broken)
    {
        var position = broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position > 0 ? broken.Message[..position] : broken.Message;
    }
}
