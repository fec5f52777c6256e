using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Sources.Msrc;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Sources;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Sources;

/// <summary>Reads MSRC documents in tests: fixtures, changed fixtures, and real months where they are at hand.</summary>
internal static class MsrcDocuments
{
    public static MsrcCatalogue Catalogue(Action<MsrcOptions>? change = null)
    {
        var options = new MsrcOptions();
        change?.Invoke(options);
        return new MsrcCatalogue(Options.Create(options), new FakeTimeProvider(Some.Noon));
    }

    public static string Fixture(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Fixtures", name)).ReplaceLineEndings("\n");

    public static Task<PatchDocument> ReadAsync(string text, Action<MsrcOptions>? change = null) =>
        ReadAsync(Encoding.UTF8.GetBytes(text), change);

    public static async Task<PatchDocument> ReadAsync(byte[] bytes, Action<MsrcOptions>? change = null)
    {
        await using var input = new SourceInput("test document", new MemoryStream(bytes));
        return await Catalogue(change).ReadAsync(input, Some.Token);
    }

    public static async Task<PatchDocument> ReadRealAsync(string file)
    {
        await using var input = new SourceInput(file, SharedData.Open($"sources/msrc/{file}"));
        return await Catalogue().ReadAsync(input, Some.Token);
    }

    public static Task<SourceFormatException> RefusedAsync(string text, Action<MsrcOptions>? change = null) =>
        Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync(text, change));

    public static PatchFacts Facts(this PatchDocument document, string id) =>
        Assert.Single(document.Records, record => record.Id == new PatchId(id)).Facts;

    /// <summary>Content by patch: what must not change when nothing did.</summary>
    public static Dictionary<string, string> Hashes(this PatchDocument document) =>
        document.Records.ToDictionary(record => record.Id.Value, record => ContentHash.Of(record.Facts).Value);
}
