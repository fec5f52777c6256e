using System.Text.Json.Serialization;

namespace PatchBot.Cards;

/// <summary>One field of a form. Limits are hints to the client; the server checks again.</summary>
[JsonDerivedType(typeof(TextInput), "text")]
[JsonDerivedType(typeof(ChoiceInput), "choice")]
[JsonDerivedType(typeof(DateInput), "date")]
public abstract record CardInput(string Id, string Label, bool Required)
{
    /// <summary>What the field holds when the form opens.</summary>
    public string Value { get; init; } = "";
}

public sealed record TextInput(string Id, string Label, bool Required = false, bool Multiline = false, int MaxLength = 500)
    : CardInput(Id, Label, Required)
{
    public string Placeholder { get; init; } = "";
}

/// <summary>One of a few; <see cref="CardInput.Value"/> holds the chosen <see cref="CardChoice.Value"/>.</summary>
public sealed record ChoiceInput(string Id, string Label, IReadOnlyList<CardChoice> Choices, bool Required = true)
    : CardInput(Id, Label, Required);

public sealed record CardChoice(string Value, string Title);

/// <summary>A calendar date, ISO 8601 (<c>2026-11-24</c>).</summary>
public sealed record DateInput(string Id, string Label, bool Required = false) : CardInput(Id, Label, Required);
