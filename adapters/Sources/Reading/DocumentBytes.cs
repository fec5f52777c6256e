using System.IO.Compression;
using System.Text;

namespace PatchBot.Adapters.Sources.Reading;

/// <summary>Finds out what a document's bytes are, from the bytes alone: labels and file names are often wrong.</summary>
internal static class DocumentBytes
{
    public const int HeadLength = 4096;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    /// <summary>The first characters of a document, unpacked and decoded; empty when they can't be.</summary>
    public static string HeadText(ReadOnlySpan<byte> head)
    {
        var plain = IsGzip(head) ? UnpackedHead(head) : head;
        var (encoding, mark) = EncodingOf(plain);

        // The head may end inside a character, so nothing in it is refused here.
        return Encoding.GetEncoding(encoding.CodePage).GetString(plain[mark..]);
    }

    /// <summary>The document rewound, unpacked and as UTF-8 without a mark. Bad bytes throw <see cref="DecoderFallbackException"/>.</summary>
    public static Stream OpenUtf8(Stream content, string document, long limit)
    {
        var unpacked = OpenUnpacked(content, document, limit);
        var start = new byte[4];
        var length = unpacked.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var (encoding, mark) = EncodingOf(start.AsSpan(0, length));
        var whole = new PrefixedStream(start.AsMemory(mark, length - mark), unpacked);
        return Encoding.CreateTranscodingStream(whole, encoding, StrictUtf8);
    }

    /// <summary>The document rewound and unpacked, in its own encoding.</summary>
    public static Stream OpenUnpacked(Stream content, string document, long limit)
    {
        var head = ReadHead(content, 2);
        Stream borrowed = new PrefixedStream(default, content) { LeaveOpen = true };
        return new BoundedStream(IsGzip(head) ? new GZipStream(borrowed, CompressionMode.Decompress) : borrowed, document, limit);
    }

    /// <summary>The first bytes; the stream is rewound before and after.</summary>
    public static byte[] ReadHead(Stream content, int length = HeadLength)
    {
        content.Position = 0;
        var head = new byte[length];
        var read = content.ReadAtLeast(head, length, throwOnEndOfStream: false);
        content.Position = 0;
        return head[..read];
    }

    private static ReadOnlySpan<byte> UnpackedHead(ReadOnlySpan<byte> head)
    {
        var unpacked = new byte[HeadLength];
        var length = 0;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(head.ToArray()), CompressionMode.Decompress);
            for (int read; length < unpacked.Length && (read = gzip.Read(unpacked, length, unpacked.Length - length)) > 0;)
            {
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            // The head is cut off somewhere inside the packed data; what came before is enough.
        }

        return unpacked.AsSpan(0, length);
    }

    // JSON and XML both start with an ASCII character, so a zero beside it gives UTF-16 away without a mark.
    private static (Encoding Encoding, int Mark) EncodingOf(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (StrictUtf8, 3),
        [0xFF, 0xFE, ..] => (Utf16(bigEndian: false), 2),
        [0xFE, 0xFF, ..] => (Utf16(bigEndian: true), 2),
        [0, not 0, ..] => (Utf16(bigEndian: true), 0),
        [not 0, 0, ..] => (Utf16(bigEndian: false), 0),
        _ => (StrictUtf8, 0),
    };

    private static UnicodeEncoding Utf16(bool bigEndian) => new(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);
}
