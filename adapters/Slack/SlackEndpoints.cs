using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Inbound;
using PatchBot.Adapters.Slack.Install.OAuth;

namespace PatchBot.Adapters.Slack;

public static class SlackEndpoints
{
    /// <summary>Maps what the settings ask for: Slack's calls with a signing secret, installations with a client id.</summary>
    public static void MapSlack(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<SlackOptions>>().Value;
        if (options.SigningSecret.Length > 0)
        {
            endpoints.MapSlackInbound();
        }

        if (options.IsInstalledByOAuth)
        {
            var install = endpoints.ServiceProvider.GetRequiredService<InstallEndpoints>();
            endpoints.MapGet(SlackPaths.Install, install.BeginAsync);
            endpoints.MapGet(SlackPaths.Callback, install.CompleteAsync);
        }
    }
}
