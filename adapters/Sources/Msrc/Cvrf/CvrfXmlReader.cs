using System.Xml;

namespace PatchBot.Adapters.Sources.Msrc.Cvrf;

/// <summary>Reads the XML form (CVRF 1.1) forwards; no part of it is held as a tree.</summary>
internal sealed class CvrfXmlReader(CvrfIntake intake, MsrcLimits limits)
{
    public CvrfDocument Read(Stream content, CancellationToken cancellationToken)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = limits.DocumentBytes,
        };
        using var xml = XmlReader.Create(content, settings);
        var cursor = new XmlCursor(intake, xml, limits);
        try
        {
            xml.MoveToContent();
            if (xml.LocalName != "cvrfdoc")
            {
                throw intake.Fault(cursor.Place, $"Expected the element cvrfdoc, found {Reading.PlainText.Line(xml.LocalName, 60)}.");
            }

            cursor.Children(section => ReadSection(cursor, section, cancellationToken));
            while (xml.Read())
            {
                // Only blanks may follow; anything else makes the reader throw.
            }
        }
        catch (XmlException broken)
        {
            // Some faults, such as a DTD, carry no line; then the reader knows it.
            var place = broken.LineNumber > 0 ? $"line {broken.LineNumber}, position {broken.LinePosition}" : cursor.Place;
            throw intake.Fault(place, $"Not readable as XML: {broken.Message}", broken);
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException)
        {
            // An encoding that the document names and the platform does not know.
            throw intake.Fault("line 1", $"Not readable as XML: {broken.Message}", broken);
        }

        return intake.Finish("cvrfdoc");
    }

    private void ReadSection(XmlCursor cursor, string section, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (section)
        {
            case "DocumentTitle":
                intake.SetTitle(cursor.Text());
                break;
            case "DocumentTracking":
                cursor.Children(name => ReadTracking(cursor, name));
                break;
            case "ProductTree":
                cursor.Children(name => ReadProduct(cursor, name, ""));
                break;
            case "Vulnerability":
                ReadVulnerability(cursor);
                break;
            default:
                cursor.Skip();
                break;
        }
    }

    private void ReadTracking(XmlCursor cursor, string name)
    {
        switch (name)
        {
            case "Identification":
                cursor.Children(child =>
                {
                    var place = cursor.Place;
                    if (child == "ID")
                    {
                        intake.SetId(cursor.Text(), place);
                    }
                    else
                    {
                        cursor.Skip();
                    }
                });
                break;
            case "InitialReleaseDate":
                intake.Document.ReleasedAt = cursor.Date();
                break;
            default:
                cursor.Skip();
                break;
        }
    }

    private void ReadProduct(XmlCursor cursor, string name, string family)
    {
        switch (name)
        {
            case "Branch":
                var branch = cursor.Attribute("Type") == "Product Family" && family.Length == 0 ? cursor.Attribute("Name") : family;
                cursor.Children(child => ReadProduct(cursor, child, branch));
                break;
            case "FullProductName":
                var (id, place) = (cursor.Attribute("ProductID"), cursor.Place);
                intake.AddProduct(id, cursor.Text(), family, place);
                break;
            default:
                cursor.Skip();
                break;
        }
    }

    private void ReadVulnerability(XmlCursor cursor)
    {
        var place = cursor.Place;
        var parts = new CvrfXmlVulnerability(intake, cursor);
        cursor.Children(parts.Read);
        parts.Add(place);
    }
}
