using Microsoft.Extensions.Options;
using PatchBot.Adapters.Sources.Msrc.Cvrf;
using PatchBot.Adapters.Sources.Msrc.Patches;
using PatchBot.Adapters.Sources.Reading;
using PatchBot.Core.Patches.Sources;

namespace PatchBot.Adapters.Sources.Msrc;

/// <summary>Microsoft's monthly release documents (CVRF), JSON or XML, plain or packed with gzip.</summary>
/// <remarks>Format: <see href="https://api.msrc.microsoft.com/cvrf/v3.0/swagger/index"/></remarks>
public sealed class MsrcCatalogue(IOptions<MsrcOptions> options, TimeProvider clock) : IPatchCatalogue
{
    internal const string SourceName = "msrc";

    // The sections of the JSON form; which comes first is not fixed.
    private static readonly string[] Sections = ["\"DocumentTitle\"", "\"DocumentTracking\"", "\"ProductTree\"", "\"Vulnerability\""];

    public string Name => SourceName;

    public bool Recognises(ReadOnlySpan<byte> head)
    {
        var text = DocumentBytes.HeadText(head).TrimStart();
        return text switch
        {
            ['{', ..] => Sections.Any(section => text.Contains(section, StringComparison.Ordinal)),
            ['<', ..] => text.Contains("cvrfdoc", StringComparison.Ordinal),
            _ => false,
        };
    }

    // The content is local, a file or memory, so it is read without waiting; the caller's thread stays free.
    public Task<PatchDocument> ReadAsync(SourceInput input, CancellationToken cancellationToken) =>
        Task.Run(() => Read(input, cancellationToken), cancellationToken);

    private PatchDocument Read(SourceInput input, CancellationToken cancellationToken)
    {
        var limits = options.Value.Limits;
        var intake = new CvrfIntake(input.Name, limits);
        try
        {
            var cvrf = IsXml(DocumentBytes.ReadHead(input.Content))
                ? ReadXml(input, intake, limits, cancellationToken)
                : ReadJson(input, intake, limits, cancellationToken);
            return new MsrcPatches(cvrf, options.Value, clock.GetUtcNow()).ToDocument();
        }
        catch (InvalidDataException broken)
        {
            throw intake.Fault("the packed data", $"Not readable as gzip: {broken.Message}", broken);
        }
    }

    private static bool IsXml(ReadOnlySpan<byte> head) => DocumentBytes.HeadText(head).TrimStart() is ['<', ..];

    private static CvrfDocument ReadXml(SourceInput input, CvrfIntake intake, MsrcLimits limits, CancellationToken cancellationToken)
    {
        using var content = DocumentBytes.OpenUnpacked(input.Content, input.Name, limits.DocumentBytes);
        return new CvrfXmlReader(intake, limits).Read(content, cancellationToken);
    }

    private static CvrfDocument ReadJson(SourceInput input, CvrfIntake intake, MsrcLimits limits, CancellationToken cancellationToken)
    {
        using var content = DocumentBytes.OpenUtf8(input.Content, input.Name, limits.DocumentBytes);
        return new CvrfJsonReader(intake, limits).Read(content, cancellationToken);
    }
}
