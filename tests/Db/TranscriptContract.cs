using PatchBot.Core.Conversation;
using PatchBot.Core.Delivery;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Db;

public abstract class TranscriptContract(TestEngine engine) : StoreContract(engine)
{
    [Fact]
    public async Task Given_messages_then_the_newest_are_read_oldest_first()
    {
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await AddAsync(Says($"message {i}"))).Id);
        }

        await AddAsync(Says("elsewhere") with { Channel = Lab });
        await WriteAsync(session => session.Transcript.DeleteAsync(ids[3], Token));

        async Task Reads(long after, int limit, params long[] expected) => Assert.Equal(
            expected, (await ReadAsync(session => session.Transcript.ReadAsync(Ops, after, limit, Token))).Select(message => message.Id));

        await Reads(0, 10, ids[0], ids[1], ids[2], ids[4]);
        await Reads(0, 2, ids[2], ids[4]);
        await Reads(ids[2], 10, ids[4]);
    }

    [Fact]
    public async Task Given_a_thread_then_its_root_and_its_newest_replies_are_read_oldest_first()
    {
        var root = (await AddAsync(Says("root"))).Id;
        await AddAsync(Says("beside it"));
        var replies = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            replies.Add((await AddAsync(Says($"reply {i}") with { Thread = root })).Id);
        }

        await WriteAsync(session => session.Transcript.DeleteAsync(replies[1], Token));

        async Task Reads(ChannelRef channel, int limit, params long[] expected) => Assert.Equal(
            expected, (await ReadAsync(session => session.Transcript.ThreadAsync(channel, root, limit, Token))).Select(message => message.Id));

        await Reads(Ops, 10, root, replies[0], replies[2]);
        await Reads(Ops, 1, root, replies[2]);
        await Reads(Lab, 10);
        await WriteAsync(session => session.Transcript.DeleteAsync(root, Token));
        await Reads(Ops, 10, replies[0], replies[2]);
    }

    [Fact]
    public async Task Given_a_post_shown_already_when_it_is_added_again_then_the_existing_message_is_returned()
    {
        var added = await RaceAsync(4, (session, racer) => session.Transcript.AddAsync(Says($"racer {racer}") with { PostId = 7 }, Token));
        Assert.Single(added.Select(message => message.Id).Distinct());
        Assert.Equal(added[0].Text, (await ReadAsync(session => session.Transcript.FindAsync(added[0].Id, Token)))?.Text);
    }

    [Fact]
    public async Task Given_an_edit_then_text_card_and_version_change_and_nothing_else()
    {
        var root = await AddAsync(Says("root"));
        var reply = await AddAsync(Says("pass") with { Thread = root.Id });

        var edited = await WriteAsync(session => session.Transcript.EditAsync(reply.Id, "fail", "{}", Token));

        Assert.Equal(reply with { Text = "fail", Card = "{}", Version = 2 }, edited);
        Assert.Equal(edited, await ReadAsync(session => session.Transcript.FindAsync(reply.Id, Token)));
    }

    [Fact]
    public async Task Given_a_message_that_is_gone_then_it_cannot_be_edited()
    {
        var message = await AddAsync(Says("oops"));
        await WriteAsync(session => session.Transcript.DeleteAsync(message.Id, Token));
        Assert.Null(await WriteAsync(session => session.Transcript.EditAsync(message.Id, "never", null, Token)));
        Assert.Null(await WriteAsync(session => session.Transcript.EditAsync(message.Id + 1, "never", null, Token)));
        Assert.True((await ReadAsync(session => session.Transcript.FindAsync(message.Id, Token)))?.Deleted);
    }

    private static TranscriptMessage Says(string text) =>
        new(0, Ops, null, Some.Engineer.Id.Value, Some.Engineer.Name, text, null, 1, null, Some.Noon, false);

    private Task<TranscriptMessage> AddAsync(TranscriptMessage message) => WriteAsync(session => session.Transcript.AddAsync(message, Token));
}
