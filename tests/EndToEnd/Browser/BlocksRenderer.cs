using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>A page that shows blocks as Slack does, and Adaptive Cards beside them. Slack publishes no renderer; this is a public one.</summary>
internal static class BlocksRenderer
{
    private static readonly NpmFolder Packages = new("SlackCards");
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<string, string>>>> Drawn = [];

    /// <summary>Skips the test where a renderer cannot be had, and says why.</summary>
    public static async Task<Uri> PageAsync()
    {
        var teams = Path.GetDirectoryName((await OfficialRenderer.PageAsync()).LocalPath)!;
        var page = Path.Combine(await Packages.PathAsync(), "page.html");
        var scripts = OfficialRenderer.Scripts.Select(Beside).Append("page.js");
        await File.WriteAllTextAsync(
            page,
            $"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards</title><link rel="stylesheet" href="{WebUtility.HtmlEncode(Beside("page.css"))}"><body>{string.Concat(scripts.Select(script => $"""<script src="{WebUtility.HtmlEncode(script)}"></script>"""))}</body></html>""");
        return new Uri(page);

        string Beside(string file) => new Uri(Path.Combine(teams, file)).AbsoluteUri;
    }

    /// <summary>All golden files of a folder, by name: HTML and the texts of a modal, as JSON for the page.</summary>
    public static Task<IReadOnlyDictionary<string, string>> DrawAsync(string folder, string theme) =>
        Drawn.GetOrAdd($"{folder} {theme}", _ => new(() => RenderAsync(folder, theme))).Value;

    private static async Task<IReadOnlyDictionary<string, string>> RenderAsync(string folder, string theme)
    {
        using var drawn = JsonDocument.Parse(await Packages.RunAsync("draw.mjs", folder, theme));
        return drawn.RootElement.EnumerateObject().ToDictionary(card => card.Name, card => card.Value.GetRawText());
    }
}
