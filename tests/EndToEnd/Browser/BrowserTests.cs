namespace PatchBot.Tests.EndToEnd.Browser;

/// <summary>Tests on the page share one browser and run one after the other.</summary>
[CollectionDefinition]
public sealed class BrowserTests : ICollectionFixture<Chromium>;
