using NodaTime;

namespace PatchBot.Core.Conversation.Days;

/// <summary>What words for a day were understood as. The set is closed.</summary>
internal abstract record DayReading
{
    private protected DayReading()
    {
    }
}

/// <summary>One day, after today.</summary>
internal sealed record DayNamed(LocalDate Day) : DayReading;

/// <summary>No day, or one of several.</summary>
/// <param name="Why">One sentence.</param>
/// <param name="Perhaps">What may have been meant.</param>
internal sealed record DayUnclear(string Why, params IReadOnlyList<LocalDate> Perhaps) : DayReading;
