using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PatchBot.Adapters.Teams.Inbound;

namespace PatchBot.Adapters.Teams;

public static class TeamsEndpoints
{
    /// <summary>The messaging endpoint as the bot's registration names it.</summary>
    public const string Path = "/api/messages";

    public static void MapTeams(this IEndpointRouteBuilder endpoints)
    {
        var messages = endpoints.ServiceProvider.GetRequiredService<MessagesEndpoint>();
        endpoints.MapPost(Path, messages.HandleAsync);

        // Emulators look whether somebody is there.
        endpoints.MapMethods(Path, [HttpMethods.Head], http =>
        {
            http.Response.StatusCode = StatusCodes.Status200OK;
            return Task.CompletedTask;
        });
    }
}
