using System.Data.Common;
using PatchBot.Core.Patches;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class PatchStoreContract(TestEngine engine) : StoreContract(engine)
{
    private static readonly SightingOrigin November = new("msrc", "2026-Nov");

    [Fact]
    public async Task Given_a_saved_patch_when_it_is_read_then_its_facts_have_the_same_hash()
    {
        var facts = Some.Facts() with
        {
            Aliases = ["MS26-110"],
            Supersedes = [new PatchId("KB5031361")],
            Requires = [new PatchId("KB5005112")],
            KnownIssues = ["It's \"quoted\" {and} \u202Eturned; DROP TABLE patch; --"],
            Links = [new PatchLink("Support", new Uri("https://support.microsoft.com/help/5032196"))],
        };
        var patch = Some.Patch(facts: facts);
        await WriteAsync(session => session.Patches.SaveAsync(patch, Token));

        var read = await ReadAsync(session => session.Patches.FindAsync(patch.Id, Token));

        Assert.NotNull(read);
        Assert.Equal(patch.Content, ContentHash.Of(read.Facts));
        Assert.Equal((patch.Id, 1, patch.Content, Some.Noon, Some.Noon), (read.Id, read.Revision, read.Content, read.FirstSeenAt, read.RevisedAt));
    }

    [Fact]
    public async Task Given_a_revision_when_it_is_saved_then_it_replaces_facts_aliases_and_relations()
    {
        var first = Some.Patch(facts: Some.Facts() with { Aliases = ["OLD-NAME"], Supersedes = [new PatchId("KB1000001")] });
        await WriteAsync(session => session.Patches.SaveAsync(first, Token));
        var facts = Some.Facts(severity: Severity.High) with { Aliases = ["NEW-NAME"], Supersedes = [new PatchId("KB1000002")] };
        await WriteAsync(session => session.Patches.SaveAsync(first with { Revision = 2, Changes = ["severity Critical → Important"], Facts = facts, Content = ContentHash.Of(facts) }, Token));

        var read = await ReadAsync(session => session.Patches.FindByNameAsync("new-name", Token));

        Assert.Equal((2, Severity.High), (read?.Revision, read?.Facts.Severity));
        Assert.Equal(["severity Critical → Important"], read!.Changes);
        Assert.Null(await ReadAsync(session => session.Patches.FindByNameAsync("OLD-NAME", Token)));
        Assert.Empty(await ReadAsync(session => session.Relations.SupersededByAsync([new PatchId("KB1000001")], Token)));
        Assert.Single(await ReadAsync(session => session.Relations.SupersededByAsync([new PatchId("KB1000002")], Token)));
    }

    [Theory, InlineData("KB5032196"), InlineData("kb5032196"), InlineData("5032196"), InlineData(" kb 5032196 "), InlineData("ms26-110")]
    public async Task Given_any_spelling_when_a_patch_is_looked_for_then_it_is_found(string name)
    {
        await WriteAsync(session => session.Patches.SaveAsync(Some.Patch(facts: Some.Facts() with { Aliases = ["MS26-110"] }), Token));
        Assert.Equal("KB5032196", (await ReadAsync(session => session.Patches.FindByNameAsync(name, Token)))?.Id.Value);
    }

    [Theory, InlineData(""), InlineData("  "), InlineData("KB1"), InlineData("' OR 1=1 --"), InlineData("%"), InlineData("\0")]
    public async Task Given_a_name_that_nothing_has_then_nothing_is_found(string name)
    {
        await KnowPatchesAsync("KB5032196");
        Assert.Null(await ReadAsync(session => session.Patches.FindByNameAsync(name, Token)));
        Assert.Null(await ReadAsync(session => session.Patches.FindByNameAsync(new string('x', 5000), Token)));
    }

    [Fact]
    public async Task Given_one_patch_called_as_another_is_also_called_then_its_own_id_wins()
    {
        await KnowPatchesAsync("USN-6591-1");
        await WriteAsync(session => session.Patches.SaveAsync(
            Some.Patch("AAA-1", Some.Facts() with { Aliases = ["usn-6591-1", "USN-6591-1"] }), Token));

        Assert.Equal("USN-6591-1", (await ReadAsync(session => session.Patches.FindByNameAsync("usn-6591-1", Token)))?.Id.Value);
    }

    [Fact]
    public async Task Given_one_vulnerability_listed_twice_then_the_patch_is_saved()
    {
        var facts = Some.Facts();
        facts = facts with { Fixes = [facts.Fixes[0], facts.Fixes[0] with { Cvss = null, Exploited = Claim.Yes }] };
        await WriteAsync(session => session.Patches.SaveAsync(Some.Patch(facts: facts), Token));
        Assert.Equal("8.8 Yes", await Database.ByHandAsync("SELECT CONCAT(cvss, ' ', exploited) FROM patchbot.patch_cve"));
    }

    [Fact]
    public async Task Given_thousands_of_ids_when_patches_are_looked_for_then_the_known_ones_are_found()
    {
        await KnowPatchesAsync("KB5032196", "it's \"odd\"]");
        var ids = Enumerable.Range(0, 5000).Select(i => new PatchId($"P-{i}")).Append(new PatchId("KB5032196")).Append(new PatchId("it's \"odd\"]"));
        Assert.Equal(2, (await ReadAsync(session => session.Patches.FindAsync([.. ids], Token))).Count);
        Assert.Empty(await ReadAsync(session => session.Patches.FindAsync([], Token)));
    }

    [Fact]
    public async Task Given_patches_of_many_times_then_the_recent_ones_are_found_by_release_or_else_by_first_sight()
    {
        await WriteAsync(async session =>
        {
            await session.Patches.SaveAsync(Some.Patch("KB1000001", Some.Facts() with { ReleasedAt = Some.Noon.AddDays(-1) }), Token);
            await session.Patches.SaveAsync(Some.Patch("KB1000002", Some.Facts() with { ReleasedAt = Some.Noon.AddDays(-100) }), Token);
            await session.Patches.SaveAsync(Some.Patch("KB1000003", Some.Facts() with { ReleasedAt = null }), Token);
            await session.Patches.SaveAsync(Some.Patch("KB1000004", Some.Facts() with { ReleasedAt = null }) with { FirstSeenAt = Some.Noon.AddDays(-100) }, Token);
        });

        var recent = await ReadAsync(session => session.Patches.RecentAsync(Some.Noon.AddDays(-90), Token));
        Assert.Equal(["KB1000001", "KB1000003"], recent.Select(id => id.Value).Order());
    }

    [Fact]
    public async Task Given_a_document_read_twice_when_it_no_longer_lists_a_patch_then_the_sighting_stays_unlisted()
    {
        await KnowPatchesAsync("KB1000001", "KB1000002");
        Sighting[] sightings = [Seen("KB1000001"), Seen("KB1000002")];
        await WriteAsync(session => session.Patches.SaveSightingsAsync(sightings, Token));
        await WriteAsync(session => session.Patches.SaveSightingsAsync(sightings, Token));
        await WriteAsync(session => session.Patches.UnlistAsync(November, [new PatchId("KB1000002")], Token));

        Assert.Equal([new PatchId("KB1000001")], (await ReadAsync(session => session.Patches.ListedInAsync(November, Token))).Keys);
        var all = await ReadAsync(session => session.Patches.SightingsOfAsync([new PatchId("KB1000001"), new PatchId("KB1000002")], Token));
        Assert.Equal([true, false], all.Select(sighting => sighting.Listed));
        Assert.Equal(sightings[0].Content, ContentHash.Of(all[0].Facts));
        Assert.Equal((November, Some.Noon), (all[0].Origin, all[0].SeenAt));
    }

    [Fact]
    public async Task Given_a_sighting_of_a_patch_that_is_not_there_then_it_is_refused() =>
        await Assert.ThrowsAnyAsync<DbException>(() => WriteAsync(session => session.Patches.SaveSightingsAsync([Seen("KB1000001")], Token)));

    [Fact]
    public async Task Given_names_that_differ_in_blanks_at_their_ends_then_they_are_one_name()
    {
        var facts = Some.Facts() with { Aliases = ["MS26-110", "MS26-110 ", " ms26-110"] };
        facts = facts with { Fixes = [facts.Fixes[0], facts.Fixes[0] with { Cve = $"{facts.Fixes[0].Cve} " }] };
        await WriteAsync(session => session.Patches.SaveAsync(Some.Patch(facts: facts), Token));
        Assert.NotNull(await ReadAsync(session => session.Patches.FindByNameAsync("MS26-110 ", Token)));
    }

    [Fact]
    public async Task Given_half_a_character_in_a_name_then_it_is_kept_and_found_alike()
    {
        await KnowPatchesAsync("KB5032196");
        var facts = Some.Facts() with { Aliases = ["half \uD83D"], Supersedes = [new PatchId("half \uD83D")] };
        await WriteAsync(session => session.Patches.SaveAsync(Some.Patch("AAA-1", facts), Token));
        Assert.NotNull(await ReadAsync(session => session.Patches.FindByNameAsync("half \uD83D", Token)));
        Assert.Single(await ReadAsync(session => session.Relations.SupersededByAsync([new PatchId("half \uD83D")], Token)));
    }

    [Fact]
    public async Task Given_stamps_then_each_source_has_its_own_and_the_newest_counts()
    {
        await KnowPatchesAsync("KB1000001");
        await WriteAsync(session => session.Patches.SaveSightingsAsync([Seen("KB1000001")], Token));
        Assert.Empty(await ReadAsync(session => session.Patches.StampsAsync("msrc", Token)));

        await WriteAsync(session => session.Patches.SaveStampAsync(November, "one", Some.Noon, Token));
        await WriteAsync(session => session.Patches.SaveStampAsync(November, "two", Some.Noon, Token));
        await WriteAsync(session => session.Patches.SaveStampAsync(new SightingOrigin("usn", "feed"), "three", Some.Noon, Token));

        Assert.Equal([KeyValuePair.Create("2026-Nov", "two")], await ReadAsync(session => session.Patches.StampsAsync("msrc", Token)));
    }

    private static Sighting Seen(string patch) =>
        new(November, new PatchId(patch), Some.Facts(title: patch), ContentHash.Of(Some.Facts(title: patch)), Some.Noon);
}
