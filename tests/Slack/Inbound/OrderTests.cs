using System.Text.Json.Nodes;
using PatchBot.Core.Lab;
using static PatchBot.Tests.Slack.Inbound.Deliveries;
using static PatchBot.Tests.Slack.Inbound.SlackRoom;

namespace PatchBot.Tests.Slack.Inbound;

/// <summary>Slack keeps no order: what comes late does not undo what came after it.</summary>
public sealed class OrderTests
{
    private const string Pass = "pass on hv-lab-02, backups ok";

    [Fact]
    public async Task Given_an_edit_that_comes_before_its_message_then_the_edit_counts()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var message = Message(Erin.Id.ObjectId, Pass, thread: card);
        await room.EventAsync(Edit(message, "fail on hv-lab-02: agent won't start"));
        await room.EventAsync(message);
        Assert.Equal([LabOutcome.Fail], (await room.ResultsAsync()).Select(result => result.Outcome));
    }

    [Fact]
    public async Task Given_an_edit_that_comes_after_the_next_edit_or_the_deletion_then_it_does_not_count()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var message = Message(Erin.Id.ObjectId, Pass, thread: card);
        var (first, edited) = Edited(message, "fail on hv-lab-02: agent won't start");
        var (second, last) = Edited(edited, "partial on hv-lab-02: agent started by hand");
        await room.EventAsync(second);
        await room.EventAsync(first);
        Assert.Equal([LabOutcome.Partial], (await room.ResultsAsync()).Select(result => result.Outcome));

        var (third, gone) = Edited(last, "pass on hv-lab-02, backups ok");
        await room.EventAsync(Deletion(gone));
        await room.EventAsync(third);
        Assert.Empty(await room.ResultsAsync());

        static (JsonObject Edit, JsonObject After) Edited(JsonObject before, string text)
        {
            var edit = Edit(before, text);
            var after = (JsonObject)before.DeepClone();
            (after["text"], after["edited"]) = (text, edit["message"]!["edited"]!.DeepClone());
            return (edit, after);
        }
    }

    [Fact]
    public async Task Given_a_deletion_that_comes_before_its_message_then_the_message_does_not_count()
    {
        var (room, card) = await WithCardAsync();
        await using var _ = room;
        var message = Message(Erin.Id.ObjectId, Pass, thread: card);
        await room.EventAsync(Deletion(message));
        await room.EventAsync(message);
        Assert.Empty(await room.ResultsAsync());
    }
}
