namespace PatchBot.Host.Commands;

/// <summary>A file that a command is told to write.</summary>
internal static class OutFile
{
    /// <param name="example">A name for it, where a folder was named.</param>
    /// <returns>Why it cannot be written, in one line; <see langword="null"/> when it may.</returns>
    public static string? Fault(string path, string example) =>
        Directory.Exists(path) ? $"{path} is a folder; name a file in it, such as {Path.Combine(path, example)}."
        : !Directory.Exists(Path.GetDirectoryName(path)) ? $"The folder {Path.GetDirectoryName(path)} does not exist; make it first."
        : null;

    /// <summary>One that is there is replaced when the new one is whole.</summary>
    /// <exception cref="IOException">It could not be written; what was there still is.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (LeadsElsewhere(path))
        {
            using var there = new FileStream(path, FileMode.Create);
            write(there);
            return;
        }

        var draft = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var stream = new FileStream(draft, FileMode.CreateNew))
            {
                write(stream);
            }

            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // A link or a device, such as /dev/stdout, is written to and not replaced.
    private static bool LeadsElsewhere(string path) =>
        new FileInfo(path).LinkTarget is not null || path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);
}
