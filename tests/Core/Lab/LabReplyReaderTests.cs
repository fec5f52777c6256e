using System.Text.Json;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Lab;

public sealed class LabReplyReaderTests(ITestOutputHelper output)
{
    private static readonly PatchId Thread = new("KB5032196");

    [Fact]
    public void Given_our_own_labelled_replies_then_each_is_read_as_labelled() => Assert.Empty(LabelledReply.Own().Select(Fault).OfType<string>());

    [Fact]
    public void Given_the_shared_labelled_replies_then_no_pass_is_invented_and_nearly_all_are_read_as_labelled()
    {
        var replies = LabelledReply.Shared();
        var confusion = new SortedDictionary<string, int>();
        var wrongPasses = new List<string>();
        var right = 0;
        foreach (var reply in replies)
        {
            var (kind, results) = reply.Read();
            var same = Fault(reply) is null;
            right += same ? 1 : 0;
            var cell = $"{reply.Kind} read as {kind}{(same ? "" : kind == reply.Kind ? ", other results" : "")}";
            confusion[cell] = confusion.GetValueOrDefault(cell) + 1;
            wrongPasses.AddRange(results.Where(result => result.Outcome == "pass" && !reply.Results.Contains(result)).Select(_ => reply.Text));
        }

        output.WriteLine(string.Join('\n', confusion.Select(cell => $"{cell.Value,4}  {cell.Key}")));
        Assert.Empty(wrongPasses);
        Assert.True(right >= replies.Count * 0.99, $"{right} of {replies.Count} replies are read as labelled.");
    }

    [Theory]
    [InlineData("<")]
    [InlineData("`")]
    [InlineData("~a")]
    [InlineData("<blockquote>")]
    [InlineData("not ")]
    [InlineData("a-")]
    [InlineData("KB503")]
    [InlineData("1/")]
    [InlineData("*_")]
    [InlineData("lab1 pass\n")]
    [InlineData("合")]
    [InlineData("no test ")]
    [InlineData("pass lab1, ")]
    [InlineData("that did not pass and ")]
    [InlineData("[ ] ")]
    [InlineData("lab1..lab50 ")]
    [InlineData("lab1, 2, ")]
    [InlineData("a1-a1-")]
    [InlineData("lab1:\nKB5032196 ok\n")]
    public void Given_the_longest_message_of_hostile_repetition_then_it_is_read_all_the_same(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 16_000 / part.Length));
        _ = LabReplyReader.Mentions(text);
        Assert.NotNull(LabReplyReader.Read(text, Thread, new Dictionary<string, PatchId>()));
    }

    [Theory]
    [InlineData("pass ", 300)]
    [InlineData("lab1 pass\n", 600)]
    public void Given_more_words_or_clauses_than_any_report_has_then_it_is_asked_about(string part, int times) =>
        Assert.Equal(LabDoubt.TooLong, Ask(string.Concat(Enumerable.Repeat(part, times))).Doubt);

    [Theory]
    [InlineData("pass on lab2, printers toasty", "toasty")]
    [InlineData("pass on lab2, the spooler is not happy", "is not")]
    [InlineData("pass on lab2 (in a way)", "way")]
    public void Given_a_word_beside_a_pass_that_may_take_it_back_then_the_question_names_it(string text, string word)
    {
        var ask = Ask(text);
        Assert.Equal(LabDoubt.NotUnderstood, ask.Doubt);
        Assert.Contains($"\"{word}\"", ask.Question, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lab1-3 ok", "lab1-3")]
    [InlineData("fail on lab[1-3]", "lab[1-3]")]
    [InlineData("lab 1 passed, lab 2 failed", "lab 1")]
    [InlineData("lab1..lab900 ok", "lab1..lab900")]
    [InlineData("lab1 tomorrow:\nKB5032196 ok\nKB5031364 failed", "lab1")]
    public void Given_machines_or_a_heading_that_leave_open_which_are_meant_then_nothing_is_recorded_and_the_question_quotes_them(string text, string hosts)
    {
        var ask = Ask(text, "KB5031364");
        Assert.Equal(LabDoubt.HostsUnclear, ask.Doubt);
        Assert.Contains($"\"{hosts}\"", ask.Question, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_message_longer_than_platforms_allow_then_it_is_asked_about()
    {
        var text = "pass on lab1 " + new string('x', 50_000);
        Assert.Empty(LabReplyReader.Mentions(text));
        Assert.Equal(LabDoubt.TooLong, Assert.IsType<AskReading>(LabReplyReader.Read(text, Thread, new Dictionary<string, PatchId>())).Doubt);
    }

    [Fact]
    public void Given_lone_surrogates_and_broken_markup_then_reading_does_not_fail()
    {
        foreach (var text in (string[])["\ud83d", "pass \udc00", "<at", "<emoji alt=\"", "&#xFFFFFFFF; pass", "```", "`", "\uE000lab1", "<>", "|", "~", "</s>pass"])
        {
            Assert.NotNull(LabReplyReader.Read(text, Thread, new Dictionary<string, PatchId>()));
        }
    }

    [Theory]
    [InlineData("kb 5032196 and KB-5032198", "KB5032196,KB5032198")]
    [InlineData("5032196 works", "KB5032196")]
    [InlineData("rhsa-2024:1249, usn 6502-1, CVE-2023-36025", "RHSA-2024:1249,USN-6502-1")]
    [InlineData("> KB5032196 was asked about", "")]
    public void Given_spellings_of_patch_ids_then_mentions_are_spelled_as_by_their_vendors(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', LabReplyReader.Mentions(text)));

    [Fact]
    public void Given_an_unknown_patch_then_the_question_names_it()
    {
        var ask = Assert.IsType<AskReading>(LabReplyReader.Read("KB5099998 passed on lab2", Thread, new Dictionary<string, PatchId>()));
        Assert.Equal(LabDoubt.UnknownPatch, ask.Doubt);
        Assert.Contains("KB5099998", ask.Question, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_more_words_than_the_outcome_then_they_are_the_note()
    {
        var read = Assert.IsType<ResultsReading>(LabReplyReader.Read("pass on hv-lab-02, backups ok", Thread, new Dictionary<string, PatchId>()));
        Assert.Equal(new ReportedResult(Thread, LabOutcome.Pass, "hv-lab-02", "pass on hv-lab-02, backups ok"), Assert.Single(read.Results));
        read = Assert.IsType<ResultsReading>(LabReplyReader.Read("pass on hv-lab-02", Thread, new Dictionary<string, PatchId>()));
        Assert.Equal("", Assert.Single(read.Results).Note);
    }

    private static AskReading Ask(string text, params string[] known) =>
        Assert.IsType<AskReading>(LabReplyReader.Read(text, Thread, known.ToDictionary(name => name, name => new PatchId(name))));

    private static string? Fault(LabelledReply reply)
    {
        var (kind, results) = reply.Read();
        return kind == reply.Kind && results.SetEquals(reply.Results) ? null
            : $"{JsonSerializer.Serialize(reply.Text)}: labelled {reply.Kind} {string.Join(", ", reply.Results)}, read as {kind} {string.Join(", ", results)}";
    }
}
