using System.Globalization;
using NodaTime;

namespace PatchBot.Core.Conversation.Days;

internal static class DayText
{
    /// <summary>Such as <c>Sat 5 Dec 2026</c>.</summary>
    public static string Of(LocalDate day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>2026-12-05</c>.</summary>
    public static string Iso(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
