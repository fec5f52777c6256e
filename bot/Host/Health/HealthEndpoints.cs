namespace PatchBot.Host.Health;

/// <summary>What a service manager or a load balancer asks. Open to whoever reaches the program; they tell nothing but yes or no.</summary>
internal static class HealthEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/health/live", Methods, http => AnswerAsync(http, null, "alive"));
        endpoints.MapMethods("/health/ready", Methods, async http =>
        {
            var readiness = http.RequestServices.GetRequiredService<Readiness>();
            await AnswerAsync(http, await readiness.FaultAsync(), string.Join('\n', ["ready", .. readiness.Notes]));
        });
    }

    private static Task AnswerAsync(HttpContext http, string? fault, string word)
    {
        http.Response.StatusCode = fault is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync($"{fault ?? word}\n");
    }
}
