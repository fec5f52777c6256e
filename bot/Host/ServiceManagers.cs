using Microsoft.Extensions.Hosting.WindowsServices;

namespace PatchBot.Host;

/// <summary>What starts the program with the machine, is told that it runs, and stops it. Started by hand, none of it does anything.</summary>
internal static class ServiceManagers
{
    /// <summary>Windows starts its services in a folder of its own; settings and database lie beside the program.</summary>
    public static void GoToOwnFolder()
    {
        if (WindowsServiceHelpers.IsWindowsService())
        {
            Environment.CurrentDirectory = AppContext.BaseDirectory;
        }
    }

    /// <summary>Under systemd the log has its levels, and under Windows it goes to the event log as well.</summary>
    public static IServiceCollection AddServiceManagers(this IServiceCollection services) =>
        services.AddSystemd().AddWindowsService(options => options.ServiceName = "PatchBot");
}
