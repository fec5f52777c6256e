using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PatchBot.Adapters.Sources.Msrc.Cvrf;
using PatchBot.Core.Patches;

namespace PatchBot.Adapters.Sources.Msrc.Patches;

/// <summary>What makes two vendor fixes one patch: the KB number or, where there is none, the product and its fixed build.</summary>
/// <param name="Product">Empty when <paramref name="Id"/> is a KB number.</param>
/// <param name="Build">Or the month that stands in for it; empty when <paramref name="Id"/> is a KB number.</param>
internal sealed partial record UpdateKey(PatchId Id, string Product, string Build)
{
    public bool HasKb => Product.Length == 0;

    /// <summary>What people call it: <c>KB5032196</c>, or the product's name and build.</summary>
    public string Name => HasKb ? Id.Value : $"{Product} {Build}";

    public static UpdateKey Of(PatchId kb) => new(kb, "", "");

    /// <summary>The key of a fix without a KB number.</summary>
    /// <param name="month">Stands in for the build where none is given, so that two months' updates stay two.</param>
    public static UpdateKey Of(CvrfRemediation fix, string product, bool linux, string month)
    {
        // Of Linux the fix is named by its package; elsewhere by words such as "Release Notes".
        var package = linux && fix.Text.Length > 0 ? $" {fix.Text}" : "";
        var (name, build) = ($"{ProductNames.Base(product)}{package}", BuildOf(fix) ?? month);
        return new UpdateKey(new PatchId(Slug($"{name} {build}")), name, build);
    }

    /// <summary>The build that a fix brings; <see langword="null"/> when there is none, or an address or a KB number instead.</summary>
    public static string? BuildOf(CvrfRemediation fix) =>
        fix.FixedBuild.Length > 0 && !fix.FixedBuild.Contains("//", StringComparison.Ordinal) && !Kb().IsMatch(fix.FixedBuild)
            ? fix.FixedBuild
            : null;

    /// <summary>The KB number that a text is, or <see langword="null"/>.</summary>
    public static PatchId? KbIn(string text) => Kb().Match(text) is { Success: true } kb ? new PatchId(kb.Groups[1].Value) : null;

    private static string Slug(string name)
    {
        var slug = Unspeakable().Replace(name, "-").Trim('-', '.').ToLowerInvariant();

        // A cut name could be another's beginning; the digest of the whole keeps them apart.
        return slug.Length is > 0 and <= PatchId.MaxLength
            ? slug
            : $"{slug[..Math.Min(slug.Length, 100)]}-{Digest(name)}".TrimStart('-');
    }

    private static string Digest(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..12];

    [GeneratedRegex(@"^\s*(?:KB[\s-]?)?([0-9]{6,8})\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Kb();

    [GeneratedRegex("[^A-Za-z0-9._+]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unspeakable();
}
