using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Slack.Inbound.Events;
using PatchBot.Adapters.Slack.Inbound.Interactions;
using PatchBot.Adapters.Slack.Install;
using PatchBot.Adapters.Slack.Protocol;
using PatchBot.Adapters.Wire;
using PatchBot.Cards.BlockKit;
using PatchBot.Core.Record;

namespace PatchBot.Adapters.Slack.Inbound;

/// <summary>
/// Sorts what Slack delivers. Slack waits three seconds; a turn that takes longer goes on by itself, and the kinds differ in
/// what Slack is told meanwhile.
/// <list type="bullet">
/// <item>An event is asked for again: better told twice, since its key lets it count once, than acknowledged and lost with
/// a commit that fails after all.</item>
/// <item>A press is acknowledged: Slack never delivers it again, and what came of it is told to the person either way.</item>
/// <item>A form is answered that it takes longer, a command with nothing; the answer follows.</item>
/// </list>
/// </summary>
internal sealed partial class SlackDeliveries(
    IWorkspaces workspaces,
    MessageTurns messages,
    ChannelTurns channels,
    InstallationTurns installations,
    HomeTab home,
    Presses presses,
    Submissions submissions,
    Shortcuts shortcuts,
    Commands commands,
    BackgroundTurns background,
    UnrecordedLog unrecorded,
    IOptions<SlackOptions> options,
    TimeProvider clock,
    ILogger<SlackDeliveries> logger) : ISlackDeliveries
{
    // Of the three seconds that Slack waits, the way there and back included.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private readonly SparingLog<string> sparing = new(clock);
    private readonly bool classic = options.Value.ClassicBlocks;

    public Task<Acknowledgement> EventAsync(ReadOnlyMemory<byte> envelope, int attempt, CancellationToken cancellationToken)
    {
        switch (WireJson.Read(envelope.Span, SlackJson.Default.Envelope))
        {
            case { Type: "event_callback", Event.Type.Length: > 0 } told:
                return background.WithinAsync(Patience, () => TakeAsync(told, attempt), Acknowledgement.Again);
            case { Type: "url_verification", Challenge: { } challenge }:
                return Task.FromResult(Challenged(challenge));
            case { Type: "app_rate_limited", TeamId: var team }:
                LogRateLimited(team);
                break;
            case null:
                LogUnreadable("event");
                break;
        }

        return Task.FromResult(Acknowledgement.Empty);
    }

    public async Task<Acknowledgement> InteractionAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => Drawn(await ActAsync(payload));

    public async Task<Acknowledgement> CommandAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken) =>
        Drawn(await commands.TakeAsync(fields, Patience));

    private Task<Acknowledgement> ActAsync(ReadOnlyMemory<byte> payload)
    {
        var told = WireJson.Read(payload.Span, SlackJson.Default.Interaction);
        switch (told?.Type)
        {
            case "block_actions":
                return background.WithinAsync(Patience, () => presses.TakeAsync(told), Acknowledgement.Empty);
            case "view_submission":
                return submissions.TakeAsync(told, Patience);
            case "shortcut" or "message_action":
                return background.WithinAsync(Patience, () => shortcuts.TakeAsync(told), Acknowledgement.Empty);
            case null:
                LogUnreadable("interaction");
                break;
        }

        return Task.FromResult(Acknowledgement.Empty);
    }

    private Acknowledgement Drawn(Acknowledgement answer) =>
        classic && !answer.Body.IsEmpty ? answer with { Body = ClassicBlocks.Of(answer.Body) } : answer;

    private async Task<Acknowledgement> TakeAsync(Envelope told, int attempt)
    {
        var installation = told.Authorizations is [{ } only, ..] ? only : null;
        var team = installation is { TeamId: { Length: > 0 } own } ? own : told.TeamId;
        var enterprise = installation?.EnterpriseId ?? told.EnterpriseId;
        try
        {
            if (await workspaces.OfAsync(team, enterprise, CancellationToken.None) is not { } workspace)
            {
                return await StrangeAsync(told, team, enterprise);
            }

            return await SortAsync(new Delivered(
                workspace, told.Event!, told.EventId ?? "", SlackIds.IsOne(team) ? team : workspace.Id, enterprise, told.IsExtSharedChannel == true, attempt));
        }
        catch (RecordUnavailableException fault)
        {
            unrecorded.Write("An event on Slack", told.EventId, fault);
            return Acknowledgement.Again;
        }
    }

    // Slack revokes the token and removes the app in any order; whose token cannot be used any more is still to be forgotten.
    private Task<Acknowledgement> StrangeAsync(Envelope told, string? team, string? enterprise)
    {
        if (told.Event!.Type == InstallationTurns.Uninstalled && (team ?? enterprise) is { } installation && SlackIds.IsOne(installation))
        {
            return installations.RemoveAsync(installation);
        }

        LogStranger(team, enterprise);
        return Task.FromResult(Acknowledgement.Empty);
    }

    private Task<Acknowledgement> SortAsync(Delivered delivered)
    {
        switch (delivered.Event.Type)
        {
            case "message" or "app_mention":
                return messages.TakeAsync(delivered);
            case "app_home_opened":
                home.Opened(delivered);
                break;
            default:
                if (ChannelTurns.IsOne(delivered))
                {
                    return channels.TakeAsync(delivered);
                }

                if (InstallationTurns.IsOne(delivered))
                {
                    return installations.TakeAsync(delivered);
                }

                break;
        }

        return Task.FromResult(Acknowledgement.Empty);
    }

    private static Acknowledgement Challenged(string challenge)
    {
        var body = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("challenge"u8, challenge);
        json.WriteEndObject();
        json.Flush();
        return new Acknowledgement(true, body.WrittenMemory);
    }

    private void LogUnreadable(string kind)
    {
        if (sparing.MayWrite(kind, out var silent))
        {
            LogUnreadable(kind, silent);
        }
    }

    private void LogRateLimited(string? team)
    {
        if (sparing.MayWrite($"limit of {team}", out var silent))
        {
            LogRateLimited(team, silent);
        }
    }

    private void LogStranger(string? team, string? enterprise)
    {
        if (sparing.MayWrite("stranger", out var silent))
        {
            LogStranger(team, enterprise, silent);
        }
    }

    [LoggerMessage(7242, LogLevel.Warning, "Slack dropped deliveries to workspace {Team}: more than its limit came up within a minute ({Silent} more since the last line)")]
    private partial void LogRateLimited(string? team, int silent);

    [LoggerMessage(7243, LogLevel.Warning, "An {Kind} of Slack's cannot be read and is left alone ({Silent} more since the last line)")]
    private partial void LogUnreadable(string kind, int silent);

    [LoggerMessage(7244, LogLevel.Warning, "A delivery is for workspace {Team} of organisation {Enterprise}, where the bot is not installed or may not be used ({Silent} more since the last line)")]
    private partial void LogStranger(string? team, string? enterprise, int silent);
}
