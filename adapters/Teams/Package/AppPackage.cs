using System.ComponentModel.DataAnnotations;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using PatchBot.Adapters.Teams.Package.Icons;
using PatchBot.Core;

namespace PatchBot.Adapters.Teams.Package;

/// <summary>What is uploaded to Teams so that the bot can be installed: manifest and icons in one zip.</summary>
/// <param name="BotId">Application (client) id of the bot's registration; a GUID.</param>
/// <param name="Version">As <c>1.0.0</c>; Teams takes a changed package only under a higher one.</param>
/// <param name="ReadsMessages">Asks at the installation for the right to read messages that do not mention the bot.</param>
/// <param name="TargetedMessages">Says that the bot takes messages which only it and their writer see. Needs a newer manifest, which not every cloud takes.</param>
public sealed partial record AppPackage(string BotId, string Version, PackageOptions Options, bool ReadsMessages = true, bool TargetedMessages = false)
{
    public const string FirstVersion = "1.0.0";

    // The same input must make the same bytes; this is the first moment that a zip can name.
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string ManifestVersion => TargetedMessages ? "1.29" : "1.25";

    /// <summary>Why there can be no package; empty when there can.</summary>
    public IReadOnlyList<SettingFault> Faults()
    {
        var faults = new List<SettingFault>();
        if (!Guid.TryParseExact(BotId, "D", out var id) || id == Guid.Empty)
        {
            faults.Add(new($"{TeamsOptions.Section}:{nameof(TeamsOptions.AppId)}", BotId, "write the application (client) id of the bot's registration, a GUID"));
        }

        if (!ThreeNumbers().IsMatch(Version))
        {
            faults.Add(new(nameof(Version), Version, "write three numbers, such as 1.0.0"));
        }

        var wrong = Options.Validate(new ValidationContext(Options)).ToList();
        faults.AddRange((wrong.Count > 0 ? wrong : Options.Missing()).SelectMany(result => result.MemberNames, (result, name) => new SettingFault(
            $"{PackageOptions.Section}:{name}", $"{typeof(PackageOptions).GetProperty(name)!.GetValue(Options)}", result.ErrorMessage!)));
        return faults;
    }

    /// <summary>Writes the zip; the same bytes for the same package.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="Faults"/>.</exception>
    public void Write(Stream to)
    {
        if (Faults() is [var fault, ..])
        {
            throw new InvalidOperationException($"There can be no package: {fault}");
        }

        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        Add("manifest.json", JsonSerializer.SerializeToUtf8Bytes(AppManifest.Of(this), ManifestJson.Default.AppManifest));
        Add(ManifestIcons.ColourFile, Icon.Colour(Options.Accent));
        Add(ManifestIcons.OutlineFile, Icon.Outline());

        void Add(string name, byte[] content)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
            entry.LastWriteTime = Stamp;
            using var stream = entry.Open();
            stream.Write(content);
        }
    }

    [GeneratedRegex(@"^(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ThreeNumbers();
}
