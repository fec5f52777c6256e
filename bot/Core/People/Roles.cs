using PatchBot.Core.Windows;

namespace PatchBot.Core.People;

/// <summary>Who may do what. Bound from the section <c>People</c>; empty lists admit nobody.</summary>
public sealed class PeopleOptions
{
    /// <summary>May record lab results and confirm prerequisites. <c>*</c> admits everyone in the bot's channels.</summary>
    public IList<string> Engineers { get; init; } = [];

    /// <summary>May do what engineers do, manage a channel's subscriptions and import.</summary>
    public IList<string> Admins { get; init; } = [];
}

/// <summary>Answers "may this person do that?"; the one place that buttons, replies and commands ask.</summary>
public interface IRoles
{
    bool IsEngineer(PersonId person);

    bool IsAdmin(PersonId person);

    bool IsApprover(PersonId person, Ring ring);
}
