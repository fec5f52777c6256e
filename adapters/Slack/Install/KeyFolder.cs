using Microsoft.AspNetCore.DataProtection;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>The folder with the keys that seal stored tokens. Whoever reads it and the database has the tokens, so it is its owner's alone.</summary>
internal static class KeyFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <returns>Why it cannot be used or made, as a remedy; <see langword="null"/> when it can.</returns>
    public static string? Fault(string folder)
    {
        try
        {
            var probe = Path.Combine(Existing(Path.GetFullPath(folder)), $".{Path.GetRandomFileName()}");
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

    private static string Existing(string folder) =>
        Directory.Exists(folder) || File.Exists(folder) || Path.GetDirectoryName(folder) is not { } above ? folder : Existing(above);

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
