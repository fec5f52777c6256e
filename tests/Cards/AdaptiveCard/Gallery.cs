using PatchBot.Cards;
using PatchBot.Core.Conversation;
using PatchBot.Tests.Core.Announcements;
using PatchBot.Tests.Core.Lab;
using PatchBot.Tests.Core.Rollouts;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Cards.AdaptiveCards;

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
        new("windows", () => AskAsync("windows")),
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

    private static async Task<ChatCard> AskAsync(string question)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        var released = await chat.ReleaseTestedAsync();
        await chat.SayAsync(Some.Manager, "approve production", released);
        return Assert.IsType<ReplyAnswer>(await chat.SayAsync(Some.Manager, question, toBot: true)).Card;
    }
}
