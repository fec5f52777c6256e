using System.Text.Json;

namespace PatchBot.Cards.BlockKit;

/// <summary>
/// The list of blocks that is being written: counts them, and ends a <c>rich_text</c> block before another one begins. Each
/// paragraph is a block of its own, which keeps the distance between them; what joins the one before goes into its block.
/// </summary>
internal sealed class BlockSheet(Utf8JsonWriter json, RichText rich)
{
    private Open open;
    private bool joins;

    /// <summary>What of a <c>rich_text</c> block is begun and not ended.</summary>
    private enum Open
    {
        Nothing,
        Block,
        Section,
    }

    /// <summary>Blocks begun so far.</summary>
    public int Written { get; private set; }

    public void Header(string text)
    {
        Begin();
        PlainObject.WriteHeader(json, text);
    }

        public void Context(string text)
    {
        Begin();
        PlainObject.WriteContext(json, text);
    }

    /// <summary>A line across, from the second block on.</summary>
    public void Divider()
    {
        if (Written > 1)
        {
            Begin();
            json.WriteStartObject();
            json.WriteString("type"u8, "divider"u8);
            json.WriteEndObject();
        }
    }

    /// <summary>A block of buttons; the caller writes them and ends the array and the object.</summary>
    public void StartActions()
    {
        Begin();
        json.WriteStartObject();
        json.WriteString("type"u8, "actions"u8);
        json.WriteStartArray("elements"u8);
    }

    /// <summary>What is written next goes into the block that is open now.</summary>
    public void Join() => joins = open != Open.Nothing;

    /// <summary>For a list or a quote.</summary>
    public void OpenBlock()
    {
        EndSection();
        if (joins)
        {
            joins = false;
            return;
        }

        Begin();
        json.WriteStartObject();
        json.WriteString("type"u8, "rich_text"u8);
        json.WriteStartArray("elements"u8);
        open = Open.Block;
    }

    /// <summary>For a paragraph, or for the next line of the one that is open.</summary>
    public void OpenSection()
    {
        if (joins && open == Open.Section)
        {
            joins = false;
            rich.Text("\n");
            return;
        }

        OpenBlock();
        rich.StartSection();
        open = Open.Section;
    }

    /// <summary>Ends what is open.</summary>
    public void End()
    {
        EndSection();
        if (open == Open.Block)
        {
            rich.End();
        }

        (open, joins) = (Open.Nothing, false);
    }

    private void EndSection()
    {
        if (open == Open.Section)
        {
            rich.End();
            open = Open.Block;
        }
    }

    private void Begin()
    {
        End();
        Written++;
    }
}
