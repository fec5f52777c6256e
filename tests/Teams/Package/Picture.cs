using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace PatchBot.Tests.Teams.Package;

/// <summary>A PNG file taken apart by the book, so that a fault of the writer shows.</summary>
internal sealed class Picture
{
    private readonly byte[] rows;

    public Picture(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = Chunks(file).ToList();
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Kind));
        var header = chunks[0].Content;
        (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        Assert.Equal([8, 6, 0, 0, 0], header[8..]);
        using var zlib = new ZLibStream(new MemoryStream(chunks[1].Content), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        zlib.CopyTo(unpacked);
        rows = unpacked.ToArray();
        Assert.Equal(Height * RowLength, rows.Length);
        Assert.All(Enumerable.Range(0, Height), row => Assert.Equal(0, rows[row * RowLength]));
    }

    public int Width { get; }

    public int Height { get; }

    public IEnumerable<(byte Red, byte Green, byte Blue, byte Alpha)> Pixels =>
        from y in Enumerable.Range(0, Height) from x in Enumerable.Range(0, Width) select this[x, y];

    public (byte Red, byte Green, byte Blue, byte Alpha) this[int x, int y]
    {
        get
        {
            var at = (y * RowLength) + 1 + (x * 4);
            return (rows[at], rows[at + 1], rows[at + 2], rows[at + 3]);
        }
    }

    private int RowLength => 1 + (Width * 4);

    private static IEnumerable<(string Kind, byte[] Content)> Chunks(byte[] file)
    {
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var marked = file[(at + 4)..(at + 8 + length)];
            Assert.Equal(Crc32.HashToUInt32(marked), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            yield return (System.Text.Encoding.ASCII.GetString(marked[..4]), marked[4..]);
            at += 12 + length;
        }
    }
}
