namespace PatchBot.Core;

/// <summary>What a process hears a platform through, such as its sockets; for the process's readiness.</summary>
public interface ILifeline
{
    /// <summary>Why nothing can come in now; a sentence for whoever reaches the process. <see langword="null"/> while it can.</summary>
    string? Fault { get; }
}
