using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PatchBot.Benchmarks.Load;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Benchmarks.Presses;

/// <summary>A call as Slack makes it, signed beforehand: it is good for five minutes.</summary>
internal sealed record SignedCall(byte[] Body, string Time, string Signature);

/// <summary>Presses and sent forms as Slack delivers them, each a delivery of its own, with the whole message around the button.</summary>
/// <param name="answers">Where the bot is to answer a press.</param>
internal sealed class PressBodies(string secret, string answers)
{
    public const string Team = "T01BENCH", Engineer = "U01ERIN", Manager = "U02MAX", Outsider = "U03OTTO", Channel = "C01OPS";

    private static readonly object Blocks = Enumerable.Range(0, 12)
        .Select(n => new { type = "rich_text", block_id = $"b{n}", elements = new[] { new { type = "rich_text_section", elements = new[] { new { type = "text", text = $"What has to be known of a patch before it is approved, line {n}." } } } } });

    private int pressed;
    private int reported;

    /// <summary>Results of seven hosts in turn; each host says something else than the last time, so that each changes what an approval would be bound to.</summary>
    public List<SignedCall> Labs(int count) => LoadSize.Many(count, _ =>
    {
        var (patch, round) = (reported % LoadSize.Patches, reported++ / LoadSize.Patches);
        return Form(Engineer, $"lab.report/{MadeUpMonth.Kb(patch)}", new Dictionary<string, object>
        {
            ["in.outcome"] = new { value = new { type = "radio_buttons", selected_option = new { value = round % 2 == 0 ? "pass" : "partial" } } },
            ["in.host"] = new { value = new { type = "plain_text_input", value = $"hv-lab-{(patch + round) % 7:00}" } },
            ["in.note"] = new { value = new { type = "plain_text_input", value = "backups ok" } },
        });
    });

    public SignedCall Withdraw(string person, string action) => Form(
        person, action, new Dictionary<string, object> { ["in.reason"] = new { value = new { type = "plain_text_input", value = "storage migration" } } });

    /// <param name="action">Of the button.</param>
    public SignedCall Press(string person, string action) => Sign(new
    {
        type = "block_actions", api_app_id = "A01APP", team = new { id = Team, domain = "bench" }, enterprise = (object?)null, is_enterprise_install = false,
        user = Person(person),
        container = new { type = "message", message_ts = "1795358994.000018", channel_id = Channel, is_ephemeral = false },
        trigger_id = NextTrigger(), channel = new { id = Channel, name = "ops" },
        message = new { type = "message", ts = "1795358994.000018", user = "U0BOT", bot_id = "B0BOT", app_id = "A01APP", text = "A patch", blocks = Blocks },
        state = new { values = new { } }, response_url = answers,
        actions = new[] { new { type = "button", action_id = "patchbot/press/0", block_id = "acts", value = JsonSerializer.Serialize(new { action }), action_ts = "1795358995.123456" } },
    });

    private SignedCall Form(string person, string form, Dictionary<string, object> values) => Sign(new
    {
        type = "view_submission", api_app_id = "A01APP", team = new { id = Team, domain = "bench" }, user = Person(person), trigger_id = NextTrigger(),
        view = new
        {
            id = "V01", type = "modal", callback_id = "patchbot/form", hash = "156772938.1827394", blocks = Blocks,
            private_metadata = JsonSerializer.Serialize(new { form, channel = Channel, kind = "Channel", message = "1795358994.000018" }),
            state = new { values },
        },
        response_urls = Array.Empty<string>(),
    });

    private static object Person(string id) => new { id, username = "someone", name = "someone", team_id = Team };

    private string NextTrigger() => $"13345224609.738474920.{++pressed:x}";

    private SignedCall Sign(object payload)
    {
        var body = Encoding.UTF8.GetBytes($"payload={Uri.EscapeDataString(JsonSerializer.Serialize(payload))}");
        var time = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}";
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{time}:"), .. body];
        return new SignedCall(body, time, $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}");
    }
}
