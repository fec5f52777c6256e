using System.Numerics;

namespace PatchBot.Adapters.Teams.Package.Icons;

/// <summary>Distances from a point to shapes, in the point's unit; negative inside.</summary>
internal static class Shapes
{
    public static float Disc(Vector2 at, Vector2 centre, float radius) => Vector2.Distance(at, centre) - radius;

    /// <summary>A line with round ends.</summary>
    public static float Line(Vector2 at, Vector2 from, Vector2 to, float width)
    {
        var along = to - from;
        var share = Math.Clamp(Vector2.Dot(at - from, along) / along.LengthSquared(), 0, 1);
        return Vector2.Distance(at, from + (along * share)) - (width / 2);
    }

    /// <summary>An upright rectangle around (0, 0).</summary>
    /// <param name="half">Half its width and height.</param>
    public static float Box(Vector2 at, Vector2 half, float corner)
    {
        var over = Vector2.Abs(at) - half + new Vector2(corner);
        return Vector2.Max(over, Vector2.Zero).Length() + Math.Min(Math.Max(over.X, over.Y), 0) - corner;
    }

    /// <summary>The line that surrounds a shape, of a width, within the shape's edge.</summary>
    public static float Border(float distance, float width) => Math.Abs(distance + (width / 2)) - (width / 2);

    /// <summary>A point as seen by someone who is turned clockwise by 45°, so that what is drawn flat appears rising to the right.</summary>
    public static Vector2 Rising(Vector2 at) => new Vector2(at.X - at.Y, at.X + at.Y) * MathF.Sqrt(0.5f);
}
