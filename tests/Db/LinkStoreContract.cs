using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class LinkStoreContract(TestEngine engine) : StoreContract(engine)
{
    private static readonly Person Ana = new(PersonId.Of("teams", "tenant", "ana"), "Ana");
    private static readonly Person AnaOnSlack = new(PersonId.Of("slack", "T1", "U1"), "ana.b");
    private static readonly Person Ben = new(PersonId.Of("teams", "tenant", "ben"), "Ben");

    [Fact]
    public async Task Given_linked_identities_then_asking_for_one_finds_all_of_the_human_and_nobody_else()
    {
        await LinkAsync("h1", Ana, AnaOnSlack);
        await LinkAsync("h2", Ben);

        var links = await OfAsync(AnaOnSlack);
        Assert.Equal([AnaOnSlack, Ana], links.Select(link => link.Person).OrderBy(person => person.Id.Value));
        Assert.All(links, link => Assert.Equal(("h1", Some.Noon, Some.Manager.Id), (link.Human, link.At, link.By)));
        Assert.Equal(3, (await OfAsync(Ana, Ben, AnaOnSlack)).Count);
        Assert.Empty(await OfAsync());
        Assert.Empty(await OfAsync(Some.Outsider));
    }

    [Fact]
    public async Task Given_a_link_saved_again_then_the_newest_counts()
    {
        await LinkAsync("h1", Ana, AnaOnSlack);
        await LinkAsync("h2", Ana with { Name = "Ana B." });

        Assert.Equal([Ana with { Name = "Ana B." }], (await OfAsync(Ana)).Select(link => link.Person));
        Assert.Equal([AnaOnSlack], (await ReadAsync(session => session.Links.OfHumanAsync("h1", Token))).Select(link => link.Person));
    }

    [Fact]
    public async Task Given_a_link_that_is_removed_then_it_is_gone_and_removing_it_again_says_so()
    {
        await LinkAsync("h1", Ana, AnaOnSlack);
        Assert.True(await WriteAsync(session => session.Links.RemoveAsync(Ana.Id, Token)));
        Assert.False(await WriteAsync(session => session.Links.RemoveAsync(Ana.Id, Token)));
        Assert.Empty(await OfAsync(Ana));
        Assert.Single(await OfAsync(AnaOnSlack));
    }

    [Fact]
    public async Task Given_links_that_were_read_when_this_or_another_process_changes_them_then_the_next_transaction_sees_it()
    {
        Assert.Empty(await ReadInWriteAsync());
        await LinkAsync("h1", Ana, AnaOnSlack);
        Assert.Equal(2, (await ReadInWriteAsync()).Count);

        await Database.OpenAnother().WriteAsync((session, token) => session.Links.RemoveAsync(AnaOnSlack.Id, token), Token);
        Assert.Single(await ReadInWriteAsync());
    }

    // The connection that writes remembers what it has read.
    private Task<IReadOnlyList<IdentityLink>> ReadInWriteAsync() => WriteAsync(session => session.Links.OfAsync([Ana.Id], Token));

    private Task<IReadOnlyList<IdentityLink>> OfAsync(params Person[] people) =>
        ReadAsync(session => session.Links.OfAsync([.. people.Select(person => person.Id)], Token));

    private Task LinkAsync(string human, params Person[] people) => WriteAsync(async session =>
    {
        foreach (var person in people)
        {
            await session.Links.SaveAsync(new IdentityLink(person, human, Some.Noon, Some.Manager.Id), Token);
        }
    });
}
