using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PatchBot.Adapters.Slack.Install.OAuth;

/// <summary>What someone sees who installs the app: what happened, and what to do next.</summary>
/// <param name="Text">Paragraphs, in plain text.</param>
/// <param name="Link">Where to go on.</param>
internal sealed record InstallPage(int Status, string Title, IReadOnlyList<string> Text, Uri? Link = null)
{
    private const int LongestWord = 200;

    private const string Again = $"Begin again at {SlackPaths.Install}.";

    public static InstallPage NotBegunHere { get; } = new(StatusCodes.Status400BadRequest, "Nothing was installed",
        [$"This installation was not begun here, was completed before, or was begun more than ten minutes ago. {Again}"]);

    public static InstallPage RecordAway { get; } = new(StatusCodes.Status503ServiceUnavailable, "Nothing was installed",
        [$"PatchBot cannot record anything now. Try again in a few minutes. {Again}"]);

    public static InstallPage SlackAway { get; } = new(StatusCodes.Status502BadGateway, "Nothing was installed",
        [$"PatchBot could not reach Slack to complete the installation. {Again}", "If it lasts: the log of PatchBot says why."]);

    public static InstallPage TooMany { get; } = new(StatusCodes.Status429TooManyRequests, "Not now", ["Too many installations were begun in the last minute. Try again in one."]);

    /// <param name="error">Comes from the browser, so anybody may have written it.</param>
    public static InstallPage Declined(string error) => new(StatusCodes.Status200OK, "Nothing was installed",
        [error == "access_denied" ? $"The installation was cancelled in Slack. {Again}" : $"Slack says: {Cut(error)}. {Again}"]);

    public static InstallPage Refused(string error) => new(StatusCodes.Status400BadRequest, "Nothing was installed",
        [$"Slack did not complete the installation: {Cut(error)}.", SlackRefusals.Remedy("Slack:ClientSecret", error)]);

    public static InstallPage NotAllowed(NamedId place) => new(StatusCodes.Status403Forbidden, "Nothing was installed",
        [$"{Cut(place.Name ?? place.Id)} ({place.Id}) may not use this PatchBot. Whoever runs it can add the id to Slack:AllowedWorkspaces; then begin again at {SlackPaths.Install}."]);

    public static InstallPage Installed(NamedId place, string app) => new(StatusCodes.Status200OK, $"PatchBot is installed in {Cut(place.Name ?? place.Id)}",
        [
            "Next, in Slack: invite it to the channel where patches are discussed, with /invite and its name.",
            "An admin of PatchBot then writes there what the channel should follow, such as: @PatchBot follow patches of production.",
            $"People are named in PatchBot's settings by ids such as slack:{place.Id}:U0123; PatchBot doctor says who is missing.",
        ],
        app.Length == 0 ? null : new Uri($"https://slack.com/app_redirect?app={Uri.EscapeDataString(app)}&team={Uri.EscapeDataString(place.Id)}"));

    /// <summary>Keeps what is in the address, a code among it, from caches and other sites.</summary>
    public static void Guard(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }

    public Task WriteAsync(HttpContext http)
    {
        Guard(http);
        http.Response.StatusCode = Status;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(Html());
    }

    private string Html()
    {
        var html = new StringBuilder()
            .Append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Append($"<title>{Escape(Title)}</title>\n<h1>{Escape(Title)}</h1>\n");
        foreach (var paragraph in Text)
        {
            html.Append($"<p>{Escape(paragraph)}</p>\n");
        }

        return (Link is null ? html : html.Append($"<p><a href=\"{Escape(Link.AbsoluteUri)}\">Open Slack</a></p>\n")).ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Cut(string word) => word.Length <= LongestWord ? word : $"{word[..LongestWord]}…";
}
