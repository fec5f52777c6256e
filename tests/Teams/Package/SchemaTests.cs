using System.Text.Json.Nodes;
using NJsonSchema;
using PatchBot.Adapters.Teams.Package;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Teams.Package;

/// <summary>The platform's own schema has the last word on the manifest.</summary>
public sealed class SchemaTests
{
    private const string OfVersion125 = "teams-app-manifest-1.25.schema.json";

    [Fact]
    public async Task Given_a_package_then_its_manifest_keeps_the_schema() => Assert.Empty(await FaultsAsync(Packages.Some.Manifest()));

    [Fact]
    public async Task Given_a_package_that_reads_only_mentions_then_its_manifest_keeps_the_schema() =>
        Assert.Empty(await FaultsAsync((Packages.Some with { ReadsMessages = false }).Manifest()));

    [Fact]
    public async Task Given_all_that_can_be_set_at_its_longest_then_the_manifest_keeps_the_schema()
    {
        var page = "https://it.contoso.com/" + new string('p', 2025);
        var package = Packages.Of(options => (options.Name, options.DeveloperName, options.WebsiteUrl) = (new string('n', 30), new string('d', 32), page));

        Assert.Empty(package.Faults());
        Assert.Empty(await FaultsAsync(package.Manifest()));
    }

    /// <summary>Shows that the schema is really asked.</summary>
    [Theory]
    [InlineData("version", null)]
    [InlineData("accentColor", "blue")]
    [InlineData("manifestVersion", "1.29")]
    [InlineData("supportsTargetedMessages", "true")]
    [InlineData("id", "PatchBot")]
    public async Task Given_a_manifest_with_a_fault_then_the_schema_finds_it(string member, string? value)
    {
        var manifest = Packages.Some.Manifest();
        manifest.Remove(member);
        if (value is not null)
        {
            manifest[member] = value;
        }

        Assert.Contains(await FaultsAsync(manifest), fault => fault.Contains(member, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_command_without_a_description_then_the_schema_finds_it()
    {
        var manifest = Packages.Some.Manifest();
        manifest["bots"]![0]!["commandLists"]![0]!["commands"]![0]!.AsObject().Remove("description");

        Assert.NotEmpty(await FaultsAsync(manifest));
    }

    [Fact]
    public async Task Given_targeted_messages_then_only_their_two_words_and_the_version_are_new()
    {
        var manifest = (Packages.Some with { TargetedMessages = true }).Manifest();

        Assert.Equal("1.29", (string?)manifest["manifestVersion"]);
        Assert.Contains("/v1.29/", (string?)manifest["$schema"], StringComparison.Ordinal);
        Assert.True(manifest["bots"]![0]!.AsObject().Remove("supportsTargetedMessages", out var targeted) && (bool)targeted!);
        manifest["manifestVersion"] = Packages.Some.ManifestVersion;
        manifest["$schema"] = (string?)Packages.Some.Manifest()["$schema"];
        Assert.True(JsonNode.DeepEquals(Packages.Some.Manifest(), manifest));
        Assert.Empty(await FaultsAsync(manifest));
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(JsonObject manifest)
    {
        var text = await File.ReadAllTextAsync(SharedData.Path(OfVersion125), TestContext.Current.CancellationToken);
        var schema = await JsonSchema.FromJsonAsync(text, TestContext.Current.CancellationToken);

        // A draft-04 reader leaves "const" out, which the schema has borrowed from a later draft.
        var faults = schema.Validate(manifest.ToJsonString()).Select(fault => $"{fault}").ToList();
        if ((string?)JsonNode.Parse(text)!["properties"]!["manifestVersion"]!["const"] is { } version && (string?)manifest["manifestVersion"] != version)
        {
            faults.Add($"manifestVersion is not {version}");
        }

        return faults;
    }
}
