using PatchBot.Adapters.Teams.Package.Icons;

namespace PatchBot.Tests.Teams.Package;

public sealed class IconTests
{
    [Fact]
    public void Given_the_colour_icon_then_it_fills_192_pixels_with_the_accent_and_keeps_the_mark_in_the_middle()
    {
        var icon = new Picture(Packages.Of(options => options.AccentColor = "#204060").Files()["color.png"]);

        Assert.Equal((192, 192), (icon.Width, icon.Height));
        Assert.All(icon.Pixels, pixel => Assert.Equal(255, pixel.Alpha));
        // Teams cuts the corners off.
        Assert.All(
            from y in Enumerable.Range(0, 192) from x in Enumerable.Range(0, 192) where Math.Min(x, y) < 30 || Math.Max(x, y) >= 162 select icon[x, y],
            pixel => Assert.Equal((0x20, 0x40, 0x60, 255), pixel));
        Assert.Contains(icon.Pixels, pixel => pixel == (255, 255, 255, 255));
    }

    [Fact]
    public void Given_the_outline_icon_then_it_is_32_pixels_of_white_on_nothing_with_smooth_edges()
    {
        var icon = new Picture(Packages.Some.Files()["outline.png"]);

        Assert.Equal((32, 32), (icon.Width, icon.Height));
        Assert.All(icon.Pixels.Where(pixel => pixel.Alpha > 0), pixel => Assert.Equal((255, 255, 255), (pixel.Red, pixel.Green, pixel.Blue)));
        Assert.Equal(0, icon[0, 0].Alpha);
        Assert.InRange(icon.Pixels.Count(pixel => pixel.Alpha == 255), 60, 200);
        Assert.Contains(icon.Pixels, pixel => pixel.Alpha is > 0 and < 255);
    }

    [Fact]
    public void Given_either_icon_then_its_mark_lies_evenly_around_the_middle()
    {
        var outline = new Picture(Icon.Outline());
        var drawn = (from y in Enumerable.Range(0, 32) from x in Enumerable.Range(0, 32) where outline[x, y].Alpha > 0 select (x, y)).ToList();

        Assert.Equal(31, drawn.Min(at => at.x) + drawn.Max(at => at.x));
        Assert.Equal(31, drawn.Min(at => at.y) + drawn.Max(at => at.y));
        Assert.Equal(drawn.Min(at => at.x), drawn.Min(at => at.y));
    }

    [Theory]
    [InlineData("#FFFFFF", 1)]
    [InlineData("#000000", 21)]
    [InlineData("#767676", 4.54)]
    public void Given_a_colour_then_its_contrast_to_white_is_as_published(string colour, double contrast) =>
        Assert.Equal(contrast, Rgb.Parse(colour)!.Value.ContrastTo(Rgb.White), 0.01);
}
