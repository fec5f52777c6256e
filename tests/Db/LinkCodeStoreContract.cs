using PatchBot.Core.People.Links;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class LinkCodeStoreContract(TestEngine engine) : StoreContract(engine)
{
    private static readonly LinkCode First = new(new string('1', 64), Some.Manager, null, Some.Noon.AddMinutes(10));
    private static readonly LinkCode Second = First with { Hash = new string('2', 64), Answered = new LinkAnswer(Some.Engineer, "D0123") };

    [Fact]
    public async Task Given_codes_then_each_is_taken_as_it_was_and_once()
    {
        await AddAsync(First, Second);
        Assert.Equal(First, await TakeAsync(First.Hash));
        Assert.Equal(Second, await TakeAsync(Second.Hash));
        Assert.Null(await TakeAsync(First.Hash));
    }

    [Fact]
    public async Task Given_several_processes_that_take_one_code_at_once_then_one_gets_it()
    {
        await AddAsync(First);
        Assert.Single(await RaceAsync(5, (session, _) => session.LinkCodes.TakeAsync(First.Hash, Token)), taken => taken is not null);
    }

    [Fact]
    public async Task Given_codes_of_one_person_that_are_forgotten_then_anothers_stay()
    {
        var other = First with { Hash = new string('3', 64), By = Some.Outsider };
        await AddAsync(First, Second, other);
        await WriteAsync(session => session.LinkCodes.ForgetAsync(Some.Manager.Id, Token));
        Assert.Null(await TakeAsync(First.Hash));
        Assert.Null(await TakeAsync(Second.Hash));
        Assert.Equal(other, await TakeAsync(other.Hash));
    }

    [Fact]
    public async Task Given_wrong_codes_then_those_of_the_person_since_then_are_counted()
    {
        await WriteAsync(async session =>
        {
            await session.LinkCodes.AddGuessAsync(Some.Manager.Id, Some.Noon, Token);
            await session.LinkCodes.AddGuessAsync(Some.Manager.Id, Some.Noon.AddMinutes(1), Token);
            await session.LinkCodes.AddGuessAsync(Some.Engineer.Id, Some.Noon.AddMinutes(1), Token);
        });
        Assert.Equal(2, await GuessesAsync(Some.Noon.AddMinutes(-1)));
        Assert.Equal(1, await GuessesAsync(Some.Noon));
    }

    [Fact]
    public async Task Given_what_is_long_over_when_it_is_purged_then_the_rest_stays()
    {
        await AddAsync(First, First with { Hash = new string('3', 64), ExpiresAt = Some.Noon.AddDays(-1) });
        await WriteAsync(session => session.LinkCodes.AddGuessAsync(Some.Manager.Id, Some.Noon.AddDays(-1), Token));
        await WriteAsync(session => session.LinkCodes.AddGuessAsync(Some.Manager.Id, Some.Noon, Token));

        await WriteAsync(session => session.LinkCodes.PurgeAsync(Some.Noon, Token));

        Assert.Null(await TakeAsync(new string('3', 64)));
        Assert.Equal(First, await TakeAsync(First.Hash));
        Assert.Equal(1, await GuessesAsync(Some.Noon.AddDays(-2)));
    }

    private Task AddAsync(params LinkCode[] codes) => WriteAsync(async session =>
    {
        foreach (var code in codes)
        {
            await session.LinkCodes.AddAsync(code, Token);
        }
    });

    private Task<LinkCode?> TakeAsync(string hash) => WriteAsync(session => session.LinkCodes.TakeAsync(hash, Token));

    private Task<int> GuessesAsync(DateTimeOffset since) => ReadAsync(session => session.LinkCodes.GuessesAsync(Some.Manager.Id, since, Token));
}
