using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class LinkStore(SqlSession sql) : ILinkStore
{
    public async Task<IReadOnlyList<IdentityLink>> OfAsync(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken)
    {
        var memory = sql.Memory.Links;
        var unknown = memory.Unknown(people);
        if (unknown.Count > 0)
        {
            var args = new Args().Texts("people", unknown.Select(person => person.Value));
            var found = (await sql.ListAsync<LinkRow>(Sql.Of(sql.Dialect), args, cancellationToken)).ToLookup(row => row.AskedId, row => row.ToLink());
            foreach (var person in unknown)
            {
                memory.Set(person, [.. found[Args.Storable(person.Value)!]]);
            }
        }

        return memory.Of(people);
    }

    public async Task<IReadOnlyList<IdentityLink>> OfHumanAsync(string human, CancellationToken cancellationToken) =>
        [.. (await sql.ListAsync<LinkRow>(Sql.OfHuman, new Args().Text("human", human, PersonId.MaxLength), cancellationToken)).Select(row => row.ToLink())];

    public async Task SaveAsync(IdentityLink link, CancellationToken cancellationToken)
    {
        sql.Memory.Links.Forget();
        var args = new Args()
            .Text("person", link.Person.Id.Value, PersonId.MaxLength)
            .Shortened("name", link.Person.Name, 200)
            .Text("human", link.Human, PersonId.MaxLength)
            .Instant("at", link.At)
            .Text("by", link.By.Value, PersonId.MaxLength);
        if (await sql.ExecuteAsync(Sql.Update(sql.Dialect), args, cancellationToken) == 0)
        {
            await sql.ExecuteAsync(Sql.Add, args, cancellationToken);
        }
    }

    public async Task<bool> RemoveAsync(PersonId person, CancellationToken cancellationToken)
    {
        sql.Memory.Links.Forget();
        return await sql.ExecuteAsync(Sql.Remove, new Args().Text("person", person.Value, PersonId.MaxLength), cancellationToken) == 1;
    }

    private sealed class LinkRow
    {
        public string AskedId { get; init; } = "";

        public string PersonId { get; init; } = "";

        public string PersonName { get; init; } = "";

        public string HumanId { get; init; } = "";

        public DateTimeOffset LinkedAt { get; init; }

        public string LinkedBy { get; init; } = "";

        public IdentityLink ToLink() => new(new Person(new PersonId(PersonId), PersonName), HumanId, LinkedAt, new PersonId(LinkedBy));
    }

    private static class Sql
    {
        public const string OfHuman = """
            SELECT person_id, person_name, human_id, linked_at, linked_by
              FROM patchbot.identity_link
             WHERE human_id = @human
             ORDER BY linked_at, person_id
            """;

        public const string Add = """
            INSERT INTO patchbot.identity_link (person_id, person_name, human_id, linked_at, linked_by)
            VALUES (@person, @name, @human, @at, @by)
            """;

        public const string Remove = "DELETE FROM patchbot.identity_link WHERE person_id = @person";

        public static string Of(ISqlDialect dialect) => $"""
            SELECT asked.person_id AS asked_id, link.person_id, link.person_name, link.human_id, link.linked_at, link.linked_by
              FROM patchbot.identity_link AS asked
              JOIN patchbot.identity_link AS link ON link.human_id = asked.human_id
             WHERE asked.person_id IN {dialect.TextsIn("people", PersonIdLength)}
            """;

        public static string Update(ISqlDialect dialect) => $"""
            UPDATE patchbot.identity_link {dialect.Hold}
               SET person_name = @name, human_id = @human, linked_at = @at, linked_by = @by
             WHERE person_id = @person
            """;

        private const int PersonIdLength = PersonId.MaxLength;
    }
}
