using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Trust;

/// <summary>
/// Why there is no token, with the setting and what to do. Nothing here is permanent: a credential that is renewed must not
/// find the channels stopped. The issuer's own words stay out, but for its error code.
/// </summary>
internal static partial class TokenFaults
{
    // Nothing will change until somebody acts.
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(1);

    public static DeliveryException Of(Exception fault, TeamsOptions options) => fault switch
    {
        MsalServiceException { StatusCode: >= 500 or 408 or 429 } busy => Unanswered($"it answered {busy.StatusCode}", busy, busy.Headers?.RetryAfter?.Delta),
        MsalServiceException { ErrorCode: MsalError.RequestTimeout or MsalError.ServiceNotAvailable } silent => Unanswered("it did not answer in time", silent),
        MsalServiceException refused when options.ManagedIdentity => Refuse(
            $"the machine's identity service refused ({Code(refused)}): give this machine the user-assigned managed identity whose client id is Teams:AppId; it works on Azure only", refused),
        MsalServiceException refused => Refuse($"the login authority refused ({Code(refused)}): {Remedy(Code(refused), options)}", refused),
        CryptographicException or IOException or UnauthorizedAccessException => Refuse("the certificate in Teams:CertificateFile cannot be read; see also Teams:CertificatePassword", fault),
        MsalClientException { ErrorCode: MsalError.CryptographicError or MsalError.CertWithoutPrivateKey } => Refuse("the certificate in Teams:CertificateFile cannot sign", fault),
        OperationCanceledException => Unanswered("it did not answer in time", fault),
        HttpRequestException => Unanswered("it cannot be reached", fault),
        _ => Unanswered($"what it answered cannot be read ({(fault as MsalException)?.ErrorCode ?? fault.GetType().Name})", fault),
    };

    private static DeliveryException Unanswered(string what, Exception fault, TimeSpan? wait = null) =>
        new($"No token for Teams can be had from the login authority: {what}. It is tried again; see Teams:LoginAuthority if it stays so.", permanent: false, wait, fault);

    private static DeliveryException Refuse(string what, Exception fault) => new($"No token for Teams can be had: {what}.", permanent: false, Refused, fault);

    private static string Code(MsalServiceException fault) => EntraCode().Match(fault.Message) is { Success: true } match ? match.Value
        : PlainCode().IsMatch(fault.ErrorCode ?? "") ? fault.ErrorCode! : $"status {fault.StatusCode}";

    /// <remarks><see href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes"/></remarks>
    private static string Remedy(string code, TeamsOptions options) => code switch
    {
        "AADSTS7000222" => "the client secret has expired; make a new one in the bot's registration and write it to Teams:ClientSecret",
        "AADSTS7000215" or "AADSTS7000216" => "the client secret is wrong; write its value, not its id, to Teams:ClientSecret",
        "AADSTS700027" or "AADSTS1000502" or "AADSTS700024" => "the certificate is not the registered one, or is not valid now; see Teams:CertificateFile",
        "AADSTS700016" => "the tenant does not know this app; see Teams:AppId and Teams:TenantId",
        "AADSTS90002" or "AADSTS900023" => "there is no such tenant; see Teams:TenantId and Teams:Cloud",
        "AADSTS500011" or "AADSTS70011" or "AADSTS1002012" => "the tenant does not know what the token is for; see Teams:Scope and Teams:Cloud",
        "AADSTS7000112" => "the app is disabled in its tenant; enable it there",
        _ => $"see Teams:AppId, Teams:TenantId and Teams:{(options.ClientSecret.Length > 0 ? nameof(options.ClientSecret) : nameof(options.CertificateFile))}",
    };

    [GeneratedRegex("AADSTS[0-9]{3,9}")]
    private static partial Regex EntraCode();

    [GeneratedRegex("^[a-z_0-9]{1,60}$")]
    private static partial Regex PlainCode();
}
