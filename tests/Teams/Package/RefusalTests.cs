using System.ComponentModel.DataAnnotations;
using PatchBot.Adapters.Teams.Package;

namespace PatchBot.Tests.Teams.Package;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("")]
    [InlineData("PatchBot")]
    [InlineData("{7f1c2b9e-3a4d-4c5e-8f60-718293a4b5c6}")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void Given_a_bot_id_that_is_none_then_the_setting_is_named(string id) =>
        Assert.Equal("Teams:AppId", Assert.Single((Packages.Some with { BotId = id }).Faults()).Key);

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("1.0.0.0")]
    [InlineData("01.0.0")]
    [InlineData("1.0.0\n")]
    [InlineData("1.0.x")]
    public void Given_a_version_that_is_none_then_it_is_refused(string version) =>
        Assert.Equal("Version", Assert.Single((Packages.Some with { Version = version }).Faults()).Key);

    [Theory]
    [InlineData("Name", "")]
    [InlineData("Name", "  ")]
    [InlineData("Name", "A name that is one letter longer")]
    [InlineData("Name", "Patch\nBot")]
    [InlineData("DeveloperName", "A developer's name that is too long")]
    [InlineData("WebsiteUrl", "")]
    [InlineData("WebsiteUrl", "http://it.contoso.com/")]
    [InlineData("WebsiteUrl", "it.contoso.com")]
    [InlineData("WebsiteUrl", "https://ada:secret@it.contoso.com/")]
    [InlineData("PrivacyUrl", "javascript:alert(1)")]
    [InlineData("TermsUrl", "/terms")]
    [InlineData("AccentColor", "blue")]
    [InlineData("AccentColor", "#4F52B")]
    [InlineData("AccentColor", "#4F52B2FF")]
    [InlineData("AccentColor", "#FFFF00")]
    public void Given_a_word_that_Teams_would_refuse_then_the_setting_is_named_with_its_value_and_a_remedy(string key, string value)
    {
        var fault = Assert.Single(Packages.Of(options => typeof(PackageOptions).GetProperty(key)!.SetValue(options, value)).Faults());

        Assert.Equal(($"Teams:Package:{key}", value), (fault.Key, fault.Value));
        Assert.NotEmpty(fault.Remedy);
    }

    [Fact]
    public void Given_an_address_that_is_too_long_then_it_is_refused() => Assert.Equal(
        "Teams:Package:TermsUrl",
        Assert.Single(Packages.Of(options => options.TermsUrl = "https://it.contoso.com/" + new string('p', 2026)).Faults()).Key);

    [Fact]
    public void Given_a_host_name_too_long_for_a_developer_then_a_name_is_asked_for() => Assert.Equal(
        "Teams:Package:DeveloperName",
        Assert.Single(Packages.Of(options => options.WebsiteUrl = "https://patch.management.operations.it.contoso.com/").Faults()).Key);

    [Fact]
    public void Given_no_settings_then_the_bot_can_start_though_no_package_can_be_made()
    {
        var options = new PackageOptions();

        Assert.Empty(options.Validate(new ValidationContext(options)));
        Assert.NotEmpty(new AppPackage(Packages.Bot, AppPackage.FirstVersion, options).Faults());
    }
}
