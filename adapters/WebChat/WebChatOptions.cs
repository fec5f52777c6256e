using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.WebChat;

/// <summary>The web chat that the bot serves itself. Bound from the section <c>WebChat</c>.</summary>
public sealed class WebChatOptions : IValidatableObject
{
    public const string Section = "WebChat";

    /// <summary>The platform's name in channel and person ids.</summary>
    public const string Platform = "webchat";

    /// <summary>On or off; when not set, it is on while no other chat platform is configured.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Serves callers from other machines too. Anybody who reaches the page can act as anybody in it.</summary>
    public bool AllowRemote { get; set; }

    /// <summary>Host names besides <c>localhost</c> by which the page may be called; addresses need no entry.</summary>
    public IList<string> Hosts { get; init; } = [];

    /// <summary>Empty: <c>patching</c> and <c>announcements</c>.</summary>
    [ValidateEnumeratedItems]
    public IList<WebChatChannel> Channels { get; init; } = [];

    /// <summary>Who one can be. Empty: <c>engineer</c>, <c>manager</c>, <c>admin</c> and <c>outsider</c>.</summary>
    [ValidateEnumeratedItems]
    public IList<WebChatPerson> People { get; init; } = [];

    public bool IsOn(bool otherPlatformConfigured) => Enabled ?? !otherPlatformConfigured;

    /// <summary>The channels as the delivery worker knows them.</summary>
    public IEnumerable<Channel> ActiveChannels() =>
        Channels.Select(channel => new Channel(new ChannelRef(WebChatPlatform.PlatformName, channel.Id), channel.Name, ChannelState.Active));

    // Configuration adds to a list that has entries, so the defaults come after it.
    public void FillDefaults()
    {
        if (Channels.Count == 0)
        {
            Channels.Add(new() { Id = "patching", Name = "Patching" });
            Channels.Add(new() { Id = "announcements", Name = "Announcements" });
        }

        if (People.Count == 0)
        {
            People.Add(new() { Id = "engineer", Name = "Erin Engineer", Role = "Tests patches in the lab" });
            People.Add(new() { Id = "manager", Name = "Max Manager", Role = "Approves maintenance windows" });
            People.Add(new() { Id = "admin", Name = "Ada Admin", Role = "Runs PatchBot" });
            People.Add(new() { Id = "outsider", Name = "Otto Outsider", Role = "Reads, holds no role" });
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Twice(Channels.Select(channel => channel.Id), nameof(Channels)).Concat(Twice(People.Select(person => person.Id), nameof(People)));

    private static IEnumerable<ValidationResult> Twice(IEnumerable<string> ids, string list) => ids
        .GroupBy(id => id).Where(same => same.Count() > 1)
        .Select(same => new ValidationResult($"{Section}:{list} has the id '{same.Key}' more than once; give each its own.", [list]));
}

public sealed class WebChatChannel
{
    /// <summary>Stands in addresses: lower-case letters, digits, hyphens.</summary>
    [Required, RegularExpression("[a-z0-9][a-z0-9-]{0,39}")]
    public string Id { get; set; } = "";

    [Required, StringLength(60)]
    public string Name { get; set; } = "";
}

public sealed class WebChatPerson
{
    /// <summary>The last part of the person's id, <c>webchat:local:{id}</c>: lower-case letters, digits, hyphens.</summary>
    [Required, RegularExpression("(?!patchbot$)[a-z0-9][a-z0-9-]{0,39}")]
    public string Id { get; set; } = "";

    [Required, StringLength(60)]
    public string Name { get; set; } = "";

    /// <summary>What the person does, for the page only; it grants nothing.</summary>
    [StringLength(80)]
    public string Role { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class WebChatOptionsValidator : IValidateOptions<WebChatOptions>;
