using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Socket;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery;
using PatchBot.Core.People;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Install;

/// <summary>
/// Tells of what only people can mend: in the log, and each admin in the chat with the bot alone, on whichever platform that is
/// open. However many processes find out, each admin has one post of it.
/// </summary>
internal sealed partial class SlackAlarms(
    IRecord record, IOptions<PeopleOptions> people, Lazy<IDelivery> delivery, BackgroundTurns turns, TimeProvider clock, ILogger<SlackAlarms> logger) : ISocketAlarm
{
    private readonly IReadOnlyList<PersonId> admins = [.. people.Value.Admins.Distinct().Select(admin => new PersonId(admin))];

    void ISocketAlarm.Raise(string error) => turns.Run("an alarm about Slack", () => RaiseAsync(
        SlackAlarm.NoSocket(error), SlackRefusals.NoSocket(error), CancellationToken.None));

    /// <param name="alarm">One alarm is told once a day.</param>
    /// <param name="why">For the log; a sentence without a secret.</param>
    /// <exception cref="RecordUnavailableException">The log has it; no admin is told.</exception>
    public async Task RaiseAsync(SlackAlarm alarm, string why, CancellationToken cancellationToken)
    {
        LogAlarm(why);
        var subject = alarm.Subject(clock.GetUtcNow());
        var told = await record.WriteAsync(
            async (session, token) =>
            {
                var known = await session.Posts.OfSubjectAsync(subject, token);
                if (known.Count > 0)
                {
                    await session.Posts.RefreshAsync(subject, token);
                    return known.Count;
                }

                var chats = (await session.People.FindAsync(admins, token)).Select(admin => admin.Direct).OfType<ChannelRef>().Distinct().ToList();
                foreach (var chat in chats)
                {
                    await session.Posts.WantAsync(chat, subject, null, token);
                }

                return chats.Count;
            },
            cancellationToken);
        if (told == 0)
        {
            LogNotTold();
        }

        delivery.Value.Nudge();
    }

    [LoggerMessage(9325, LogLevel.Error, "{Why}")]
    private partial void LogAlarm(string why);

    [LoggerMessage(9326, LogLevel.Warning, "No admin has a chat with the bot yet, so that nobody was told of it in chat; see PatchBot doctor")]
    private partial void LogNotTold();
}

/// <summary>What is wrong, by name.</summary>
/// <param name="What">Such as <c>socket-invalid_auth</c> or <c>workspace-T0123</c>.</param>
internal sealed record SlackAlarm(string What)
{
    public static SlackAlarm NoSocket(string error) => new($"{AlarmCard.Socket}-{error}");

    public static SlackAlarm Unusable(string workspace) => new($"{AlarmCard.Workspace}-{workspace}");

    /// <summary>The token of the settings is refused.</summary>
    public static SlackAlarm Token(string workspace) => new($"{AlarmCard.Token}-{workspace}");

    public PostSubject Subject(DateTimeOffset at) =>
        PostSubject.Of(AlarmCard.SubjectKind, $"{What}-{at.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
}
