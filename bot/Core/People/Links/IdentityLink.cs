namespace PatchBot.Core.People.Links;

/// <summary>An identity that is known to be a human's who has others.</summary>
/// <param name="Person">The name is what they were called when it was linked.</param>
/// <param name="Human">See <see cref="People.Human.Id"/>; at most 200 characters.</param>
/// <param name="By">Who linked it: the person, or an admin.</param>
public sealed record IdentityLink(Person Person, string Human, DateTimeOffset At, PersonId By);
