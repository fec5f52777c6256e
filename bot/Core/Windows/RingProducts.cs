using PatchBot.Core.Patches;

namespace PatchBot.Core.Windows;

/// <summary>Which patches concern which rings.</summary>
public static class RingProducts
{
    extension(Ring ring)
    {
        /// <summary>The patch's products that run in this ring, in the patch's order; empty when the patch is none of its business.</summary>
        public IReadOnlyList<PatchedProduct> Runs(PatchFacts facts)
        {
            var patterns = ring.Products.Select(pattern => new NamePattern(pattern)).ToArray();
            return [.. facts.Products.Where(product => patterns.Any(pattern => pattern.Matches(product.Name)))];
        }
    }
}
