using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.WebChat.Api;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;

namespace PatchBot.Adapters.WebChat;

/// <summary>The channels and people of this web chat. People are picked, not proven: that is why it serves loopback only.</summary>
internal sealed class Room(IOptions<WebChatOptions> options)
{
    public IEnumerable<WebChatChannel> Channels => options.Value.Channels;

    public IReadOnlyList<ChannelRef> Refs { get; } = [.. options.Value.Channels.Select(channel => new ChannelRef(WebChatPlatform.PlatformName, channel.Id))];

    public IEnumerable<WebChatPerson> People => options.Value.People;

    public bool Has(ChannelRef channel) => channel.Platform == WebChatPlatform.PlatformName && Channels.Any(known => known.Id == channel.Id);

    public bool TryChannel(string id, out ChannelRef channel, [NotNullWhen(false)] out Refusal? refusal)
    {
        channel = new ChannelRef(WebChatPlatform.PlatformName, id);
        refusal = Has(channel) ? null : Refusal.NotFound($"There is no channel '{id}'. The channels are {List(Channels.Select(known => known.Id))}.");
        return refusal is null;
    }

    public bool TryPerson(string? id, [NotNullWhen(true)] out Person? person, [NotNullWhen(false)] out Refusal? refusal)
    {
        var found = People.FirstOrDefault(known => known.Id == id);
        person = found is null ? null : new Person(IdOf(found.Id), found.Name);
        refusal = found is not null
            ? null
            : Refusal.BadField("user", $"'user' must be one of {List(People.Select(known => known.Id))}{(id is null ? "" : $"; '{id}' is not")}.");
        return refusal is null;
    }

    public static PersonId IdOf(string person) => PersonId.Of(WebChatPlatform.PlatformName, "local", person);

    private static string List(IEnumerable<string> ids) => string.Join(", ", ids);
}
