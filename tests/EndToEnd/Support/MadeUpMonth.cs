using System.Globalization;
using System.Text.Json;

namespace PatchBot.Tests.EndToEnd.Support;

/// <summary>A release document of any size in the form of Microsoft's, with made-up patches for servers.</summary>
internal static class MadeUpMonth
{
    private const int FirstKb = 9_000_001;

    private static readonly (string Id, string Name)[] Products =
    [
        ("1", "Windows Server 2016"), ("2", "Windows Server 2019"), ("3", "Windows Server 2022"), ("4", "Microsoft SQL Server 2022 for x64-based Systems (GDR)"),
    ];

    public static string Kb(int index) => string.Create(CultureInfo.InvariantCulture, $"KB{FirstKb + index}");

    /// <param name="first">Index of its first patch, so that several months can differ.</param>
    public static string Json(int patches, string name = "2026-Oct", int first = 0) => JsonSerializer.Serialize(new
    {
        DocumentTitle = Text($"Made-up updates, {name}"),
        DocumentType = Text("Security Update"),
        DocumentTracking = new
        {
            Identification = new { ID = Text(name), Alias = Text(name) },
            Status = 2,
            Version = "1.0",
            RevisionHistory = new[] { new { Number = "1", Date = "2026-10-13T17:00:00Z" } },
            InitialReleaseDate = "2026-10-13T17:00:00Z",
            CurrentReleaseDate = "2026-10-13T17:00:00Z",
        },
        ProductTree = new
        {
            Branch = new[]
            {
                new
                {
                    Items = new[] { new { Items = Products.Select(product => new { ProductID = product.Id, Value = product.Name }), Type = 1, Name = "Windows" } },
                    Type = 0,
                    Name = "Microsoft",
                },
            },
            FullProductName = Products.Select(product => new { ProductID = product.Id, Value = product.Name }),
        },
        Vulnerability = Enumerable.Range(first, patches).Select(Vulnerability),
    });

    private static object Vulnerability(int index)
    {
        string[] product = [Products[index % Products.Length].Id];
        return new
        {
            Title = Text($"Made-up flaw {index}"),
            CVE = string.Create(CultureInfo.InvariantCulture, $"CVE-2026-{80_000 + index}"),
            Notes = Array.Empty<object>(),
            Threats = new object[]
            {
                new { Description = Text("Remote Code Execution"), ProductID = product, Type = 0 },
                new { Description = Text($"Publicly Disclosed:No;Exploited:{(index % 50 == 0 ? "Yes" : "No")};Latest Software Release:Exploitation Less Likely"), Type = 1 },
                new { Description = Text(index % 3 == 0 ? "Critical" : "Important"), ProductID = product, Type = 3 },
            },
            CVSSScoreSets = new[] { new { BaseScore = 8.1, Vector = "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H", ProductID = product } },
            Remediations = new[]
            {
                new
                {
                    Description = Text(Kb(index)[2..]),
                    URL = $"https://catalog.update.microsoft.com/v7/site/Search.aspx?q={Kb(index)}",
                    ProductID = product,
                    Type = 2,
                    RestartRequired = Text("Yes"),
                    SubType = "Security Update",
                    FixedBuild = string.Create(CultureInfo.InvariantCulture, $"10.0.20348.{2000 + index}"),
                },
            },
            RevisionHistory = new[] { new { Number = "1.0", Date = "2026-10-13T17:00:00Z" } },
        };
    }

    private static object Text(string value) => new { Value = value };
}
