using System.Globalization;
using PatchBot.Core.Patches;

namespace PatchBot.Core.Lab;

/// <summary>Ids of the lab's buttons and forms. What follows the slash is what they act on.</summary>
public static class LabActions
{
    public const string UndoVerb = "lab.undo", ChangeVerb = "lab.change", SaveVerb = "lab.save", ReportVerb = "lab.report";

    /// <summary>The form that asks which patch it is about.</summary>
    public const string Record = "lab.record/any";

    public static string Undo(long report) => $"{UndoVerb}/{report}";

    public static string Change(long report) => $"{ChangeVerb}/{report}";

    public static string Save(long report) => $"{SaveVerb}/{report}";

    public static string Report(PatchId patch) => $"{ReportVerb}/{patch}";

    /// <summary>The report that an undo, change or save acts on.</summary>
    public static bool TryReport(string action, out long report)
    {
        ArgumentNullException.ThrowIfNull(action);
        var slash = action.IndexOf('/', StringComparison.Ordinal);
        report = 0;
        return slash > 0 && action[..slash] is UndoVerb or ChangeVerb or SaveVerb
            && long.TryParse(action.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out report);
    }

    /// <summary>The patch that a report form is about.</summary>
    public static bool TryPatch(string action, out PatchId patch)
    {
        ArgumentNullException.ThrowIfNull(action);
        patch = default;
        var name = action.StartsWith(ReportVerb + "/", StringComparison.Ordinal) ? action[(ReportVerb.Length + 1)..].Trim() : "";
        if (name.Length is 0 or > PatchId.MaxLength)
        {
            return false;
        }

        patch = new PatchId(name);
        return true;
    }
}
