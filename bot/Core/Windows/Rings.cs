namespace PatchBot.Core.Windows;

public sealed class Rings(IReadOnlyList<Ring> all) : IRings
{
    public IReadOnlyList<Ring> All { get; } = all;

    // A key is unambiguous by itself, so it goes before a title.
    public Ring? Find(string name) =>
        All.FirstOrDefault(ring => Same(ring.Key, name)) ?? All.FirstOrDefault(ring => Same(ring.Title, name));

    private static bool Same(string name, string typed) => name.Equals(typed.Trim(), StringComparison.OrdinalIgnoreCase);
}
