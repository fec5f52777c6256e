namespace PatchBot.Core.Exports;

/// <summary>A table of the record as a file.</summary>
/// <param name="FileName">With its ending; ASCII letters, digits, dots and dashes only.</param>
/// <param name="Title">What it holds, in words.</param>
/// <param name="Rows">How many, without the header.</param>
public sealed record Exported(string FileName, string Title, int Rows, ReadOnlyMemory<byte> Content);
