using Microsoft.AspNetCore.Http;
using PatchBot.Adapters.Teams.Protocol;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>Whether a call really comes from Teams, for this bot, from a tenant that may use it.</summary>
internal interface ICallerCheck
{
    /// <summary>Checks the token against the body's own claims. Nothing of the body is to be believed before.</summary>
    /// <returns>
    /// The HTTP status to refuse with: 401, 403, or 503 while the keys that would prove the caller cannot be fetched;
    /// <see langword="null"/> when the caller is trusted.
    /// </returns>
    Task<int?> RefuseAsync(HttpContext http, Activity activity, CancellationToken cancellationToken);
}
