namespace PatchBot.Tests.EndToEnd.Support;

/// <summary>Where the checkout and the program that was built in it are.</summary>
internal static class BuiltProgram
{
    public static string Root { get; } = FindRoot();

    /// <summary>The program of the same configuration as these tests.</summary>
    public static string Path { get; } = System.IO.Path.Combine(
        Root, "bot", "Host", System.IO.Path.GetRelativePath(System.IO.Path.Combine(Root, "tests", "EndToEnd"), AppContext.BaseDirectory), "PatchBot.dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "PatchBot.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException(
            $"No PatchBot.sln above {AppContext.BaseDirectory}; run these tests from the checkout that built them.");
    }
}
