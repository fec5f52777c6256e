using PatchBot.Core.People;

namespace PatchBot.Adapters.Teams;

/// <summary>Microsoft 365 Agents Playground as it starts without a configuration of its own.</summary>
public static class TeamsEmulator
{
    /// <summary>Whom its page lets one be. No real tenant has such ids.</summary>
    public static PersonId FirstUser { get; } =
        PersonId.Of(TeamsOptions.Platform, "00000000-0000-0000-0000-0000000000001", "00000000-0000-0000-0000-0000000000020");
}
