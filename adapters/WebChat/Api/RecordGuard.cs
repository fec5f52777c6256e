using Microsoft.AspNetCore.Http;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.WebChat.Api;

/// <summary>Says plainly when the database could not be reached. Calls that got further than that say so themselves.</summary>
internal static class RecordGuard
{
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RecordUnavailableException)
        {
            return Refusal.NotRecorded(HttpMethods.IsGet(context.HttpContext.Request.Method)
                ? "The database cannot be read at the moment. Nothing is lost; try again shortly."
                : "The database cannot be written at the moment, so this was not recorded and nothing changed. Try again shortly.");
        }
    }
}
