using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Db.Engines;

namespace PatchBot.Db.Stores;

internal sealed class PeopleStore(SqlSession sql) : IPeopleStore
{
    public async Task SaveAsync(KnownPerson person, CancellationToken cancellationToken)
    {
        var args = new Args()
            .Text("person", person.Id.Value, PersonId.MaxLength)
            .Shortened("name", person.Name, 200)
            .Text("address", person.Address, 1_000)
            .Text("direct", person.Direct?.Id, 300);
        if (await sql.ExecuteAsync(Sql.Update(sql.Dialect), args, cancellationToken) == 0)
        {
            await sql.ExecuteAsync(Sql.Add(sql.Dialect), args, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<KnownPerson>> FindAsync(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken) => people.Count == 0
        ? []
        : [.. (await sql.ListAsync<PersonRow>(Sql.Find(sql.Dialect), new Args().Texts("people", people.Select(person => person.Value)), cancellationToken))
            .Select(row => row.ToPerson())];

    private sealed class PersonRow
    {
        public string PersonId { get; init; } = "";

        public string Name { get; init; } = "";

        public string Address { get; init; } = "";

        public string? DirectChannel { get; init; }

        public KnownPerson ToPerson()
        {
            var id = new PersonId(PersonId);
            return new KnownPerson(id, Name, Address, DirectChannel is { } direct ? new ChannelRef(id.Platform, direct) : null);
        }
    }

    private static class Sql
    {
        public static string Find(ISqlDialect dialect) => $"""
            SELECT person_id, name, address, direct_channel
              FROM patchbot.person
             WHERE person_id IN {dialect.TextsIn("people", PersonIdLength)}
            """;

        public static string Update(ISqlDialect dialect) => $"""
            UPDATE patchbot.person {dialect.Hold}
               SET name = @name, address = @address, direct_channel = COALESCE(@direct, direct_channel)
             WHERE person_id = @person
            """;

        public static string Add(ISqlDialect dialect) => $"""
            INSERT INTO patchbot.person (person_id, name, address, direct_channel)
            SELECT @person, @name, @address, @direct
             WHERE NOT EXISTS (SELECT 1 FROM patchbot.person {dialect.Hold} WHERE person_id = @person)
            """;

        private const int PersonIdLength = PersonId.MaxLength;
    }
}
