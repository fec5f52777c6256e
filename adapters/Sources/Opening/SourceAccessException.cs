namespace PatchBot.Adapters.Sources.Opening;

/// <summary>A file, directory or address that can't be opened. The message names it, the reason and the remedy.</summary>
public sealed class SourceAccessException(string name, string fault, Exception? cause = null) : Exception($"{name}: {fault}", cause)
{
    /// <summary>Without secrets.</summary>
    public string Name { get; } = name;
}
