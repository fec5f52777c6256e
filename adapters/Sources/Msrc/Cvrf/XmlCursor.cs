using System.Text;
using System.Xml;

namespace PatchBot.Adapters.Sources.Msrc.Cvrf;

/// <summary>
/// Walks an XML document forwards. The reader stands on an element's start; every method leaves it behind that
/// element's end. Names are compared without their namespace prefix.
/// </summary>
internal sealed class XmlCursor(CvrfIntake intake, XmlReader xml, MsrcLimits limits) : IPlace
{
    private readonly char[] chunk = new char[1024];
    private int line;

    /// <summary>A reader that gave up forgets its line; then the last element that was read is named.</summary>
    public string Place => xml is IXmlLineInfo { LineNumber: > 0 } lines
        ? $"line {lines.LineNumber}, position {lines.LinePosition}"
        : line > 0 ? $"after line {line}" : "before the first element";

    public string Attribute(string name) => intake.Cut(xml.GetAttribute(name) ?? "");

    /// <summary>Calls <paramref name="read"/> with the name of each child element; it must take that element.</summary>
    public void Children(Action<string> read)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return;
        }

        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                CheckDepth();
                line = ((IXmlLineInfo)xml).LineNumber;
                read(xml.LocalName);
            }
            else
            {
                xml.Read();
            }
        }

        xml.Read();
    }

    /// <summary>Takes an element that holds only text; what is longer than the limit is passed over.</summary>
    public string Text()
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return "";
        }

        var depth = xml.Depth;
        var text = new StringBuilder();
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                throw intake.Fault(Place, $"Expected a text, found the element {xml.LocalName}.");
            }

            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                for (int read; text.Length <= limits.TextLength && (read = xml.ReadValueChunk(chunk, 0, chunk.Length)) > 0;)
                {
                    text.Append(chunk, 0, read);
                }
            }

            xml.Read();
        }

        xml.Read();
        return intake.Cut(text.ToString());
    }

    public DateTimeOffset? Date() => intake.Date(Text().Trim(), this);

    public void Skip()
    {
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (xml.Read() && xml.Depth > depth)
            {
                CheckDepth();
            }
        }

        xml.Read();
    }

    // The reader's own memory grows with the depth.
    private void CheckDepth()
    {
        if (xml.Depth > limits.Depth)
        {
            throw intake.Fault(Place, $"Elements nest deeper than {limits.Depth}.");
        }
    }
}
