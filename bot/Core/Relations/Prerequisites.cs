using PatchBot.Core.Audit;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Core.Record;
using PatchBot.Core.Windows;

namespace PatchBot.Core.Relations;

public enum ConfirmOutcome
{
    Confirmed,
    ConfirmedBefore,
    NotAnEngineer,

    /// <summary>The key names no requirement.</summary>
    UnknownRequirement,
}

/// <summary>Someone vouches that a requirement is in place on a ring. The form, a reply and a command all come here.</summary>
public sealed class Prerequisites(IRoles roles)
{
    /// <param name="requirement">A <see cref="Requirement.Key"/>.</param>
    /// <param name="origin">The message or press that it came from.</param>
    public async Task<ConfirmOutcome> ConfirmAsync(
        IRecordSession session, Ring ring, string requirement, Person person, string origin, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var human = await session.Links.HumanAsync(person.Id, cancellationToken);
        if (!roles.IsEngineer(human) && !roles.IsAdmin(human))
        {
            return ConfirmOutcome.NotAnEngineer;
        }

        if (RequirementKey.Read(requirement) is not { } needs)
        {
            return ConfirmOutcome.UnknownRequirement;
        }

        // The key as the bot writes it, so that "KB 5005112" and "kb5005112" are one confirmation.
        if (!await session.Relations.ConfirmAsync(new Confirmation(ring.Key, needs.Key, person, now, origin), cancellationToken))
        {
            return ConfirmOutcome.ConfirmedBefore;
        }

        await session.Audit.AppendAsync(
            new AuditEvent(now, person.Id, "dependency.confirmed", $"ring/{ring.Key}", $"{needs.Key} is in place on {ring.Title}.", origin),
            cancellationToken);
        return ConfirmOutcome.Confirmed;
    }

    public static string Reply(ConfirmOutcome outcome, Ring ring, string requirement)
    {
        var needs = RequirementKey.Read(requirement)?.ToString() ?? "that";
        return outcome switch
        {
            ConfirmOutcome.Confirmed => $"Noted: {needs} is in place on {ring.Title}.",
            ConfirmOutcome.ConfirmedBefore => $"It was confirmed before that {needs} is in place on {ring.Title}; nothing changed.",
            ConfirmOutcome.NotAnEngineer => "Only engineers and admins can confirm a prerequisite. Nothing changed.",
            ConfirmOutcome.UnknownRequirement => "That is no requirement that can be confirmed; open the form again. Nothing changed.",
        };
    }
}
