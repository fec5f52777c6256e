namespace PatchBot.Host.Commands.Apps;

/// <summary>A file that a command is told to write.</summary>
internal static class OutFile
{
    /// <param name="example">A name for it, where a folder was named.</param>
    /// <returns>Why it cannot be written, in one line; <see langword="null"/> when it may.</returns>
    public static string? Fault(string path, string example) =>
        Directory.Exists(path) ? $"{path} is a folder; name a file in it, such as {Path.Combine(path, example)}."
        : !Directory.Exists(Path.GetDirectoryName(path)) ? $"The folder {Path.GetDirectoryName(path)} does not exist; make it first."
        : null;
}
