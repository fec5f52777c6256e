using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.WebChat.Api;

namespace PatchBot.Adapters.WebChat;

/// <summary>
/// Lets only this machine and this page in. A web page elsewhere reaches loopback through the visitor's browser: by a
/// foreign <c>Origin</c>, or under its own host name once that name points here (DNS rebinding).
/// </summary>
internal sealed class CallerCheck(IOptions<WebChatOptions> options)
{
    private const long LargestBody = 64 * 1024;

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Set by proxies: the caller is then not who the connection says.
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];

    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Harden(http);
        return http.RequestServices.GetRequiredService<CallerCheck>().Refuse(http) is { } refusal ? refusal : await next(context);
    }

    private Refusal? Refuse(HttpContext http)
    {
        var request = http.Request;
        if (!options.Value.AllowRemote && !IsLocal(http))
        {
            return Refusal.Forbidden("The web chat serves this machine only. Set WebChat:AllowRemote to serve others.");
        }

        if (!IsOurHost(request.Host.Host))
        {
            return Refusal.Forbidden($"'{request.Host}' is not a host of this web chat. Add its name to WebChat:Hosts if it is.");
        }

        if (request.Headers.Origin is [var origin, ..] && !IsSameAuthority(origin, request.Host))
        {
            return Refusal.Forbidden($"A page of '{origin}' may not call the web chat.");
        }

        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none" || IsLinkToPage(request)
            ? null
            : Refusal.Forbidden("A page of another site may not call the web chat.");
    }

    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !Forwarding.Any(http.Request.Headers.ContainsKey);

    private bool IsOurHost(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || options.Value.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        // No DNS name points anywhere when it is an address already.
        return IPAddress.TryParse(host, out var address) && (options.Value.AllowRemote || IPAddress.IsLoopback(address));
    }

    private static bool IsSameAuthority(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);

    // Following a link from elsewhere opens the page and does nothing else.
    private static bool IsLinkToPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.Value?.TrimEnd('/') is "/webchat"
        && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";

    private static void Harden(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }
    }
}
