using System.IO.Compression;
using System.Text.Json.Nodes;
using PatchBot.Adapters.Teams.Package;

namespace PatchBot.Tests.Teams.Package;

/// <summary>Packages for the tests, and what is in them.</summary>
internal static class Packages
{
    public const string Bot = "7f1c2b9e-3a4d-4c5e-8f60-718293a4b5c6";

    public static AppPackage Some { get; } = Of(_ => { });

    public static AppPackage Of(Action<PackageOptions> set)
    {
        var options = new PackageOptions { WebsiteUrl = "https://it.contoso.com/patchbot" };
        set(options);
        return new AppPackage(Bot, AppPackage.FirstVersion, options);
    }

    public static byte[] Zip(this AppPackage package)
    {
        using var file = new MemoryStream();
        package.Write(file);
        return file.ToArray();
    }

    public static IReadOnlyDictionary<string, byte[]> Files(this AppPackage package)
    {
        using var zip = new ZipArchive(new MemoryStream(package.Zip()));
        return zip.Entries.ToDictionary(entry => entry.FullName, Content);
    }

    public static JsonObject Manifest(this AppPackage package) => JsonNode.Parse(package.Files()["manifest.json"])!.AsObject();

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
