using System.Buffers.Binary;
using System.IO.Compression;

namespace PatchBot.Adapters.Teams.Package.Icons;

/// <summary>Writes PNG files of 8 bits a channel with alpha; the little that icons need.</summary>
/// <remarks>Format: <see href="https://www.w3.org/TR/png-3/"/></remarks>
internal static class Png
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    /// <param name="size">Width and height in pixels.</param>
    /// <param name="pixels">Row by row from the top left: red, green, blue, alpha; not premultiplied.</param>
    /// <returns>The file's bytes; the same for the same pixels.</returns>
    public static byte[] Encode(int size, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, size * size * 4);
        using var file = new MemoryStream();
        file.Write(Signature);

        // Bit depth 8, colour type 6 (RGB with alpha), then the only compression and filter methods there are, not interlaced.
        Span<byte> header = [0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, size);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], size);
        Write(file, "IHDR"u8, header);
        Write(file, "IDAT"u8, Compress(size * 4, pixels));
        Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(int rowLength, ReadOnlySpan<byte> pixels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var at = 0; at < pixels.Length; at += rowLength)
            {
                // Filter 0: the row as it is.
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(at, rowLength));
            }
        }

        return packed.ToArray();
    }

    private static void Write(MemoryStream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(kind);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, kind), content));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> content)
    {
        foreach (var value in content)
        {
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint CrcOf(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
        }

        return crc;
    }
}
