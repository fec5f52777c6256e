using System.Runtime.CompilerServices;

namespace PatchBot.Tests.Support;

/// <summary>
/// Compares what people will see with a reviewed file. Run with <c>PATCHBOT_UPDATE_GOLDEN=1</c> to write the files anew,
/// then read the diff.
/// </summary>
public static class Golden
{
    public static void Matches(string name, string actual, [CallerFilePath] string test = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(test)!, "Golden", name);
        var text = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("PATCHBOT_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }

        Assert.True(File.Exists(file), $"There is no golden file {file}. Run with PATCHBOT_UPDATE_GOLDEN=1 and review it.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
    }
}
