namespace PatchBot.Core.Patches;

/// <summary>The words that cards, commands and the audit use for the facts' closed lists.</summary>
public static class Words
{
    public static string For(Claim claim) => claim switch
    {
        Claim.Unknown => "not known",
        Claim.No => "no",
        Claim.Yes => "yes",
    };

    public static string For(RestartNeed restart) => restart switch
    {
        RestartNeed.Unknown => "the vendor does not say",
        RestartNeed.No => "no restart",
        RestartNeed.Maybe => "restart likely",
        RestartNeed.Yes => "restart required",
    };

    public static string For(UpdateType type) => type switch
    {
        UpdateType.Unspecified => "update",
        UpdateType.ServicingStack => "servicing stack update",
        UpdateType.Cumulative => "cumulative update",
        UpdateType.MonthlyRollup => "monthly rollup",
        UpdateType.SecurityOnly => "security-only update",
        UpdateType.Hotpatch => "hotpatch",
        UpdateType.ProductUpdate => "product update",
    };
}
