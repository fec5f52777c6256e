using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class PeopleStoreContract(TestEngine engine) : StoreContract(engine)
{
    private static readonly PersonId Ana = PersonId.Of("teams", "tenant", "ana");
    private static readonly PersonId Ben = PersonId.Of("teams", "tenant", "ben");

    [Fact]
    public async Task Given_a_person_saved_twice_then_the_newest_counts_and_an_open_chat_stays()
    {
        var open = new ChannelRef("teams", "a:1");
        await SaveAsync(new KnownPerson(Ana, "Ana", "29:old", open));
        await SaveAsync(new KnownPerson(Ana, "Ana B.", "29:new"));
        Assert.Equal([new KnownPerson(Ana, "Ana B.", "29:new", open)], await FindAsync(Ana));
    }

    [Fact]
    public async Task Given_several_people_then_those_who_are_known_are_found()
    {
        await SaveAsync(new KnownPerson(Ana, "Ana", "29:a"));
        await SaveAsync(new KnownPerson(Ben, "Ben", "29:b"));
        Assert.Equal([Ana, Ben], (await FindAsync(Ana, Ben, PersonId.Of("slack", "tenant", "ana"))).Select(person => person.Id).OrderBy(id => id.Value));
        Assert.Empty(await FindAsync());
    }

    private Task SaveAsync(KnownPerson person) => WriteAsync(session => session.People.SaveAsync(person, Token));

    private Task<IReadOnlyList<KnownPerson>> FindAsync(params PersonId[] people) => ReadAsync(session => session.People.FindAsync(people, Token));
}
