using System.Text;
using PatchBot.Cards.PlainText;
using PatchBot.Core.Conversation;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Conversation;

public sealed class ExportTests
{
    [Theory]
    [InlineData("export", "Open patches")]
    [InlineData("export KB5032196", "Lab results and decisions of KB5032196")]
    public async Task Given_a_wish_for_a_file_then_the_answer_holds_it_and_says_what_it_is(string wish, string title)
    {
        await using var chat = await Chat.StartAsync(["production"]);
        await chat.ReleaseAsync();

        var answer = Assert.IsType<ReplyAnswer>(await chat.SayAsync(Some.Outsider, wish, toBot: true));

        Assert.Equal(title, answer.Card.Title);
        Assert.Contains($"PatchBot {wish}", PlainTextRenderer.Render(answer.Card), StringComparison.Ordinal);
        Assert.NotNull(answer.File);
        Assert.EndsWith(".csv", answer.File.FileName, StringComparison.Ordinal);
        Assert.NotEmpty(Encoding.UTF8.GetString(answer.File.Content.Span));
    }

    [Fact]
    public async Task Given_a_patch_that_is_not_known_then_there_is_no_file()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        Assert.Contains("KB9999999", Assert.IsType<NoticeAnswer>(await chat.SayAsync(Some.Outsider, "export KB9999999", toBot: true)).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Given_talk_among_people_then_the_word_asks_for_nothing()
    {
        await using var chat = await Chat.StartAsync(["production"]);
        Assert.IsType<NoAnswer>(await chat.SayAsync(Some.Outsider, "export open patches"));
    }
}
