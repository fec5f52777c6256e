using Microsoft.AspNetCore.Routing;

namespace PatchBot.Adapters.Slack;

public static class SlackEndpoints
{
    public static void MapSlack(this IEndpointRouteBuilder endpoints)
    {
    }
}
