using System.Text;
using Microsoft.Extensions.Configuration;
using PatchBot.Host.Settings;

namespace PatchBot.Tests.Host;

public sealed class SettingsReaderTests
{
    [Theory]
    [InlineData("""{ "Delivery": { "Leese": "00:00:30" } }""", "Delivery:Leese", "no such setting; known here are AtOnce, Doubt, FirstWait, Lease")]
    [InlineData("""{ "Delivery": { "Lease": "soon" } }""", "Delivery:Lease", "write a time span")]
    [InlineData("""{ "Delivery": { "Lease": "00:00:01" } }""", "Delivery:Lease", "must be between 00:00:05 and 00:10:00")]
    [InlineData("""{ "Delivery": { "Lease": {} , "LookEvery": { "a": 1 } } }""", "Delivery:LookEvery", "a single value is wanted here")]
    [InlineData("""{ "Delivery": 5 }""", "Delivery", "a section is wanted here")]
    [InlineData("""{ "Lab": { "RequiredPasses": "two" } }""", "Lab:RequiredPasses", "write a number")]
    [InlineData("""{ "Lab": { "RequiredPasses": 99999999999 } }""", "Lab:RequiredPasses", "write a number")]
    [InlineData("""{ "WebChat": { "Enabled": "yes" } }""", "WebChat:Enabled", "write true or false")]
    [InlineData("""{ "WebChat": { "Hosts": "example.org" } }""", "WebChat:Hosts", "a list is wanted here")]
    [InlineData("""{ "WebChat": { "Channels": [ { "Id": "A b", "Name": "x" } ] } }""", "WebChat:Channels:0:Id", "regular expression")]
    [InlineData("""{ "WebChat": { "Channels": [ { "Id": "ab", "Nane": "x" } ] } }""", "WebChat:Channels:0:Nane", "no such setting")]
    [InlineData("""{ "WebChat": { "Channels": [ "ab" ] } }""", "WebChat:Channels:0", "a section is wanted here")]
    [InlineData("""{ "Sources": { "Msrc": { "BaseAddress": "api.msrc" } } }""", "Sources:Msrc:BaseAddress", "write an address")]
    [InlineData("""{ "Sources": { "Msrc": { "BaseAddress": "file:///etc" } } }""", "Sources:Msrc:BaseAddress", "write an address")]
    [InlineData("""{ "Sources": { "Msrc": { "Limits": { "Depth": 1 } } } }""", "Sources:Msrc:Limits:Depth", "must be between 8 and 256")]
    [InlineData("""{ "Sources": { "Mrsc": { } , "Msrc": { "Enabled": false } } }""", "Sources:Mrsc", "no such section; known are Msrc, Opening")]
    [InlineData("""{ "Delivery": { "Lease": "00:00:30", "LookEvery": "00:00:20" } }""", "Delivery:LookEvery", "at most half of Lease")]
    [InlineData("""{ "Databse": { "File": "x" } }""", "Databse", "no such section")]
    [InlineData("""{ "People": { "Engineers": [ "erin" ] } }""", "People:Engineers", "'erin' is no person id")]
    [InlineData("""{ "Rings": { "Key": "production" } }""", "Rings:Key", "a section is wanted here")]
    [InlineData("""{ "Rings": [ { "Key": "a", "Approver": [] } ] }""", "Rings:0:Approver", "no such setting")]
    [InlineData("""{ "Rings": [ { "Key": "a", "Installed": { "DPM": { "x": "1" } } } ] }""", "Rings:0:Installed:DPM", "a single value is wanted here")]
    [InlineData("""{ "Policy": { "Critical": "800.00:00:00" } }""", "Policy:Critical", "must be between")]
    [InlineData("""{ "Urls": "127.0.0.1:5080" }""", "Urls", "write an address such as http://127.0.0.1:5080")]
    [InlineData("""{ "Urls": "https://127.0.0.1:5080" }""", "Urls", "write an address such as http://127.0.0.1:5080")]
    public void Given_a_setting_that_cannot_be_used_then_key_and_remedy_are_named_once(string json, string key, string remedy)
    {
        var fault = Assert.Single(Faults(json), fault => fault.Key == key);
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_several_faults_then_all_are_named() => Assert.Equal(
        ["Delivery:Leese", "Lab:RequiredPasses", "Nonsense"],
        Faults("""{ "Delivery": { "Leese": 1 }, "Lab": { "RequiredPasses": 0 }, "Nonsense": { "a": 1 } }""").Select(fault => fault.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Given_null_then_it_counts_as_left_out() =>
        Assert.Empty(Faults("""{ "WebChat": { "Enabled": null, "Hosts": null, "Channels": [] }, "Database": { "File": null } }"""));

    [Theory]
    [InlineData("""{ "Database": { "ConnectionString": "Data Source=x;Pasword=hunter2" } }""")]
    [InlineData("""{ "Database": { "ConnectionString": "hunter2" } }""")]
    [InlineData("""{ "Database": { "ConnectionStrng": "Data Source=x;Password=hunter2" } }""")]
    [InlineData("""{ "Database": { "ConnectionString": { "Password": "hunter2" } } }""")]
    public void Given_a_fault_near_a_secret_then_the_secret_is_not_repeated(string json)
    {
        var faults = Faults(json);
        Assert.NotEmpty(faults);
        Assert.DoesNotContain(faults, fault => fault.ToString().Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Given_a_name_in_the_environment_that_is_not_ours_then_it_is_no_fault()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("PATH", (string?)"/bin")]).Build();
        Assert.Empty(PatchBotSettings.Read(configuration, AppContext.BaseDirectory).Faults);
    }

    [Fact]
    public void Given_a_misspelt_section_on_the_command_line_then_it_is_a_fault()
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(["--Databse:File=x"]).Build();
        Assert.Equal("Databse", Assert.Single(PatchBotSettings.Read(configuration, AppContext.BaseDirectory).Faults).Key);
    }

    private static IReadOnlyList<PatchBot.Core.SettingFault> Faults(string json) => PatchBotSettings.Read(
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build(), AppContext.BaseDirectory).Faults;
}
