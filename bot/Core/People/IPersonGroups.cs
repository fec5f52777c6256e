namespace PatchBot.Core.People;

/// <summary>Groups that a platform keeps, and that the settings name where they could name a person.</summary>
public interface IPersonGroups
{
    /// <summary>Answers at once, from what is known; what is not known well enough is a no.</summary>
    bool Holds(PersonId group, PersonId person);
}
