using PatchBot.Cards;

namespace PatchBot.Core.Relations;

/// <summary>The part of a patch's card that says what to do before it.</summary>
public static class DependencyNotice
{
    private const int MostRequirements = 8;

    /// <param name="reviews">Of one patch, one a ring.</param>
    /// <returns><see langword="null"/> when everything is in place or nothing is needed.</returns>
    public static NoticeBlock? For(IReadOnlyList<PatchReview> reviews)
    {
        var missing = reviews
            .SelectMany(review => review.Findings, (review, finding) => (Review: review, Finding: finding))
            .Where(item => item.Finding.State != DependencyState.Met)
            .GroupBy(item => item.Finding.Dependency.Needs.Key)
            .OrderByDescending(group => group.Any(item => item.Finding.Blocks))
            .ToList();
        var cycles = reviews.SelectMany(review => review.Cycles).Select(cycle => cycle.Text).Distinct().ToList();
        if (missing is [] && cycles is [])
        {
            return null;
        }

        var lines = new List<CardText>();
        foreach (var group in missing.Take(MostRequirements))
        {
            lines.Add(What(group.First().Finding.Dependency));
            lines.AddRange(group.Select(item => Where(item.Review, item.Finding, reviews.Count > 1)));
        }

        if (missing.Count > MostRequirements)
        {
            lines.Add($"And {missing.Count - MostRequirements} more.");
        }

        lines.AddRange(cycles.Select(cycle => (CardText)$"These patches require each other, so none can go first: {cycle}. This blocks nothing; decide the order yourselves."));
        var blocks = missing.Any(group => group.Any(item => item.Finding.Blocks));
        return blocks || cycles is not []
            ? new NoticeBlock(Tone.Warning, blocks ? "First, before this patch" : "Patches that require each other", lines)
            : new NoticeBlock(Tone.Neutral, "Goes in after", lines);
    }

    private static CardText What(Dependency dependency)
    {
        var basis = dependency.Basis switch
        {
            // The reason names the vendor already.
            DependencyBasis.Metadata => "",
            DependencyBasis.Rule => $"Declared by {dependency.DeclaredBy}.",
            DependencyBasis.Text => $"Only read from {dependency.DeclaredBy}'s text; it blocks nothing.",
        };
        var text = CardText.Strong(dependency.Needs.ToString()!) + $": {dependency.Reason} {basis}".TrimEnd();
        return dependency.Link is { } link ? text + " " + CardText.Link("Read more", link) : text;
    }

    private static CardText Where(PatchReview review, DependencyFinding finding, bool several)
    {
        CardText ring = several && !finding.Because.Contains(review.Ring.Title, StringComparison.Ordinal) ? $"{review.Ring.Title}: " : "";
        return finding.Window is { } window
            ? ring + $"{finding.Because} That is " + CardText.Time(window.Start, review.Ring.Calendar.Zone) + "."
            : ring + finding.Because;
    }
}
