using System.Text;
using System.Text.Json;
using PatchBot.Benchmarks.Load;
using PatchBot.Tests.EndToEnd.Support;

namespace PatchBot.Benchmarks.Invokes;

/// <summary>Calls as Teams makes them when someone presses a button or sends a form, each a delivery of its own.</summary>
/// <param name="service">Where the bot is to call back.</param>
internal sealed class InvokeBodies(string service)
{
    private int pressed;
    private int reported;

    /// <summary>Results of seven hosts in turn; each host says something else than the last time, so that each changes what an approval would be bound to.</summary>
    public List<byte[]> Labs(int count) => LoadSize.Many(count, _ =>
    {
        var (patch, round) = (reported % LoadSize.Patches, reported++ / LoadSize.Patches);
        return Body(
            ServedBot.Engineer, $"lab.report/{MadeUpMonth.Kb(patch)}", "patchbot.submit",
            new() { ["in.outcome"] = round % 2 == 0 ? "pass" : "partial", ["in.host"] = $"hv-lab-{(patch + round) % 7:00}", ["in.note"] = "backups ok" });
    });

    public byte[] Press(string person, string action) => Body(person, action, "patchbot.press", []);

    public byte[] Withdraw(string person, string action) => Body(person, action, "patchbot.submit", new() { ["in.reason"] = "storage migration" });

    private byte[] Body(string person, string action, string verb, Dictionary<string, object> data)
    {
        data["patchbot"] = new { action };
        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            type = "invoke", name = "adaptiveCard/action", id = $"f:{++pressed}", channelId = "msteams",
            serviceUrl = service,
            from = new { id = $"29:{person}", name = "Someone", aadObjectId = person },
            recipient = new { id = "28:bot", name = "PatchBot" },
            conversation = new { id = "19:ops@thread.tacv2;messageid=1700000000000", conversationType = "channel", tenantId = ServedBot.Tenant },
            channelData = new { tenant = new { id = ServedBot.Tenant }, team = new { id = "19:general@thread.tacv2" } },
            replyToId = "1700000000000",
            value = new { action = new { type = "Action.Execute", verb, data }, trigger = "manual" },
        }));
    }
}
