namespace PatchBot.Core.People.Links;

/// <summary>What came of a wish to link or unlink identities. The set is closed.</summary>
public abstract record LinkOutcome
{
    private protected LinkOutcome()
    {
    }
}

/// <summary>The first code, for the person to say on their other platform.</summary>
public sealed record LinkBegun(string Code) : LinkOutcome;

/// <summary>The second code, for the one who began to say where they began.</summary>
public sealed record LinkAnswered(string Code, Person Begun) : LinkOutcome;

/// <param name="Others">The other identities of the human.</param>
public sealed record LinkMade(Person Person, IReadOnlyList<Person> Others) : LinkOutcome;

public sealed record LinkEnded(PersonId Person) : LinkOutcome;

/// <summary>Nothing was linked or unlinked.</summary>
/// <param name="Text">Why, as a sentence for the one who asked.</param>
public sealed record LinkRefused(string Text) : LinkOutcome;

/// <summary>The code was said where others read along, so it is worth nothing any more.</summary>
public sealed record LinkBurnt : LinkOutcome;
