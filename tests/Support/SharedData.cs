using System.IO.Compression;

namespace PatchBot.Tests.Support;

/// <summary>Larger real files that may lie beside the checkout, in <c>../shared/data</c>. Tests that need them are skipped without.</summary>
public static class SharedData
{
    public static string Root { get; } = Locate();

    public static string Path(string relative)
    {
        var file = System.IO.Path.Combine(Root, relative);
        Assert.SkipUnless(Root.Length > 0 && (File.Exists(file) || Directory.Exists(file)), $"Real data '{relative}' is not beside this checkout.");
        return file;
    }

    /// <summary>The file's bytes, unpacked when its name ends in <c>.gz</c>.</summary>
    public static MemoryStream Open(string relative)
    {
        using var file = File.OpenRead(Path(relative));
        using Stream source = relative.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        var content = new MemoryStream();
        source.CopyTo(content);
        content.Position = 0;
        return content;
    }

    private static string Locate()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "PatchBot.sln")))
            {
                var data = System.IO.Path.Combine(folder.Parent?.FullName ?? "/", "shared", "data");
                return Directory.Exists(data) ? data : "";
            }
        }

        return "";
    }
}
