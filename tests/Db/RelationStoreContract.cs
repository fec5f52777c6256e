using PatchBot.Core.Patches;
using PatchBot.Core.Relations;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class RelationStoreContract(TestEngine engine) : StoreContract(engine)
{
    [Fact]
    public async Task Given_a_requirement_confirmed_twice_then_the_first_word_stands()
    {
        var confirmation = new Confirmation("production", "product:DPM:12.0", Some.Engineer, Some.Noon, "webchat:patching/7");
        Assert.True(await WriteAsync(session => session.Relations.ConfirmAsync(confirmation, Token)));
        Assert.False(await WriteAsync(session => session.Relations.ConfirmAsync(confirmation with { By = Some.Manager }, Token)));

        Assert.Equal([confirmation], await ReadAsync(session => session.Relations.ConfirmationsAsync("production", [Needs("DPM", "11.0")], Token)));
        Assert.Empty(await ReadAsync(session => session.Relations.ConfirmationsAsync("pilot", [Needs("DPM", "12.0")], Token)));
    }

    [Fact]
    public async Task Given_many_confirmations_then_only_those_about_what_is_asked_are_read_whatever_their_case_or_version()
    {
        var at = Some.Noon;
        foreach (var requirement in (string[])["product:DPM:12.0", "product:dpm:12.5.1", "product:DPM Agent:12.0", "patch:usn-6591-1", "patch:KB5005112", "any:KB1|KB2"])
        {
            at = at.AddMinutes(1);
            await WriteAsync(session => session.Relations.ConfirmAsync(new Confirmation("production", requirement, Some.Engineer, at, ""), Token));
        }

        Assert.Equal(["product:DPM:12.0", "product:dpm:12.5.1"], await AboutAsync(Needs("Dpm", "99.0")));
        Assert.Equal(["patch:usn-6591-1"], await AboutAsync(new PatchRequirement(new PatchId("USN-6591-1"))));
        Assert.Equal(["patch:KB5005112", "any:KB1|KB2"], await AboutAsync(
            new AnyOfRequirement([new PatchId("KB1"), new PatchId("KB2")]), new PatchRequirement(new PatchId("KB5005112"))));
        Assert.Empty(await AboutAsync());
    }

    [Fact]
    public async Task Given_a_patch_that_supersedes_others_then_it_is_found_from_their_end()
    {
        var facts = Some.Facts() with { Supersedes = [new PatchId("KB1000001"), new PatchId("KB1000001"), new PatchId("KB1000002")] };
        await WriteAsync(session => session.Patches.SaveAsync(Some.Patch("KB2000000", facts), Token));
        var (newer, asked) = (new PatchId("KB2000000"), new[] { new PatchId("KB1000001"), new PatchId("KB1000003") });

        Assert.Equal([(newer, new PatchId("KB1000001"))], await ReadAsync(session => session.Relations.SupersededByAsync(asked, Token)));
        Assert.Empty(await ReadAsync(session => session.Relations.SupersededByAsync([], Token)));
    }

    [Fact]
    public async Task Given_needs_saved_again_then_the_newest_count()
    {
        await KnowPatchesAsync("KB2000000", "KB2000001");
        await SaveNeedsAsync("KB2000000", "KB1000001", "KB1000001", "KB1000002");
        await SaveNeedsAsync("KB2000001", "KB1000002");
        await SaveNeedsAsync("KB2000000", "KB1000002", "KB1000003");

        Assert.Empty(await RequiredByAsync("KB1000001"));
        Assert.Equal(["KB2000000", "KB2000001"], await RequiredByAsync("KB1000002", "KB1000003"));
        Assert.Empty(await RequiredByAsync());
    }

    private Task SaveNeedsAsync(string patch, params string[] needed) => WriteAsync(session => session.Relations.SaveNeedsAsync(
        new Dictionary<PatchId, IReadOnlyCollection<PatchId>> { [new PatchId(patch)] = [.. needed.Select(id => new PatchId(id))] }, Token));

    private async Task<IEnumerable<string>> RequiredByAsync(params string[] needed) =>
        (await ReadAsync(session => session.Relations.RequiredByAsync([.. needed.Select(id => new PatchId(id))], Token))).Select(id => id.Value);

    private static VersionRequirement Needs(string product, string version) => new(product, Version.Parse(version));

    private async Task<IEnumerable<string>> AboutAsync(params Requirement[] requirements) =>
        (await ReadAsync(session => session.Relations.ConfirmationsAsync("production", requirements, Token))).Select(confirmation => confirmation.Requirement);
}
