using System.Text.Json;

namespace PatchBot.Cards.AdaptiveCards;

/// <summary>The top of a card: a band in its tone with the title and the badges.</summary>
internal static class AdaptiveHead
{
    private const int LongestBadge = 60;

    public static void Write(Utf8JsonWriter json, ChatCard card, Shortening step)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Container"u8);
        json.WriteString("style"u8, AdaptiveWords.Ground(card.Tone));
        json.WriteBoolean("bleed"u8, true);
        json.WriteStartArray("items"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "TextBlock"u8);
        json.WriteString("text"u8, AdaptiveText.Line(card.Title, step.Title));
        json.WriteString("style"u8, "heading"u8);
        json.WriteString("size"u8, "medium"u8);
        json.WriteString("weight"u8, "bolder"u8);
        json.WriteBoolean("wrap"u8, true);
        json.WriteEndObject();
        WriteBadges(json, [.. card.Badges.Take(step.Listed)]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A client without badges draws the first one's fallback, a line that holds them all, and drops the rest: side by side
    // in a row that wraps, which neither columns nor single fallbacks would give.
    private static void WriteBadges(Utf8JsonWriter json, IReadOnlyList<CardBadge> badges)
    {
        if (badges.Count == 0)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("type"u8, "Container"u8);
        json.WriteString("spacing"u8, "small"u8);
        json.WriteStartArray("layouts"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "Layout.Flow"u8);
        json.WriteString("columnSpacing"u8, "small"u8);
        json.WriteString("rowSpacing"u8, "small"u8);
        json.WriteString("horizontalItemsAlignment"u8, "left"u8);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("items"u8);
        foreach (var (index, badge) in badges.Index())
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "Badge"u8);
            json.WriteString("text"u8, AdaptiveText.Line(badge.Text, LongestBadge));
            json.WriteString("style"u8, AdaptiveWords.Badge(badge.Tone));
            json.WriteString("appearance"u8, badge.Tone == Tone.Danger ? "filled"u8 : "tint"u8);
            json.WriteString("shape"u8, "rounded"u8);
            json.WriteString("size"u8, "large"u8);
            if (index > 0)
            {
                json.WriteString("fallback"u8, "drop"u8);
            }
            else
            {
                WriteFallback(json, badges);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFallback(Utf8JsonWriter json, IReadOnlyList<CardBadge> badges)
    {
        json.WriteStartObject("fallback"u8);
        json.WriteString("type"u8, "RichTextBlock"u8);
        json.WriteStartArray("inlines"u8);
        foreach (var (index, badge) in badges.Index())
        {
            if (index > 0)
            {
                AdaptiveRuns.WriteRun(json, "  ·  ", new Look(Subtle: true));
            }

            AdaptiveRuns.WriteRun(json, AdaptiveText.Line(badge.Text, LongestBadge), new Look(Strong: true));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
