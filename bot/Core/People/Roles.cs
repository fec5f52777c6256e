using System.ComponentModel.DataAnnotations;
using PatchBot.Core.Windows;

namespace PatchBot.Core.People;

/// <summary>Who may do what. Bound from the section <c>People</c>; empty lists admit nobody.</summary>
public sealed class PeopleOptions : IValidatableObject
{
    public const string Everyone = "*";

    /// <summary>May record lab results and confirm prerequisites. <c>*</c> admits everyone in the bot's channels.</summary>
    public IList<string> Engineers { get; init; } = [];

    /// <summary>May do what engineers do, manage a channel's subscriptions and import.</summary>
    public IList<string> Admins { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. Engineers.Where(person => person != Everyone && !PersonId.IsOne(person))
            .Select(person => Fault(nameof(Engineers), person, "write platform:tenant:id, for example webchat:local:engineer, or * for everyone")),
        .. Admins.Where(person => !PersonId.IsOne(person))
            .Select(person => Fault(nameof(Admins), person, "write platform:tenant:id, for example webchat:local:admin")),
    ];

    // Nobody has such an id, so whoever was meant would be refused without a word of why.
    private static ValidationResult Fault(string list, string person, string remedy) => new($"'{person}' is no person id; {remedy}", [list]);
}

/// <summary>
/// Answers "may they do that?"; the one place that buttons, replies and commands ask. A human may what any of their identities
/// may.
/// </summary>
public interface IRoles
{
    bool IsEngineer(Human human);

    bool IsAdmin(Human human);

    bool IsApprover(Human human, Ring ring);
}
