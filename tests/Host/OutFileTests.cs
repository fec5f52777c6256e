using PatchBot.Host.Commands;

namespace PatchBot.Tests.Host;

public sealed class OutFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("patchbot-out-");

    [Fact]
    public void Given_a_file_that_is_there_then_it_is_replaced_by_a_whole_one_and_nothing_else_is_left()
    {
        var file = FileWith(new string('x', 100_000));
        OutFile.Write(file, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.FullName));
    }

    [Fact]
    public void Given_a_disk_that_is_full_half_way_then_the_file_that_is_there_stays()
    {
        var file = FileWith("what was there");
        Assert.Throws<IOException>(() => OutFile.Write(file, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device");
        }));
        Assert.Equal("what was there", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.FullName));
    }

    [Fact]
    public void Given_a_link_then_what_it_leads_to_is_written_and_the_link_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a right of their own there.");
        var file = FileWith("what was there");
        var link = File.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), file);
        OutFile.Write(link.FullName, stream => stream.Write("new"u8));
        Assert.Equal(("new", file), (File.ReadAllText(file), new FileInfo(link.FullName).LinkTarget));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string FileWith(string text)
    {
        var file = Path.Combine(folder.FullName, "out");
        File.WriteAllText(file, text);
        return file;
    }
}
