using System.Data;
using System.Text.Json;
using System.Text.Json.Serialization;
using PatchBot.Core.Patches;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

/// <summary>A row of <c>patch_cve</c>: what people ask of a vulnerability, beside the facts that hold it whole.</summary>
internal sealed record CveRow(string Cve, Severity Severity, decimal? Cvss, Claim Exploited, Claim Disclosed)
{
    private const int CveLength = 100;

    public static SqlColumn[] Columns { get; } =
    [
        new("cve", DbType.String, CveLength),
        new("severity", DbType.String, Args.NameLength),
        new("cvss", DbType.Decimal),
        new("exploited", DbType.String, Args.NameLength),
        new("disclosed", DbType.String, Args.NameLength),
    ];

    public static string ToJson(IEnumerable<FixedVulnerability> fixes) => JsonSerializer.Serialize(
        [.. fixes.Where(fix => fix.Cve.Length <= CveLength).GroupBy(fix => Args.Key(fix.Cve), StringComparer.Ordinal).Select(Worst)],
        CveJson.Default.CveRowArray);

    // A document may name one vulnerability once for each product; the row keeps the worst of them.
    private static CveRow Worst(IGrouping<string, FixedVulnerability> same) => new(
        same.Key, same.Max(fix => fix.Severity), same.Max(fix => fix.Cvss), same.Max(fix => fix.Exploited), same.Max(fix => fix.Disclosed));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CveRow[]))]
internal sealed partial class CveJson : JsonSerializerContext;
