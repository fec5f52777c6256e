using Microsoft.AspNetCore.DataProtection;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>The folder with the keys that seal stored tokens. Whoever reads it and the database has the tokens, so it is its owner's alone.</summary>
internal static class KeyFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Makes the folder where it is missing.</summary>
    /// <returns>Why it cannot be used, as a remedy; <see langword="null"/> when it can.</returns>
    public static string? Fault(string folder)
    {
        try
        {
            Create(folder);
            var probe = Path.Combine(folder, $".{Path.GetRandomFileName()}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return "this user cannot write there; name a folder that all processes of the bot share, and nobody else reads";
        }
    }

    /// <summary>Whether others on this machine can read it. Windows keeps that in lists that are its owner's matter.</summary>
    public static bool IsOpenToOthers(string folder) =>
        !OperatingSystem.IsWindows() && Directory.Exists(folder) && (File.GetUnixFileMode(folder) & Others) != 0;

    /// <summary>Keys of the folder; a new one is made there every ninety days, and the old ones stay good for opening.</summary>
    // A provider of its own: nothing else of the program seals with these keys, and it does not write to the program's log.
    public static IDataProtectionProvider Open(string folder)
    {
        Create(folder);
        return DataProtectionProvider.Create(new DirectoryInfo(folder), keys => keys.SetApplicationName("PatchBot"));
    }

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }
}
