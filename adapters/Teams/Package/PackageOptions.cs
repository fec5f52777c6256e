using System.ComponentModel.DataAnnotations;
using PatchBot.Adapters.Teams.Package.Icons;

namespace PatchBot.Adapters.Teams.Package;

/// <summary>How the app presents itself in Teams. Bound from the section <c>Teams:Package</c>; only <c>teams-package</c> needs it.</summary>
public sealed class PackageOptions : IValidatableObject
{
    public const string Section = $"{TeamsOptions.Section}:Package";

    private const int LongestName = 30;
    private const int LongestDeveloper = 32;
    private const int LongestAddress = 2048;

    // What WCAG 2 asks of graphics.
    private const double LeastContrast = 3;

    /// <summary>What people see, and write after an @.</summary>
    public string Name { get; set; } = "PatchBot";

    /// <summary>Who answers for the app. Empty: the host name of <see cref="WebsiteUrl"/>.</summary>
    public string DeveloperName { get; set; } = "";

    /// <summary>A page of yours for people who want to know more; Teams links to it, and there is no package without.</summary>
    public string WebsiteUrl { get; set; } = "";

    /// <summary>Empty: <see cref="WebsiteUrl"/>.</summary>
    public string PrivacyUrl { get; set; } = "";

    /// <summary>Empty: <see cref="WebsiteUrl"/>.</summary>
    public string TermsUrl { get; set; } = "";

    /// <summary>The colour icon's ground, as <c>#RRGGBB</c>.</summary>
    public string AccentColor { get; set; } = "#4F52B2";

    internal string Developer => DeveloperName.Length > 0 ? DeveloperName : new Uri(WebsiteUrl).IdnHost;

    internal string Privacy => Address(PrivacyUrl.Length > 0 ? PrivacyUrl : WebsiteUrl);

    internal string Terms => Address(TermsUrl.Length > 0 ? TermsUrl : WebsiteUrl);

    internal string Website => Address(WebsiteUrl);

    internal Rgb Accent => Rgb.Parse(AccentColor)!.Value;

    /// <summary>Faults of what is set; what is left out is none yet.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsName(Name, LongestName))
        {
            yield return new($"write a name of 1 to {LongestName} characters in one line", [nameof(Name)]);
        }

        if (DeveloperName.Length > 0 && !IsName(DeveloperName, LongestDeveloper))
        {
            yield return new($"write your company or team in at most {LongestDeveloper} characters, in one line", [nameof(DeveloperName)]);
        }

        foreach (var (key, address) in new[] { (nameof(WebsiteUrl), WebsiteUrl), (nameof(PrivacyUrl), PrivacyUrl), (nameof(TermsUrl), TermsUrl) })
        {
            if (address.Length > 0 && !IsAddress(address))
            {
                yield return new($"write a page's whole address, https and at most {LongestAddress} characters, such as https://it.contoso.com/patchbot", [key]);
            }
        }

        if (Rgb.Parse(AccentColor) is not { } accent)
        {
            yield return new("write a colour as #RRGGBB, such as #4F52B2", [nameof(AccentColor)]);
        }
        else if (accent.ContrastTo(Rgb.White) < LeastContrast)
        {
            yield return new("white can't be seen on this colour; write a darker one, such as #4F52B2", [nameof(AccentColor)]);
        }
    }

    /// <summary>What is missing for a package, once nothing is wrong.</summary>
    internal IEnumerable<ValidationResult> Missing()
    {
        if (WebsiteUrl.Length == 0)
        {
            yield return new(
                "Teams wants a page about every app; write the https address of yours. It stands for the pages about privacy and terms too, where those are not set",
                [nameof(WebsiteUrl)]);
        }
        else if (!IsName(Developer, LongestDeveloper))
        {
            yield return new($"the website's host name is too long to stand for it; write your company or team in at most {LongestDeveloper} characters", [nameof(DeveloperName)]);
        }
    }

    private static bool IsName(string name, int longest) => name.Length <= longest && name.Trim().Length > 0 && !name.Any(char.IsControl);

    private static bool IsAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.AbsoluteUri.Length <= LongestAddress;

    private static string Address(string address) => new Uri(address).AbsoluteUri;
}
