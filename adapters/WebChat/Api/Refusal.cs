using Microsoft.AspNetCore.Http;

namespace PatchBot.Adapters.WebChat.Api;

/// <summary>Why a call was not done, and what to do about it.</summary>
internal sealed record Refusal(int Status, string Error, string? Field = null) : IResult
{
    public static Refusal BadField(string field, string error) => new(StatusCodes.Status400BadRequest, error, field);

    public static Refusal Forbidden(string error) => new(StatusCodes.Status403Forbidden, error);

    public static Refusal NotFound(string error) => new(StatusCodes.Status404NotFound, error);

    public static Refusal TooLong(string field, string error) => new(StatusCodes.Status413PayloadTooLarge, error, field);

    public static Refusal NotRecorded(string error) => new(StatusCodes.Status503ServiceUnavailable, error);

    public Task ExecuteAsync(HttpContext httpContext) =>
        Results.Json(new ErrorView(Error, Field), WebChatJson.Default.ErrorView, statusCode: Status).ExecuteAsync(httpContext);
}
