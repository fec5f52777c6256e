using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace PatchBot.Adapters.WebChat.Api;

/// <summary>Reads a request's body, or says what is wrong with it.</summary>
internal static class JsonBody
{
    public static async Task<(T? Body, Refusal? Refusal)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        // A form or plain text could be sent by any page without asking this server first; JSON can not.
        if (!request.HasJsonContentType())
        {
            return (null, new Refusal(StatusCodes.Status415UnsupportedMediaType, "Send JSON, with the header Content-Type: application/json."));
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(request.Body, type, cancellationToken);
            return body is null ? (null, new Refusal(StatusCodes.Status400BadRequest, "The body is null; send an object.")) : (body, null);
        }
        catch (JsonException fault)
        {
            // A fault of the text itself comes from the reader within; one of a value names its path.
            var field = fault.InnerException is not JsonException && fault.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
            var error = field is null ? "The body is not JSON, or not an object." : $"'{field}' has the wrong type.";
            return (null, new Refusal(StatusCodes.Status400BadRequest, error, field));
        }
        catch (BadHttpRequestException fault)
        {
            return (null, new Refusal(fault.StatusCode, fault.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? "The body is too large; 64 KB are the most."
                : "The body could not be read."));
        }
    }
}
