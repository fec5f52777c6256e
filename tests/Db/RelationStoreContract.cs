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

        Assert.Equal([confirmation], await ReadAsync(session => session.Relations.ConfirmationsAsync("production", Token)));
        Assert.Empty(await ReadAsync(session => session.Relations.ConfirmationsAsync("pilot", Token)));
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
}
