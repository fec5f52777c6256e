using PatchBot.Core.People;

namespace PatchBot.Tests.Support;

/// <summary>The settings of one ring, as rooms of the chat platforms use it: Saturdays at 22:00 in Berlin for four hours.</summary>
internal static class ProductionRing
{
    public const string Key = "production";

    public static IEnumerable<KeyValuePair<string, string?>> Settings(params IEnumerable<Person> approvers) =>
    [
        new("Relations:IncludeSeedRules", "false"),
        new("Rings:0:Key", Key), new("Rings:0:Title", "Production servers"), new("Rings:0:Products:0", "Windows Server *"),
        new("Rings:0:Calendar:Rule", "FREQ=WEEKLY;BYDAY=SA"), new("Rings:0:Calendar:Start", "2020-01-04T22:00"),
        new("Rings:0:Calendar:Zone", "Europe/Berlin"), new("Rings:0:Calendar:Duration", "04:00:00"),
        .. approvers.Select((person, index) => KeyValuePair.Create($"Rings:0:Approvers:{index}", (string?)person.Id.Value)),
    ];
}
