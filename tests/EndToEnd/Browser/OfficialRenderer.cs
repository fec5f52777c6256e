using System.Net;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>A page with the official JavaScript renderer of Adaptive Cards.</summary>
internal static class OfficialRenderer
{
    private static readonly NpmFolder Packages = new("TeamsCards");

    /// <summary>In the page's folder, in the order that they are loaded in.</summary>
    public static readonly IReadOnlyList<string> Scripts =
        ["node_modules/adaptivecards/dist/adaptivecards.min.js", "node_modules/markdown-it/dist/browser/markdown-it.umd.min.js", "page.js"];

    /// <summary>Skips the test where the renderer cannot be had, and says why.</summary>
    public static async Task<Uri> PageAsync()
    {
        var page = Path.Combine(await Packages.PathAsync(), "page.html");
        await File.WriteAllTextAsync(
            page,
            $"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards</title><link rel="stylesheet" href="page.css"><body>{string.Concat(Scripts.Select(script => $"""<script src="{WebUtility.HtmlEncode(script)}"></script>"""))}</body></html>""");
        return new Uri(page);
    }
}
