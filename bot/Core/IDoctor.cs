namespace PatchBot.Core;

/// <summary>How bad it is what a doctor found.</summary>
public enum Gravity
{
    Ok,

    /// <summary>Worth knowing; everything else works.</summary>
    Note,

    /// <summary>Something does not work.</summary>
    Fault,
}

/// <summary>What a doctor found, in words for the admin; never with a secret in it.</summary>
/// <param name="What">One sentence.</param>
/// <param name="Remedy">What to do; empty when there is nothing.</param>
public sealed record Finding(Gravity Gravity, string What, string Remedy)
{
    public static Finding Ok(string what) => new(Gravity.Ok, what, "");

    public static Finding Note(string what, string remedy) => new(Gravity.Note, what, remedy);

    public static Finding Fault(string what, string remedy) => new(Gravity.Fault, what, remedy);
}

/// <summary>Examines one part of an installation, for <c>PatchBot doctor</c>. Changes nothing.</summary>
public interface IDoctor
{
    /// <param name="recordIsReadable">Whether the database is there and up to date; otherwise it is left alone.</param>
    /// <returns>In the order in which they are told.</returns>
    Task<IReadOnlyList<Finding>> ExamineAsync(bool recordIsReadable, CancellationToken cancellationToken);
}
