using System.Text;
using Microsoft.Extensions.Configuration;
using PatchBot.Core;
using PatchBot.Core.People;
using PatchBot.Core.Windows;
using PatchBot.Tests.Support;
using static PatchBot.Tests.Windows.RingCalendarTests;

namespace PatchBot.Tests.Windows;

public sealed class RingSettingsTests
{
    private const string Good = """
        { "Rings": [ {
          "Key": "dmz", "Title": "Edge servers", "Products": ["Windows Server *"], "Exposed": true,
          "Calendar": { "Rule": "FREQ=MONTHLY;BYDAY=3SA", "Start": "2026-01-17T22:00", "Zone": "Europe/Berlin", "Duration": "04:00:00" },
          "Freezes": [
            { "From": "2026-11-20", "To": "2026-11-22", "Reason": "Election" },
            { "From": "2026-03-28T18:00", "To": "2026-03-29T06:00", "Reason": "Move" } ],
          "LabTime": "2.12:00:00", "Notice": "06:00:00", "Reminders": ["01:00:00", "1.00:00:00"],
          "Approvers": ["webchat:local:manager", "teams:7f0c:91aa"], "Quorum": 2,
          "Installed": { "System Center DPM": "10.22.123.0" }, "PrerequisitesInSameWindow": true } ] }
        """;

    [Fact]
    public void Given_a_configured_ring_then_every_setting_reaches_it()
    {
        var (rings, faults) = RingSettings.Read(Bind(Good));
        Assert.Empty(faults);
        var ring = Assert.Single(rings);
        Assert.Equal(("dmz", "Edge servers", true, 2, true), (ring.Key, ring.Title, ring.Exposed, ring.Quorum, ring.PrerequisitesInSameWindow));
        Assert.Equal(Utc("2026-01-17T21:00Z"), ring.Calendar.Occurrences(Utc("2026-01-01T00:00Z"), Utc("2027-01-01T00:00Z")).First().Start);
        Assert.Equal((TimeSpan.FromHours(60), TimeSpan.FromHours(6)), (ring.LabTime, ring.Notice));
        Assert.Equal([TimeSpan.FromDays(1), TimeSpan.FromHours(1)], ring.Reminders);
        Assert.Equal([new PersonId("webchat:local:manager"), new PersonId("teams:7f0c:91aa")], ring.Approvers);
        Assert.Equal(new Version(10, 22, 123, 0), ring.Installed["System Center DPM"]);
        Assert.Equal(
            [
                new Freeze(new MaintenanceWindow(Utc("2026-03-28T17:00Z"), Utc("2026-03-29T04:00Z")), "Move"), // a time counts out
                new Freeze(new MaintenanceWindow(Utc("2026-11-19T23:00Z"), Utc("2026-11-22T23:00Z")), "Election"), // the last day counts in
            ],
            ring.Freezes);
    }

    [Theory]
    [InlineData("Key", "DMZ 1", "write lower-case letters")]
    [InlineData("Key", "", "missing")]
    [InlineData("Exposed", "yes", "write true or false")]
    [InlineData("Products:0", " ", "missing")]
    [InlineData("Calendar:Rule", "FREQ=WEKLY", "not an RFC 5545 rule; use for example FREQ=WEEKLY;BYDAY=SA")]
    [InlineData("Calendar:Rule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never occurs")]
    [InlineData("Calendar:Rule", "", "missing")]
    [InlineData("Calendar:Zone", "Europe/Berlim", "did you mean Europe/Berlin")]
    [InlineData("Calendar:Start", "17.01.2026 22:00", "2026-01-03T22:00")]
    [InlineData("Calendar:Start", "2026-01-17T22:00Z", "2026-01-03T22:00")]
    [InlineData("Calendar:Start", "1026-01-17T22:00", "1970")]
    [InlineData("Calendar:Duration", "24:00:00", "days first")] // .NET would read days
    [InlineData("Calendar:Duration", "4", "days first")]
    [InlineData("Calendar:Duration", "00:00:00", "must last")]
    [InlineData("Calendar:Duration", "8.00:00:00", "7 days")]
    [InlineData("Calendar:Duration", "-04:00:00", "7 days")]
    [InlineData("Freezes:0:From", "20.11.2026", "2026-12-20")]
    [InlineData("Freezes:0:To", "2026-11-19", "must end after it starts")]
    [InlineData("Freezes:0:To", "11-22", "give both ends a year")]
    [InlineData("Freezes:0:Reason", "", "missing")]
    [InlineData("LabTime", "two days", "not a time span")]
    [InlineData("LabTime", "90.00:00:00", "60 days")]
    [InlineData("Notice", "-1.00:00:00", "60 days")]
    [InlineData("Reminders:0", "31.00:00:00", "30 days")]
    [InlineData("Reminders:0", "00:00:00", "before the start")]
    [InlineData("Approvers:0", "Max Manager", "platform:tenant:id")]
    [InlineData("Approvers:0", "teams::91aa", "platform:tenant:id")]
    [InlineData("Quorum", "3", "the ring has 2 approvers")]
    [InlineData("Quorum", "0", "from 1 to 20")]
    [InlineData("Installed:System Center DPM", "2022 UR2", "not a version")]
    public void Given_one_wrong_setting_then_one_line_names_it_its_value_and_the_remedy(string key, string value, string remedy)
    {
        var faults = RingSettings.Read(Bind(Good, (key, value))).Faults;
        var fault = faults.First(fault => fault.Key == $"Rings:0:{key}");
        Assert.StartsWith($"Rings:0:{key} = \"{value}\": ", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.ToString());

        // A missing approver also makes the quorum too high; nothing else may follow from one fault.
        Assert.All(faults, other => Assert.True(other == fault || other.Key.EndsWith("Quorum", StringComparison.Ordinal), other.ToString()));
    }

    [Fact]
    public void Given_several_faults_then_all_are_named() =>
        Assert.Equal(
            ["Rings:0:Calendar:Rule", "Rings:0:Calendar:Zone", "Rings:0:Calendar:Duration", "Rings:0:LabTime"],
            RingSettings.Read(Bind(Good, ("Calendar:Rule", "x"), ("Calendar:Zone", "x"), ("Calendar:Duration", "x"), ("LabTime", "x")))
                .Faults.Select(fault => fault.Key));

    [Fact]
    public void Given_an_empty_ring_then_what_it_needs_is_named() =>
        Assert.Equal(
            ["Rings:0:Key", "Rings:0:Calendar:Rule", "Rings:0:Calendar:Zone", "Rings:0:Calendar:Start", "Rings:0:Calendar:Duration", "Rings:0:Products"],
            RingSettings.Read([new RingOptions()]).Faults.Select(fault => fault.Key));

    [Fact]
    public void Given_two_rings_with_one_name_then_the_second_is_at_fault()
    {
        var options = DefaultRings.Options;
        options[1].Title = "PILOT";
        Assert.Equal("Rings:1:Title", Assert.Single(RingSettings.Read(options).Faults).Key);
    }

    [Fact]
    public void Given_no_reminders_in_the_settings_then_there_are_two_and_the_word_none_gives_none()
    {
        const string Reminders = """ "Reminders": ["01:00:00", "1.00:00:00"], """;
        Assert.Equal(2, RingSettings.Read(Bind(Good.Replace(Reminders.Trim(), "", StringComparison.Ordinal))).Rings[0].Reminders.Count);
        Assert.Empty(RingSettings.Read(Bind(Good.Replace(Reminders.Trim(), "\"Reminders\": [\"none\"],", StringComparison.Ordinal))).Rings[0].Reminders);
    }

    [Theory]
    [InlineData("2026-12-19T22:59Z", false)]
    [InlineData("2026-12-19T23:00Z", true)] // midnight of 20 December in Berlin
    [InlineData("2027-01-06T22:59Z", true)]
    [InlineData("2027-01-06T23:00Z", false)]
    [InlineData("2061-12-31T12:00Z", true)]
    public void Given_the_default_rings_then_they_freeze_over_every_turn_of_the_year(string instant, bool frozen) =>
        Assert.All(DefaultRings.All, ring => Assert.Equal(frozen, ring.Freezes.Any(freeze => freeze.Span.Contains(Utc(instant)))));

    [Fact]
    public void Given_the_default_rings_then_they_are_without_fault_and_found_by_key_or_title()
    {
        Assert.Empty(RingSettings.Read(DefaultRings.Options).Faults);
        var rings = new Rings(DefaultRings.All);
        Assert.Equal("pilot", rings.Find(" pilot servers")?.Key);
        Assert.Equal("production", rings.Find("PRODUCTION")?.Key);
        Assert.Null(rings.Find("test"));
        Assert.NotEmpty(rings.All[0].Runs(Some.Facts()));
        Assert.Empty(rings.All[0].Runs(Some.Facts(products: "Windows 11 Version 24H2")));
    }

    [Fact]
    public void Given_a_hostile_value_then_its_fault_is_still_one_short_line()
    {
        var line = new SettingFault("Rings:0:Key", "a\r\nb" + new string('x', 500), "shorten it").ToString();
        Assert.True(line.Length < 200 && !line.Any(char.IsControl));
    }

    private static List<RingOptions> Bind(string json, params (string Key, string Value)[] changes)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var configuration = new ConfigurationBuilder().AddJsonStream(stream)
            .AddInMemoryCollection(changes.Select(change => KeyValuePair.Create($"Rings:0:{change.Key}", (string?)change.Value)))
            .Build();
        return configuration.GetSection(RingSettings.Section).Get<List<RingOptions>>(options => options.ErrorOnUnknownConfiguration = true) ?? [];
    }
}
