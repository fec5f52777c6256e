using System.Text;
using System.Text.Json.Nodes;

namespace PatchBot.Adapters.Slack.Manifest;

/// <summary>Writes a manifest's tree as YAML. Every JSON scalar is a YAML scalar too, so only the brackets go.</summary>
internal static class ManifestYaml
{
    public static string Write(JsonObject manifest)
    {
        var yaml = new StringBuilder();
        Members(yaml, manifest, "");
        return yaml.ToString();
    }

    private static void Members(StringBuilder yaml, JsonObject node, string indent)
    {
        var first = true;
        foreach (var (name, value) in node)
        {
            // The first member of a list's entry follows the dash.
            yaml.Append(first && yaml is [.., '-', ' '] ? "" : indent).Append(name).Append(':');
            Value(yaml, value!, indent + "  ");
            first = false;
        }
    }

    private static void Value(StringBuilder yaml, JsonNode value, string indent)
    {
        switch (value)
        {
            case JsonObject members:
                yaml.Append('\n');
                Members(yaml, members, indent);
                break;
            case JsonArray entries:
                yaml.Append('\n');
                foreach (var entry in entries)
                {
                    yaml.Append(indent).Append("- ");
                    if (entry is JsonObject members)
                    {
                        Members(yaml, members, indent + "  ");
                    }
                    else
                    {
                        yaml.Append(entry!.ToJsonString()).Append('\n');
                    }
                }

                break;
            default:
                yaml.Append(' ').Append(value.ToJsonString()).Append('\n');
                break;
        }
    }
}
