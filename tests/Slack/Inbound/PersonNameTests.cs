using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Slack.Inbound;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Outbound;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>Who somebody is, which Slack is asked for as rarely as it helps.</summary>
public sealed class PersonNameTests
{
    private const string User = "U07NEW";

    private static readonly PersonId Person = PersonId.Of(SlackOptions.Platform, SlackRoom.Team, User);
    private static readonly SlackWorkspace Workspace = new(SlackRoom.Team, "Patch Works", SlackRoom.BotUser, SlackRoom.BotId, "A01APP", IsOrganisation: false);

    private readonly FakeTimeProvider clock = new(Some.Noon);
    private readonly FakeSlackApi api = new();

    [Fact]
    public async Task Given_many_presses_of_one_person_at_once_then_Slack_is_asked_once_and_all_hear_it()
    {
        await using var record = await TestRecord.CreateAsync(clock);
        var (names, answer) = (Names(record), Unanswered());
        api.Users[User] = Named("Nina New");
        var asked = Enumerable.Range(0, 20).Select(_ => names.OfAsync(Workspace, Person, User, "nina").AsTask()).ToList();
        answer.SetResult();
        Assert.All(await Task.WhenAll(asked), name => Assert.Equal("Nina New", name));
        Assert.Equal(1, api.Lookups);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Given_Slack_does_not_tell_then_nobody_waits_for_it_again_before_a_rest(bool refused)
    {
        await using var record = await TestRecord.CreateAsync(clock);
        var names = Names(record);
        api.Fault = refused ? new DeliveryException("missing_scope", permanent: false) : new DeliveryPostponedException(TimeSpan.FromMinutes(5));
        Assert.Equal("nina", await AskAsync(names));
        Assert.True(AskAsync(names).IsCompletedSuccessfully);
        Assert.Equal(1, api.Lookups);

        (api.Fault, api.Users[User]) = (null, Named("Nina New"));
        clock.Advance(PersonNames.Rest);
        Assert.Equal("Nina New", await AskAsync(names));
        Assert.Equal(2, api.Lookups);
    }

    [Fact]
    public async Task Given_an_answer_that_takes_its_time_then_everybody_goes_on_after_the_same_moment_and_it_counts_when_it_comes()
    {
        await using var record = await TestRecord.CreateAsync(clock);
        var (names, answer) = (Names(record), Unanswered());
        api.Users[User] = Named("Nina New");
        var first = AskAsync(names);
        while (api.Lookups == 0)
        {
            await Task.Delay(5, Some.Token);
        }

        clock.Advance(TimeSpan.FromMilliseconds(200));
        var second = AskAsync(names);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(["nina", "nina"], await Task.WhenAll(first, second));
        Assert.Equal("nina", await AskAsync(names));
        answer.SetResult();
        while (await AskAsync(names) != "Nina New")
        {
            await Task.Delay(5, Some.Token);
        }

        Assert.Equal(1, api.Lookups);
    }

    [Fact]
    public async Task Given_a_look_that_broke_then_the_next_press_looks_again()
    {
        await using var record = await TestRecord.CreateAsync(clock);
        var names = Names(record);
        api.Fault = new InvalidOperationException("A fault of the program.");
        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(names));
        (api.Fault, api.Users[User]) = (null, Named("Nina New"));
        Assert.Equal("Nina New", await AskAsync(names));
    }

    private static SlackUser Named(string name) => new(User, SlackRoom.Team, name, IsBot: false, IsDeleted: false, IsGuest: false, TimeZone: null);

    private static Task<string> AskAsync(PersonNames names) => names.OfAsync(Workspace, Person, User, "nina").AsTask();

    private PersonNames Names(TestRecord record) => new(api, record, new BackgroundTurns(clock, NullLogger<BackgroundTurns>.Instance), clock);

    private TaskCompletionSource Unanswered()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        api.Line = () => answer.Task;
        return answer;
    }
}
