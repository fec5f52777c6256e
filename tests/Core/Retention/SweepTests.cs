using PatchBot.Core.Announcements;
using PatchBot.Core.People.Links;
using PatchBot.Core.Workspaces;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Retention;

/// <summary>What is worth something for minutes only does not pile up.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task Given_codes_wrong_codes_and_marks_that_are_long_over_when_time_passes_then_they_are_gone_and_fresh_ones_stay()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        await LeaveAsync(chat);
        chat.Clock.Advance(TimeSpan.FromHours(2));
        await LeaveAsync(chat);

        await chat.WriteAsync(session => chat.Get<DueWork>().DoAsync(session, Some.Token));

        foreach (var table in (string[])["link_code", "link_guess", "install_state"])
        {
            Assert.Equal(1L, await chat.Record.ByHandAsync($"SELECT count(*) FROM {table}"));
        }
    }

    private static Task LeaveAsync(Chat chat) => chat.WriteAsync(async session =>
    {
        var by = new PatchBot.Core.People.Person(PatchBot.Core.People.PersonId.Of("slack", "T1", $"U{chat.Clock.GetUtcNow().Hour}"), "Ana");
        await chat.Get<LinkDesk>().BeginAsync(session, by, Some.Token);
        await session.LinkCodes.AddGuessAsync(by.Id, chat.Clock.GetUtcNow(), Some.Token);
        await chat.Get<InstallStates>().GiveAsync(session, Some.Token);
    });
}
