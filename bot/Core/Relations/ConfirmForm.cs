using System.Security.Cryptography;
using System.Text;
using PatchBot.Cards;
using PatchBot.Core.Patches;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Relations;

/// <summary>The form on a patch's card in which an engineer confirms one of its open requirements on one of its rings.</summary>
public static class ConfirmForm
{
    /// <summary>Id of the form's only field.</summary>
    public const string Field = "requirement";

    private const string Verb = "dependency.confirm/";
    private const int MostChoices = 50;

    // Slack's limit for the text of a choice.
    private const int LongestTitle = 75;

    /// <param name="reviews">Of one patch, one a ring.</param>
    /// <returns><see langword="null"/> when nothing is left to confirm.</returns>
    public static CardForm? For(PatchId patch, IReadOnlyList<PatchReview> reviews)
    {
        var choices = Open(reviews).Take(MostChoices)
            .Select(item => new CardChoice(ValueOf(item.Ring, item.Needs), Short($"{item.Needs} on {item.Ring.Title}")))
            .ToList();
        return choices is []
            ? null
            : new CardForm($"{Verb}{patch}", $"Confirm what {patch} needs", [new ChoiceInput(Field, "What is in place, and where", choices)], "Confirm");
    }

    /// <returns>The patch, when the action is this form's.</returns>
    public static PatchId? PatchOf(string action) =>
        action.StartsWith(Verb, StringComparison.Ordinal) ? RequirementKey.PatchOf(action[Verb.Length..]) : null;

    /// <summary>What a sent form chose; only what is open now can be chosen, so a forged or stale value finds nothing.</summary>
    public static (Ring Ring, Requirement Needs)? Chosen(string value, IReadOnlyList<PatchReview> reviews) =>
        Open(reviews).Where(item => ValueOf(item.Ring, item.Needs) == value)
            .Select(item => ((Ring, Requirement)?)item)
            .FirstOrDefault();

    private static IEnumerable<(Ring Ring, Requirement Needs)> Open(IReadOnlyList<PatchReview> reviews) =>
        from review in reviews
        from finding in review.Findings
        where finding.State is DependencyState.Open or DependencyState.Unknown
        select (review.Ring, finding.Dependency.Needs);

    // Keys can be longer than platforms allow a choice to be.
    private static string ValueOf(Ring ring, Requirement needs) =>
        $"{ring.Key}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(needs.Key)))[..12]}";

    private static string Short(string title) => title.Length <= LongestTitle ? title : $"{title[..(LongestTitle - 1)]}…";
}
