using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PatchBot.Adapters.WebChat.Api;
using PatchBot.Adapters.WebChat.Live;

namespace PatchBot.Adapters.WebChat;

public static class WebChatEndpoints
{
    public static IEndpointConventionBuilder MapWebChat(this IEndpointRouteBuilder endpoints)
    {
        var chat = endpoints.MapGroup("/webchat").AddEndpointFilter(CallerCheck.FilterAsync);
        endpoints.MapGet("/", () => Results.Redirect("/webchat")).AddEndpointFilter(CallerCheck.FilterAsync);
        chat.MapGet("", (HttpContext http, PageFiles page) => page.Serve(http, "index.html"));
        chat.MapGet("/{file}", (HttpContext http, PageFiles page, string file) => page.Serve(http, file));
        chat.MapGet("/looks/{file}", (HttpContext http, PageFiles page, string file) => page.Serve(http, $"looks/{file}"));

        var api = chat.MapGroup("/api").AddEndpointFilter(RecordGuard.FilterAsync);
        api.MapGet("/channels", Reading.Channels);
        api.MapGet("/people", Reading.People);
        api.MapGet("/channels/{channel}/messages", Reading.MessagesAsync);
        api.MapGet("/messages/{id:long}/looks", Looks.OfAsync);
        api.MapGet("/events", LiveCall.ListenAsync);
        api.MapPost("/channels/{channel}/messages", Speaking.SayAsync);
        api.MapPut("/messages/{id:long}", Speaking.EditAsync);
        api.MapDelete("/messages/{id:long}", Speaking.DeleteAsync);
        api.MapPost("/messages/{id:long}/actions", Pressing.PressAsync);
        return chat;
    }
}
