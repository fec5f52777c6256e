using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Sources;
using PatchBot.Adapters.Sources.Msrc;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Core.Delivery;
using PatchBot.Core.Patches;
using PatchBot.Core.Patches.Intake;
using PatchBot.Core.Patches.Sources;
using PatchBot.Core.Record;
using PatchBot.Host.Sources;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Host;

public sealed class FeedWorkerTests
{
    [Fact]
    public async Task Given_a_first_look_then_it_records_silently_and_what_appears_later_is_posted()
    {
        await using var vendor = await Vendor.StartAsync();
        await vendor.LookAsync("a");
        Assert.Equal(["KBa"], await vendor.KnownAsync("KBa", "KBb"));
        Assert.Empty(vendor.Posted);

        await vendor.LookAsync("a", "b");
        Assert.Equal(["KBb"], vendor.Posted);
    }

    [Fact]
    public async Task Given_a_first_look_that_broke_off_then_what_was_out_already_is_still_recorded_silently()
    {
        await using var vendor = await Vendor.StartAsync();
        vendor.Broken.UnionWith(["a", "c"]);
        await vendor.LookAsync("a", "b", "c");
        Assert.Equal(["KBb"], await vendor.KnownAsync("KBa", "KBb", "KBc"));
        Assert.Equal(["not taken", "1", "not taken"], await vendor.StampsAsync("a", "b", "c"));

        vendor.Broken.Clear();
        await vendor.LookAsync("a", "b", "c", "d");
        Assert.Equal(["KBa", "KBb", "KBc", "KBd"], await vendor.KnownAsync("KBa", "KBb", "KBc", "KBd"));
        Assert.Equal(["KBd"], vendor.Posted);
        Assert.Equal(["1", "1", "1", "1"], await vendor.StampsAsync("a", "b", "c", "d"));
    }

    [Fact]
    public async Task Given_older_months_that_come_into_view_then_they_are_recorded_silently()
    {
        await using var vendor = await Vendor.StartAsync();
        await vendor.LookAsync("c");
        await vendor.LookAsync("a", "b", "c", "d");
        Assert.Equal(["KBd"], vendor.Posted);
    }

    [Fact]
    public async Task Given_a_list_that_cannot_be_had_then_the_worker_goes_on_looking()
    {
        await using var vendor = await Vendor.StartAsync();
        vendor.Feed.Fault = new InvalidOperationException("The list is odd.");
        await vendor.LookAsync("a");
        vendor.Feed.Fault = null;
        await vendor.LookAsync("a");
        Assert.Equal(["KBa"], await vendor.KnownAsync("KBa"));
    }

    /// <summary>A vendor on loopback with a document for each name, and a worker that is told when to look.</summary>
    private sealed class Vendor : IAsyncDisposable
    {
        private readonly WebApplication server;
        private readonly Chat chat;

        private Vendor(WebApplication server, Chat chat) => (this.server, this.chat, Feed) = (server, chat, new FakeFeed(new Uri(server.Urls.Single())));

        public FakeFeed Feed { get; }

        public HashSet<string> Broken { get; } = [];

        public IEnumerable<string> Posted => chat.Platform.Messages.Select(message => message.Card.Title.Split(' ', ':')[0]);

        public static async Task<Vendor> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var server = builder.Build();
            Vendor? vendor = null;
            server.Run(http => vendor!.Broken.Contains(http.Request.Path.Value![1..])
                ? Task.FromResult(http.Response.StatusCode = 404)
                : http.Response.WriteAsync(http.Request.Path.Value![1..], http.RequestAborted));
            await server.StartAsync(Some.Token);
            return vendor = new Vendor(server, await Chat.StartAsync(["production"], ("Sources:Opening:AllowLoopback", "true")));
        }

        /// <summary>One look at a list of these documents, to its end.</summary>
        public async Task LookAsync(params string[] documents)
        {
            Feed.Documents = documents;
            using var worker = new FeedWorker(
                [Feed], chat.Get<SourceOpener>(), new PatchCatalogues([new FakeCatalogue()]), chat.Get<PatchIntake>(), chat.Get<IRecord>(),
                Options.Create(new MsrcOptions { Enabled = true }), chat.Clock, NullLogger<FeedWorker>.Instance);
            Feed.Looked = new TaskCompletionSource();
            await worker.StartAsync(Some.Token);

            // The second look starts only when the first has ended.
            await Feed.Looked.Task;
            var (first, second) = (Feed.Looked, Feed.Looked = new TaskCompletionSource());
            Feed.Documents = [];
            while (!second.Task.IsCompleted)
            {
                chat.Clock.Advance(TimeSpan.FromHours(4));
                await Task.WhenAny(second.Task, Task.Delay(10, Some.Token));
            }

            await worker.StopAsync(Some.Token);
            await chat.DeliverAsync();
        }

        public async Task<IEnumerable<string>> KnownAsync(params string[] patches) =>
            (await chat.ReadAsync(session => session.Patches.FindAsync([.. patches.Select(patch => new PatchId(patch))], Some.Token)))
                .Select(patch => patch.Id.Value).Order(StringComparer.Ordinal);

        public async Task<IEnumerable<string?>> StampsAsync(params string[] documents)
        {
            var stamps = await chat.ReadAsync(session => session.Patches.StampsAsync(Feed.Name, Some.Token));
            return documents.Select(document => stamps.GetValueOrDefault(document));
        }

        public async ValueTask DisposeAsync()
        {
            await chat.DisposeAsync();
            await server.DisposeAsync();
        }
    }

    private sealed class FakeFeed(Uri vendor) : ICatalogueFeed
    {
        public string Name => "fake";

        public IReadOnlyList<string> Documents { get; set; } = [];

        public Exception? Fault { get; set; }

        public TaskCompletionSource Looked { get; set; } = new();

        public async IAsyncEnumerable<FeedDocument> ChangedSinceAsync(
            IReadOnlyDictionary<string, string> known, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            var listed = Documents;
            Looked.TrySetResult();
            if (Fault is not null)
            {
                throw Fault;
            }

            foreach (var document in listed)
            {
                yield return new FeedDocument(document, "1", new Uri(vendor, document));
            }
        }
    }

    /// <summary>Reads a document that is the name of one patch.</summary>
    private sealed class FakeCatalogue : IPatchCatalogue
    {
        public string Name => "fake";

        public bool Recognises(ReadOnlySpan<byte> head) => true;

        public async Task<PatchDocument> ReadAsync(SourceInput input, CancellationToken cancellationToken)
        {
            input.Content.Position = 0;
            var name = await new StreamReader(input.Content).ReadToEndAsync(cancellationToken);
            return new PatchDocument(new SightingOrigin(Name, name), name, [new PatchRecord(new PatchId($"KB{name}"), Some.Facts())], new Dictionary<string, int>());
        }
    }
}
