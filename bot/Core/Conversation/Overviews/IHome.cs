using PatchBot.Cards;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Core.Conversation.Overviews;

/// <summary>A page for one person alone, where a platform has room for one.</summary>
public interface IHome
{
    /// <summary>What waits for the person, the windows that come, and what they reported last; read in one state.</summary>
    /// <exception cref="RecordUnavailableException">The database could not be read.</exception>
    Task<ChatCard> DrawAsync(Person person, CancellationToken cancellationToken);
}
