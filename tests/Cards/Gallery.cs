using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Core.Conversation.Overviews;
using PatchBot.Core.Delivery;
using PatchBot.Core.Delivery.Stops;
using PatchBot.Core.People.Links;
using PatchBot.Tests.Core.Announcements;
using PatchBot.Tests.Core.Lab;
using PatchBot.Tests.Core.Rollouts;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Cards;

/// <summary>Every card that the bot shows, in every state, and every form; by the name of its golden file.</summary>
internal static class Gallery
{
    public static IReadOnlyDictionary<string, Func<Task<ChatCard>>> Cards { get; } = new Dictionary<string, Func<Task<ChatCard>>>(
    [
        new("rich", () => Task.FromResult(RichCard.Card)),
        .. PatchCardStates.All.Select(state => KeyValuePair.Create($"patch-{state.Key}", state.Value)),
        .. Drawn("lab", LabCardStates.All),
        .. Drawn("announcement", AnnouncementCardStates.All),
        new("help", () => Task.FromResult(OverviewTalk.Help)),
        new("status", () => AskAsync("status")),
        new("status-one", () => AskAsync("status KB5032196")),
        new("status-unknown", () => AskAsync("status KB1")),
        new("waiting", () => AskAsync("what waits for me?")),
        new("home", () => AskAsync("what waits for me?", alone: true)),
        new("windows", () => AskAsync("windows")),
        new("whoami", () => AskAsync("whoami", alone: true)),
        new("link-first-code", () => Task.FromResult(LinkCodeCards.First(new LinkBegun("K7QD-94XM-T2WH"), Some.ManagerOnSlack))),
        new("link-second-code", () => Task.FromResult(LinkCodeCards.Second(new LinkAnswered("T2WH-K7QD-94XM", Some.ManagerOnSlack)))),
        new("link-made", () => Task.FromResult(LinkCard.For([Some.Manager, Some.ManagerOnSlack]))),
        new("link-ended", () => DrawAsync(LinkCard.SubjectOf("human:nobody"), [])),
        new("welcome", () => DrawAsync(WelcomeCard.SubjectFor(alone: false), [])),
        new("welcome-following", () => DrawAsync(WelcomeCard.SubjectFor(alone: false), ["pilot", "production"])),
        new("welcome-alone", () => DrawAsync(WelcomeCard.SubjectFor(alone: true), [])),
        new("stopped", () => StoppedAsync(again: false)),
        new("stopped-back", () => StoppedAsync(again: true)),
    ]);

    /// <summary>The forms of all cards, and those that answer a press.</summary>
    public static IReadOnlyDictionary<string, Func<Task<CardForm>>> Forms { get; } = new Dictionary<string, Func<Task<CardForm>>>(
    [
        .. LabCardStates.Forms.Select(form => KeyValuePair.Create($"lab-{form.Key}", (Func<Task<CardForm>>)(() => Task.FromResult(form.Value)))),
        new("defer", () => FormAsync("patch-lab-passed", "Defer")),
        new("defer-two-rings", () => FormAsync("patch-two-rings", "Defer")),
        new("reject", () => FormAsync("patch-lab-passed", "Reject")),
        new("withdraw", () => FormAsync("patch-approved", "Withdraw approval, Production servers")),
        new("prerequisite", () => FormAsync("patch-prerequisite", "Prerequisite is in place")),
        new("emergency", async () => (await Cards["patch-late"]()).Actions.OfType<PressAction>().Single(press => press.Confirm.Length > 0).Question()),
        new("rich", () => Task.FromResult(RichCard.Card.Actions.OfType<FormAction>().ElementAt(1).Form)),
    ]);

    private static IEnumerable<KeyValuePair<string, Func<Task<ChatCard>>>> Drawn(string kind, IReadOnlyDictionary<string, ChatCard> cards) =>
        cards.Select(state => KeyValuePair.Create($"{kind}-{state.Key}", (Func<Task<ChatCard>>)(() => Task.FromResult(state.Value))));

    private static async Task<CardForm> FormAsync(string card, string title) =>
        (await Cards[card]()).Actions.OfType<FormAction>().Single(action => action.Title == title).Form;

    private static async Task<ChatCard> DrawAsync(PostSubject subject, string[] follows)
    {
        await using var chat = await Chat.StartAsync(follows);
        return await DrawAsync(chat, subject);
    }

    private static async Task<ChatCard> StoppedAsync(bool again)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        await chat.ReleaseAsync();
        await chat.WriteAsync(async session =>
        {
            await session.Channels.StopAsync(Chat.Patching, Some.Noon, "The bot was removed there.", Some.Token);
            await session.Posts.RefreshAsync(PostSubject.Of("patch", "KB5032196"), Some.Token);
            if (again)
            {
                await session.Channels.ActivateAsync(Chat.Patching, Some.Token);
            }
        });
        return await DrawAsync(chat, StopCard.SubjectFor(Chat.Patching, Some.Noon));
    }

    private static async Task<ChatCard> DrawAsync(Chat chat, PostSubject subject)
    {
        var source = chat.Get<IEnumerable<ICardSource>>().Single(source => source.Kind == subject.Kind);
        var card = await chat.ReadAsync(session => source.DrawAsync(session, subject, Chat.Patching, Some.Token));
        Assert.NotNull(card);
        return card;
    }

    private static async Task<ChatCard> AskAsync(string question, bool alone = false)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var released = await chat.ReleaseTestedAsync();
        await chat.SayAsync(Some.Manager, "approve production", released);
        return Assert.IsType<ReplyAnswer>(await chat.SayAsync(Some.Manager, question, toBot: true, alone: alone)).Card;
    }
}
