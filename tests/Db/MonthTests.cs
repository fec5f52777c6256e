using System.Diagnostics;
using System.Globalization;
using PatchBot.Core.Patches;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public sealed class MonthTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Given_a_month_of_500_patches_then_it_is_recorded_in_one_transaction_and_again_as_a_revision()
    {
        await using var record = await TestRecord.CreateAsync();
        var patches = Enumerable.Range(0, 500).Select(i => Some.Patch($"KB{5_000_000 + i}", Some.Facts() with
        {
            Supersedes = [new PatchId($"KB{4_000_000 + i}")],
            Fixes = [.. Enumerable.Range(0, 20).Select(cve => Some.Facts().Fixes[0] with { Cve = $"CVE-2026-{10000 + (i * 20) + cve}" })],
        })).ToArray();
        var sightings = patches.Select(patch => new Sighting(new SightingOrigin("msrc", "2026-Nov"), patch.Id, patch.Facts, patch.Content, Some.Noon)).ToArray();

        for (var revision = 1; revision <= 2; revision++)
        {
            var started = Stopwatch.GetTimestamp();
            await record.WriteAsync(
                async (session, token) =>
                {
                    foreach (var patch in patches)
                    {
                        await session.Patches.SaveAsync(patch with { Revision = revision }, token);
                    }

                    await session.Patches.SaveSightingsAsync(sightings, token);
                    return true;
                },
                Some.Token);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"revision {revision}: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms"));
        }

        Assert.Equal("500 500 10000 2", await record.ByHandAsync("""
            SELECT CONCAT((SELECT count(*) FROM patch), ' ', (SELECT count(*) FROM sighting), ' ', (SELECT count(*) FROM patch_cve), ' ',
                          (SELECT min(revision) FROM patch))
            """));
    }
}
