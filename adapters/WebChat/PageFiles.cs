using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PatchBot.Adapters.WebChat.Api;

namespace PatchBot.Adapters.WebChat;

/// <summary>The page and its parts, embedded in this assembly.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "page/";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, PageFile> files = typeof(PageFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Load);

    public IResult Serve(HttpContext http, string file)
    {
        if (!files.TryGetValue(file, out var found))
        {
            return Refusal.NotFound($"The web chat has no file '{file}'.");
        }

        http.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(found.Content, found.ContentType, entityTag: found.Tag);
    }

    private static PageFile Load(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");
        return new PageFile(content, ContentTypes[Path.GetExtension(name)], tag);
    }

    private sealed record PageFile(byte[] Content, string ContentType, EntityTagHeaderValue Tag);
}
