using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PatchBot.Adapters.Slack.Trust;

/// <summary>
/// A request's body, byte for byte as it came, in rented memory. Room is left before it, since the signature covers more
/// than the body and is computed over one stretch.
/// </summary>
internal sealed class RawBody : IDisposable
{
    /// <summary>No payload comes near it: a message is 40,000 characters, and comes percent-encoded.</summary>
    public const int Largest = 1 << 20;

    /// <summary>Bytes before the body.</summary>
    public const int Room = 64;

    private const int FirstGuess = 16 << 10;

    private byte[] rented;
    private int length;

    private RawBody(int size) => rented = ArrayPool<byte>.Shared.Rent(Room + size);

    public Memory<byte> Bytes => rented.AsMemory(Room, length);

    /// <summary>The body with <paramref name="prefix"/> before it.</summary>
    /// <param name="prefix">ASCII, at most <see cref="Room"/> characters.</param>
    public ReadOnlySpan<byte> After(ReadOnlySpan<char> prefix)
    {
        var start = Room - prefix.Length;
        System.Text.Encoding.ASCII.GetBytes(prefix, rented.AsSpan(start, prefix.Length));
        return rented.AsSpan(start, prefix.Length + length);
    }

    /// <exception cref="BadHttpRequestException">It is too large, or ended early; says the status.</exception>
    public static async ValueTask<RawBody> ReadAsync(HttpContext http)
    {
        var announced = http.Request.ContentLength;
        if (announced > Largest)
        {
            throw TooLarge();
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // The server counts what frames the chunks, too.
            limit.MaxRequestBodySize = 2 * Largest;
        }

        // One byte more than announced, so that the end is seen without growing.
        var body = new RawBody((int)(announced + 1 ?? FirstGuess));
        try
        {
            await body.FillAsync(http.Request.Body, http.RequestAborted);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(rented);
        rented = [];
        length = 0;
    }

    private async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        for (int read; (read = await stream.ReadAsync(rented.AsMemory(Room + length), cancellationToken)) > 0;)
        {
            length += read;
            if (length > Largest)
            {
                throw TooLarge();
            }

            if (Room + length == rented.Length)
            {
                Grow();
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(rented.Length * 2);
        rented.AsSpan(0, Room + length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(rented);
        rented = larger;
    }

    private static BadHttpRequestException TooLarge() =>
        new($"The body is larger than {Largest >> 20} MB.", StatusCodes.Status413PayloadTooLarge);
}
