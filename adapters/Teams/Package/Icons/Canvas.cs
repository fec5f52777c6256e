using System.Numerics;

namespace PatchBot.Adapters.Teams.Package.Icons;

/// <summary>A square, transparent picture on which shapes are laid, with smooth edges.</summary>
/// <param name="size">Width and height in pixels.</param>
internal sealed class Canvas(int size)
{
    private readonly byte[] pixels = new byte[size * size * 4];

    /// <param name="distance">How far a point is outside of the shape, in pixels; negative inside. (0, 0) is the top left corner.</param>
    public void Fill(Func<Vector2, float> distance, Rgb colour)
    {
        for (var at = 0; at < size * size; at++)
        {
            // An edge through the middle of a pixel covers half of it.
            var covered = Math.Clamp(0.5 - distance(new Vector2((at % size) + 0.5f, (at / size) + 0.5f)), 0, 1);
            if (covered > 0)
            {
                Lay(pixels.AsSpan(at * 4, 4), colour, covered);
            }
        }
    }

    public byte[] ToPng() => Png.Encode(size, pixels);

    private static void Lay(Span<byte> pixel, Rgb colour, double covered)
    {
        var below = pixel[3] / 255.0 * (1 - covered);
        var alpha = covered + below;
        pixel[0] = Blend(pixel[0], colour.Red);
        pixel[1] = Blend(pixel[1], colour.Green);
        pixel[2] = Blend(pixel[2], colour.Blue);
        pixel[3] = (byte)Math.Round(alpha * 255);

        byte Blend(byte old, byte laid) => (byte)Math.Round(((laid * covered) + (old * below)) / alpha);
    }
}
