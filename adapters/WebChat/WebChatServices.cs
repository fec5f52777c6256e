using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.WebChat.Api;
using PatchBot.Adapters.WebChat.Live;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.WebChat;

public static class WebChatServices
{
    /// <summary>
    /// Adds the platform <c>webchat</c>. Needs <see cref="Core.Record.IRecord"/>, <see cref="Core.Conversation.IConversation"/>
    /// and <see cref="IDelivery"/>; serves once <see cref="WebChatEndpoints.MapWebChat"/> is called.
    /// </summary>
    public static IServiceCollection AddWebChat(this IServiceCollection services)
    {
        services.AddOptions<WebChatOptions>().BindConfiguration(WebChatOptions.Section)
            .PostConfigure(options => options.FillDefaults()).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebChatOptions>, WebChatOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<LiveWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveWatch>());
        services.AddSingleton<ChatLog>();
        services.AddSingleton<Room>();
        services.AddSingleton<Turns>();
        services.AddSingleton<CallerCheck>();
        services.AddSingleton<PageFiles>();
        return services.AddSingleton<IChatPlatform, WebChatPlatform>();
    }
}
