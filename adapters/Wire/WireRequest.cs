using System.Net.Http.Headers;

namespace PatchBot.Adapters.Wire;

/// <summary>One request to a platform's service.</summary>
public sealed record WireRequest(HttpMethod Method, Uri Address)
{
    public const string Json = "application/json; charset=utf-8", Form = "application/x-www-form-urlencoded";

    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Of the body.</summary>
    public string ContentType { get; init; } = Json;

    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>A bearer token; <see langword="null"/> sends none.</summary>
    public string? Token
    {
        init => Authorization = value is null ? null : new AuthenticationHeaderValue("Bearer", value);
    }
}

/// <summary>A service's answer, read to its end.</summary>
/// <param name="Wait">What <c>Retry-After</c> asks for.</param>
public sealed record WireAnswer(int Status, ReadOnlyMemory<byte> Body, TimeSpan? Wait)
{
    public HttpResponseHeaders? Headers { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;
}
