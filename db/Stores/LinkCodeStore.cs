using PatchBot.Core.People;
using PatchBot.Core.People.Links;

namespace PatchBot.Db.Stores;

internal sealed class LinkCodeStore(SqlSession sql) : ILinkCodeStore
{
    public Task AddAsync(LinkCode code, CancellationToken cancellationToken) => sql.ExecuteAsync(
        Sql.Add,
        Hash(code.Hash)
            .Text("person", code.By.Id.Value, PersonId.MaxLength)
            .Shortened("name", code.By.Name, 200)
            .Text("other", code.Answered?.By.Id.Value, PersonId.MaxLength)
            .Text("otherName", code.Answered is { By.Name: var name } ? name[..Math.Min(name.Length, 200)] : null, 200)
            .Text("otherChannel", code.Answered?.Channel, 300)
            .Instant("expiresAt", code.ExpiresAt),
        cancellationToken);

    public async Task<LinkCode?> TakeAsync(string hash, CancellationToken cancellationToken)
    {
        var found = await sql.FirstAsync<CodeRow>(Sql.Find, Hash(hash), cancellationToken);
        return found is not null && await sql.ExecuteAsync(Sql.Take, Hash(hash), cancellationToken) == 1 ? found.ToCode() : null;
    }

    public Task ForgetAsync(PersonId begunBy, CancellationToken cancellationToken) => sql.ExecuteAsync(Sql.Forget, Of(begunBy), cancellationToken);

    public Task AddGuessAsync(PersonId person, DateTimeOffset at, CancellationToken cancellationToken) =>
        sql.ExecuteAsync(Sql.AddGuess, Of(person).Instant("at", at), cancellationToken);

    public Task<int> GuessesAsync(PersonId person, DateTimeOffset since, CancellationToken cancellationToken) =>
        sql.FirstAsync<int>(Sql.Guesses, Of(person).Instant("since", since), cancellationToken);

    public async Task PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await sql.ExecuteAsync(Sql.PurgeCodes, new Args().Instant("before", before), cancellationToken);
        await sql.ExecuteAsync(Sql.PurgeGuesses, new Args().Instant("before", before), cancellationToken);
    }

    private static Args Hash(string hash) => new Args().Text("hash", hash, 64);

    private static Args Of(PersonId person) => new Args().Text("person", person.Value, PersonId.MaxLength);

    private sealed class CodeRow
    {
        public string CodeHash { get; init; } = "";

        public string PersonId { get; init; } = "";

        public string PersonName { get; init; } = "";

        public string? OtherId { get; init; }

        public string? OtherName { get; init; }

        public string? OtherChannel { get; init; }

        public DateTimeOffset ExpiresAt { get; init; }

        public LinkCode ToCode() => new(
            CodeHash,
            new Person(new PersonId(PersonId), PersonName),
            OtherId is null ? null : new LinkAnswer(new Person(new PersonId(OtherId), OtherName!), OtherChannel!),
            ExpiresAt);
    }

    private static class Sql
    {
        public const string Add = """
            INSERT INTO patchbot.link_code (code_hash, person_id, person_name, other_id, other_name, other_channel, expires_at)
            VALUES (@hash, @person, @name, @other, @otherName, @otherChannel, @expiresAt)
            """;

        public const string Find = """
            SELECT code_hash, person_id, person_name, other_id, other_name, other_channel, expires_at
              FROM patchbot.link_code
             WHERE code_hash = @hash
            """;

        // Of two who say one code, the slower takes nothing.
        public const string Take = "DELETE FROM patchbot.link_code WHERE code_hash = @hash";

        public const string Forget = "DELETE FROM patchbot.link_code WHERE person_id = @person";

        public const string AddGuess = "INSERT INTO patchbot.link_guess (person_id, guessed_at) VALUES (@person, @at)";

        public const string Guesses = "SELECT COUNT(*) FROM patchbot.link_guess WHERE person_id = @person AND guessed_at > @since";

        public const string PurgeCodes = "DELETE FROM patchbot.link_code WHERE expires_at < @before";

        public const string PurgeGuesses = "DELETE FROM patchbot.link_guess WHERE guessed_at < @before";
    }
}
