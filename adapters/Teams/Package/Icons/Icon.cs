using System.Numerics;

namespace PatchBot.Adapters.Teams.Package.Icons;

/// <summary>PatchBot's mark, a plaster with a tick on its pad, as the two icons that Teams asks for.</summary>
internal static class Icon
{
    public const int ColourSize = 192;
    public const int OutlineSize = 32;

    /// <summary>White on the whole square, which Teams clips to its own shape, so the mark keeps to the middle.</summary>
    public static byte[] Colour(Rgb accent)
    {
        var canvas = new Canvas(ColourSize);
        var middle = new Vector2(ColourSize / 2f);
        canvas.Fill(_ => -1, accent);
        canvas.Fill(at => Shapes.Box(Shapes.Rising(at - middle), new Vector2(74, 31), 31), Rgb.White);
        canvas.Fill(at => Shapes.Box(Shapes.Rising(at - middle), new Vector2(29, 31), 0), Rgb.White.Mix(accent, 0.2));
        foreach (var hole in Holes(46, 12, 10))
        {
            canvas.Fill(at => Shapes.Disc(Shapes.Rising(at - middle), hole, 4), Rgb.White.Mix(accent, 0.55));
        }

        canvas.Fill(Tick(middle, 1, 9), accent);
        return canvas.ToPng();
    }

    /// <summary>White lines on nothing, as Teams shows where it is small.</summary>
    public static byte[] Outline()
    {
        var canvas = new Canvas(OutlineSize);
        var middle = new Vector2(OutlineSize / 2f);
        canvas.Fill(at => Shapes.Border(Shapes.Box(Shapes.Rising(at - middle), new Vector2(17, 8), 8), 1.8f), Rgb.White);
        canvas.Fill(Tick(middle, 0.25f, 2), Rgb.White);
        return canvas.ToPng();
    }

    // On both ends, where a plaster is perforated.
    private static IEnumerable<Vector2> Holes(float along, float apart, float across) =>
        from side in new[] { -1, 1 }
        from row in new[] { -1, 1 }
        from column in new[] { -0.5f, 0.5f }
        select new Vector2((side * along) + (column * apart), row * across);

    private static Func<Vector2, float> Tick(Vector2 middle, float scale, float width)
    {
        var (start, turn, end) = (new Vector2(-19, 2) * scale, new Vector2(-6, 15) * scale, new Vector2(19, -12) * scale);
        return at => Math.Min(Shapes.Line(at - middle, start, turn, width), Shapes.Line(at - middle, turn, end, width));
    }
}
