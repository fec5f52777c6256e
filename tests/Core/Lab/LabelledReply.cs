using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using PatchBot.Core.Lab;
using PatchBot.Core.Patches;
using PatchBot.Tests.Support;

namespace PatchBot.Tests.Core.Lab;

public sealed record LabelledResult(string Patch, string Outcome, string Host);

/// <summary>A reply and how it should be read; "results", "ask" or "none".</summary>
public sealed record LabelledReply(string Text, string? ThreadPatch, IReadOnlyList<string> Known, string Kind, HashSet<LabelledResult> Results)
{
    public static IReadOnlyList<LabelledReply> Own([CallerFilePath] string here = "") =>
    [
        .. Directory.GetFiles(Path.Combine(Path.GetDirectoryName(here)!, "Fixtures"), "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(reply => Of(reply, reply.GetProperty("thread"), reply.GetProperty("others"), reply)),
    ];

    public static IReadOnlyList<LabelledReply> Shared()
    {
        using var content = SharedData.Open("replies/dev.jsonl");
        return
        [
            .. Encoding.UTF8.GetString(content.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Select(reply => Of(
                    reply, reply.GetProperty("context").GetProperty("threadPatch"), reply.GetProperty("context").GetProperty("others"), reply.GetProperty("expect"))),
        ];
    }

    public (string Kind, HashSet<LabelledResult> Results) Read()
    {
        var known = LabReplyReader.Mentions(Text)
            .Select(name => (name, Id: Known.FirstOrDefault(id => id.Equals(name, StringComparison.OrdinalIgnoreCase))))
            .Where(found => found.Id is not null)
            .ToDictionary(found => found.name, found => new PatchId(found.Id!));
        return LabReplyReader.Read(Text, ThreadPatch is null ? null : new PatchId(ThreadPatch), known) switch
        {
            ResultsReading read => ("results", [.. read.Results.Select(one => new LabelledResult(one.Patch.Value, LabWords.Of(one.Outcome), one.Host))]),
            AskReading => ("ask", []),
            _ => ("none", []),
        };
    }

    private static LabelledReply Of(JsonElement reply, JsonElement thread, JsonElement others, JsonElement label) => new(
        reply.GetProperty("text").GetString()!,
        thread.GetString(),
        [.. others.EnumerateArray().Append(thread).Select(id => id.GetString()).OfType<string>()],
        label.GetProperty("kind").GetString()!,
        [
            .. from result in label.GetProperty("results").EnumerateArray()
               from host in result.GetProperty("hosts").EnumerateArray().Select(host => host.GetString()!).DefaultIfEmpty("")
               select new LabelledResult(result.GetProperty("patch").GetString()!, result.GetProperty("outcome").GetString()!, host),
        ]);
}
