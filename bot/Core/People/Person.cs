namespace PatchBot.Core.People;

/// <summary>
/// Who someone is, by the platform's own object id: <c>teams:{tenant}:{Entra object id}</c>,
/// <c>slack:{workspace}:{user id}</c>, <c>webchat:local:{id}</c>. Never a display name.
/// </summary>
public readonly record struct PersonId
{
    public const int MaxLength = 200;

    public PersonId(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        if (!IsOne(value))
        {
            throw new ArgumentException($"A person is written platform:tenant:id, at most {MaxLength} characters; '{value}' is not.", nameof(value));
        }

        Value = value;
    }

    public string Value { get => field ?? ""; }

    /// <summary>The chat platform that knows the person: <c>teams</c>, <c>slack</c> or <c>webchat</c>.</summary>
    public string Platform => Part(0);

    /// <summary>The tenant or workspace.</summary>
    public string Tenant => Part(1);

    /// <summary>The object id within the tenant or workspace.</summary>
    public string ObjectId => Part(2);

    /// <summary>Whether a text is a person's id; without spaces, since ids have none and settings easily get some.</summary>
    public static bool IsOne(string text) => text.Length <= MaxLength && !text.Any(char.IsWhiteSpace)
        && text.Split(':') is [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }, ..];

    public static PersonId Of(string platform, string tenant, string id) => new($"{platform}:{tenant}:{id}");

    public override string ToString() => Value;

    private string Part(int index) => Value.Split(':', 3) is { Length: 3 } parts ? parts[index] : "";
}

/// <summary>Someone who acts in chat. <paramref name="Name"/> is for showing only; it authorises nothing.</summary>
public sealed record Person(PersonId Id, string Name)
{
    /// <summary>PatchBot itself, where it acts without being asked (expiry, announcement).</summary>
    public static Person Bot { get; } = new(new PersonId("patchbot:self:bot"), "PatchBot");
}
