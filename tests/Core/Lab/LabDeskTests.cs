using Microsoft.Extensions.Time.Testing;
using PatchBot.Cards;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Core.People;
using PatchBot.Core.People.Links;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Lab;

public sealed class LabDeskTests
{
    private static readonly PatchId Patch = new("KB5032196");
    private static readonly ChannelRef Channel = new("webchat", "patches");

    private readonly MemoryLab record = new();
    private readonly LabDesk desk;

    public LabDeskTests() => desk = new LabDesk(record, new FakeTimeProvider(Some.Noon));

    [Fact]
    public async Task Given_a_clear_reply_then_it_is_recorded_audited_and_echoed_in_the_thread()
    {
        var recorded = Assert.IsType<LabRecorded>(await Say("m1", "pass on hv-lab-02, backups ok"));
        Assert.Equal([Patch], recorded.Affected);
        Assert.Equal("hv-lab-02 pass", await Digest());
        Assert.Equal((LabReportCard.SubjectOf(recorded.Report.Id), "root"), Assert.Single(record.Wanted));
        var audited = Assert.Single(record.Audited);
        Assert.Equal(("lab.reported", "patch/KB5032196", "webchat:patches/m1"), (audited.Action, audited.Subject, audited.Origin));

        var card = await Card(recorded.Report.Id);
        Assert.Equal("Recorded: pass on hv-lab-02 for KB5032196 by Erin Engineer.", card.Summary);
        Assert.Equal(["lab.change/1", "lab.undo/1"], card.Actions.OfType<PressAction>().Select(action => action.Id));
    }

    [Fact]
    public async Task Given_an_unclear_reply_then_nothing_is_recorded_and_the_form_is_offered()
    {
        var asked = Assert.IsType<LabAsked>(await Say("m1", "should be fine on lab2"));
        var form = Assert.IsType<FormAction>(asked.Card.Actions[0]).Form;
        Assert.Equal(["pass", "lab2", "should be fine on lab2"], form.Inputs.Select(input => input.Value));
        Assert.StartsWith("I did not record anything", asked.Card.Summary, StringComparison.Ordinal);
        Assert.All(asked.Card.Actions.OfType<FormAction>(), action => Assert.Equal("lab.report/KB5032196", action.Form.Id));
        Assert.Equal("", await Digest());
    }

    [Fact]
    public async Task Given_someone_who_is_no_engineer_then_a_result_is_refused_and_chatter_is_left_alone()
    {
        Assert.Contains("Only engineers", Assert.IsType<LabRefused>(await Say("m1", "pass on lab2", Some.Outsider)).Text, StringComparison.Ordinal);
        Assert.IsType<LabSilent>(await Say("m2", "should be fine", Some.Outsider));
        Assert.IsType<LabRefused>(await desk.ReportFormAsync(record, Ref("p1"), "root", Some.Outsider, Patch, Form("pass"), Some.Token));
        Assert.Equal("", await Digest());
    }

    [Fact]
    public async Task Given_an_edit_to_another_outcome_then_the_new_one_replaces_the_old()
    {
        await Say("m1", "pass on lab2");
        Assert.Equal([Patch], Assert.IsType<LabRecorded>(await Edit("m1", "fail on lab2")).Affected);
        Assert.Equal("lab2 fail", await Digest());
        Assert.Equal(LabResultState.Replaced, Assert.Single(await record.ResultsOfAsync(1, Some.Token)).State);
        Assert.Empty((await Card(1)).Actions);
    }

    [Fact]
    public async Task Given_an_edit_that_changes_no_result_then_nothing_happens()
    {
        await Say("m1", "pass on lab2");
        Assert.IsType<LabSilent>(await Edit("m1", "Passed on lab2"));
        Assert.Single(record.Audited);
    }

    [Fact]
    public async Task Given_an_edit_that_makes_it_unclear_then_the_result_is_withdrawn_and_asked_about()
    {
        await Say("m1", "pass on lab2");
        Assert.Equal([Patch], Assert.IsType<LabAsked>(await Edit("m1", "probably a pass on lab2")).Affected);
        Assert.Equal("", await Digest());
    }

    [Fact]
    public async Task Given_an_undone_report_when_its_message_is_edited_without_new_outcome_then_it_stays_undone()
    {
        await Say("m1", "pass on lab2");
        await desk.UndoAsync(record, 1, Some.Engineer, Some.Token);
        Assert.IsType<LabSilent>(await Edit("m1", "Pass on lab2!"));
        Assert.Equal("", await Digest());
    }

    [Fact]
    public async Task Given_a_deleted_message_then_its_results_are_withdrawn_once()
    {
        await Say("m1", "pass on lab2");
        Assert.IsType<LabEnded>(await desk.DeletedAsync(record, Ref("m1"), Some.Engineer, Some.Token));
        Assert.IsType<LabSilent>(await desk.DeletedAsync(record, Ref("m1"), Some.Engineer, Some.Token));
        Assert.Equal("", await Digest());
    }

    [Fact]
    public async Task Given_a_double_click_on_undo_then_the_second_says_that_nothing_changed()
    {
        await Say("m1", "pass on lab2");
        Assert.IsType<LabEnded>(await desk.UndoAsync(record, 1, Some.Engineer, Some.Token));
        Assert.Contains("already undone", Assert.IsType<LabRefused>(await desk.UndoAsync(record, 1, Some.Engineer, Some.Token)).Text, StringComparison.Ordinal);
        Assert.Equal("Undone: pass on lab2 for KB5032196 by Erin Engineer.", (await Card(1)).Summary);
    }

    [Fact]
    public async Task Given_another_person_then_undo_and_change_are_refused_but_not_to_an_admin()
    {
        await Say("m1", "pass on lab2");
        Assert.IsType<LabRefused>(await desk.UndoAsync(record, 1, Some.Outsider, Some.Token));
        Assert.IsType<LabRefused>(await desk.ChangeFormAsync(record, 1, Some.Outsider, Some.Token));
        Assert.IsType<LabEnded>(await desk.UndoAsync(record, 1, Some.Manager, Some.Token));
    }

    [Fact]
    public async Task Given_the_reporters_other_identity_then_it_may_change_and_undo_the_report_while_they_are_linked()
    {
        await Say("m1", "pass on lab2");
        foreach (var person in (Person[])[Some.Engineer, Some.EngineerOnSlack])
        {
            await record.Links.SaveAsync(new IdentityLink(person, "human:erin", Some.Noon, person.Id), Some.Token);
        }

        Assert.IsType<LabFormOffered>(await desk.ChangeFormAsync(record, 1, Some.EngineerOnSlack, Some.Token));
        await record.Links.RemoveAsync(Some.EngineerOnSlack.Id, Some.Token);
        Assert.IsType<LabRefused>(await desk.UndoAsync(record, 1, Some.EngineerOnSlack, Some.Token));
    }

    [Fact]
    public async Task Given_a_change_then_the_form_holds_what_was_recorded_and_a_new_report_replaces_it()
    {
        await Say("m1", "pass on lab2");
        var form = Assert.IsType<LabFormOffered>(await desk.ChangeFormAsync(record, 1, Some.Engineer, Some.Token)).Form;
        Assert.Equal(("lab.save/1", "pass", "lab2"), (form.Id, form.Inputs[0].Value, form.Inputs[1].Value));

        Assert.IsType<LabRecorded>(await desk.ChangeAsync(record, 1, Some.Engineer, Form("fail", "lab2", "VPN drops"), Some.Token));
        Assert.Equal("lab2 fail", await Digest());
        Assert.IsType<LabRefused>(await desk.ChangeAsync(record, 1, Some.Engineer, Form("fail", "lab2", "VPN drops"), Some.Token));
    }

    [Fact]
    public async Task Given_a_report_of_several_results_then_its_text_is_what_is_changed()
    {
        await Say("m1", "lab1 pass, lab2 fail");
        var form = Assert.IsType<LabFormOffered>(await desk.ChangeFormAsync(record, 1, Some.Engineer, Some.Token)).Form;
        Assert.Equal("lab1 pass, lab2 fail", Assert.Single(form.Inputs).Value);
        Assert.IsType<LabRefused>(await desk.ChangeAsync(record, 1, Some.Engineer, new Dictionary<string, string> { ["text"] = "hm" }, Some.Token));
        Assert.Equal("lab1 pass; lab2 fail", await Digest());
        Assert.IsType<LabRecorded>(await desk.ChangeAsync(record, 1, Some.Engineer, new Dictionary<string, string> { ["text"] = "lab1 pass, lab2 pass" }, Some.Token));
        Assert.Equal("lab1 pass; lab2 pass", await Digest());
    }

    [Fact]
    public async Task Given_a_form_with_faults_then_each_field_gets_a_sentence_and_nothing_is_recorded()
    {
        var refused = Assert.IsType<LabRefused>(await desk.ReportFormAsync(
            record, Ref("p1"), "root", Some.Engineer, Patch, Form("great", new string('h', 101), new string('n', 1_001)), Some.Token));
        Assert.Equal(
            "Nothing was recorded. Outcome: choose pass, fail, blocked or partial. Host: one line of at most 100 characters; this has 101. "
            + "Note: at most 1,000 characters; this has 1,001.", refused.Text);
        Assert.IsType<LabRecorded>(await desk.ReportFormAsync(record, Ref("p2"), "root", Some.Engineer, Patch, Form("pass", "lab2"), Some.Token));
        Assert.IsType<LabRefused>(await desk.ReportFormAsync(record, Ref("p3"), "root", Some.Engineer, new PatchId("KB1234567"), Form("pass", "lab2"), Some.Token));
    }

    [Theory]
    [InlineData("lab.undo/17", true)]
    [InlineData("lab.undo/-1", false)]
    [InlineData("lab.undo/99999999999999999999", false)]
    [InlineData("lab.report/KB5032196", false)]
    public void Given_an_action_id_then_only_well_formed_ones_name_a_report(string action, bool expected) =>
        Assert.Equal(expected, LabActions.TryReport(action, out _));

    private static MessageRef Ref(string message) => new(Channel, message);

    private static Dictionary<string, string> Form(string outcome, string host = "", string note = "") =>
        new() { ["outcome"] = outcome, ["host"] = host, ["note"] = note };

    private async Task<LabAnswer> Say(string message, string text, Person? by = null, DateTimeOffset? writtenAt = null) => await desk.ReportAsync(
        record, Ref(message), "root", by ?? Some.Engineer, text, Patch, await LabDesk.ReadAsync(record, text, Patch, Some.Token), writtenAt, Some.Token);

    private async Task<LabAnswer> Edit(string message, string text) => await desk.EditedAsync(
        record, Ref(message), "root", Some.Engineer, text, Patch, await LabDesk.ReadAsync(record, text, Patch, Some.Token), editedAt: null, Some.Token);

    private async Task<string> Digest() => LabStatus.Of(await record.StandingAsync([Patch], Some.Token), Humans.Unlinked).Digest;

    private async Task<ChatCard> Card(long report) => (await new LabReportCard().DrawAsync(record, LabReportCard.SubjectOf(report), Channel, Some.Token))!;
}
