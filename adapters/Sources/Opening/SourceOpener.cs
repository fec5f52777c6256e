using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using PatchBot.Core.Patches.Sources;

namespace PatchBot.Adapters.Sources.Opening;

/// <summary>Opens what a person names: a file, a directory or an address.</summary>
public sealed class SourceOpener(SourceHttp http, IOptions<OpeningOptions> options)
{
    private static readonly string[] Endings = [".json", ".xml", ".gz"];

    /// <summary>
    /// The documents behind a name, one at a time; the caller closes each. Of a directory: its <c>.json</c>, <c>.xml</c>
    /// and <c>.gz</c> files, not those below it, in the order of their names.
    /// </summary>
    /// <exception cref="SourceAccessException">There is nothing to open, or it is not allowed.</exception>
    /// <exception cref="HttpRequestException">The address did not answer with success.</exception>
    public async IAsyncEnumerable<SourceInput> OpenAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new SourceAccessException("(nothing)", "Name a file, a directory or an https address.");
        }

        if (name.Contains("://", StringComparison.Ordinal))
        {
            yield return await OpenAddressAsync(name, cancellationToken);
        }
        else if (Directory.Exists(name))
        {
            foreach (var file in FilesIn(name))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return OpenFile(file);
            }
        }
        else
        {
            yield return OpenFile(name);
        }
    }

    private async Task<SourceInput> OpenAddressAsync(string name, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(name, UriKind.Absolute, out var address))
        {
            throw new SourceAccessException(name[..name.IndexOf("://", StringComparison.Ordinal)], "The address can't be read. Write it as https://host/path.");
        }

        return new SourceInput(NetworkAddresses.Redacted(address), await http.DownloadAsync(address, cancellationToken));
    }

    private List<string> FilesIn(string directory)
    {
        var files = Directory.EnumerateFiles(directory)
            .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Take(options.Value.MaxFiles + 1)
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count switch
        {
            0 => throw new SourceAccessException(directory, $"The directory holds no {string.Join(", ", Endings)} file. Name the directory that does."),
            _ when files.Count > options.Value.MaxFiles => throw new SourceAccessException(
                directory, $"The directory holds more than {options.Value.MaxFiles} documents. Split it, or raise {OpeningOptions.Section}:MaxFiles."),
            _ => files,
        };
    }

    private SourceInput OpenFile(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.CanSeek && file.Length <= options.Value.MaxBytes)
            {
                return new SourceInput(Path.GetFileName(path), file);
            }

            file.Dispose();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SourceAccessException(path, "There is no such file or directory. Check the path.", missing);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            throw new SourceAccessException(path, $"It can't be opened: {refused.Message}", refused);
        }

        throw new SourceAccessException(path, $"It is not a plain file of at most {options.Value.MaxBytes} bytes. Raise {OpeningOptions.Section}:MaxBytes if that is right.");
    }
}
