using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatchBot.Adapters.Teams.Protocol;
using PatchBot.Adapters.Teams.Trust;
using PatchBot.Adapters.Wire;
using PatchBot.Core.Delivery;

namespace PatchBot.Adapters.Teams.Outbound;

/// <inheritdoc cref="IConnector"/>
internal sealed class Connector : IConnector, IDisposable
{
    // Lists are asked for by people's doing or in the background: nobody holds a channel meanwhile.
    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(10);

    // Someone is waiting for the answer to a press.
    private static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(2);

    // More than the largest team has.
    private const int MostPages = 100;

    private readonly WireHttp http;
    private readonly ConnectorLine line;

    public Connector(IServiceTokens tokens, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<Connector> logger)
        : this(tokens, options, clock, logger, handler: null)
    {
    }

    /// <param name="longestCall">Another <see cref="ConnectorLine.LongestCall"/>.</param>
    internal Connector(
        IServiceTokens tokens,
        IOptions<TeamsOptions> options,
        TimeProvider clock,
        ILogger<Connector> logger,
        HttpMessageHandler? handler,
        TimeSpan? longestCall = null)
    {
        http = new WireHttp(clock, handler);
        line = new ConnectorLine(
            tokens, new ServiceHosts(options.Value), new ConnectorLimits(options.Value.RequestsPerSecond, clock), http, longestCall ?? ConnectorLine.LongestCall, clock, logger);
    }

    public void Dispose() => http.Dispose();

    public async Task<string?> SendAsync(
        ConversationAddress address, ConversationId conversation, OutboundMessage message, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (address.Kind == ConversationKind.Channel && conversation.Thread is null)
        {
            var created = await line.CallAsync(
                new ConnectorCall(HttpMethod.Post, address.ServiceUrl, address.TenantId, conversation.Channel, Operation.Create,
                    ConnectorCall.PathOf("conversations"), "a new thread")
                {
                    Body = ConnectorBody.NewThread(address, conversation.Channel, message),
                },
                patience,
                cancellationToken);
            var thread = Read(created);
            return thread?.ActivityId is { Length: > 0 } activity ? activity : ConversationId.Read(thread?.Id ?? "").Thread;
        }

        var sent = await line.CallAsync(
            On(HttpMethod.Post, address, conversation, "a message", ConnectorCall.PathOf("conversations", conversation.ToString(), "activities")) with
            {
                Body = ConnectorBody.Message(address, conversation, message),
            },
            patience,
            cancellationToken);
        return Read(sent)?.Id is { Length: > 0 } id ? id : null;
    }

    public Task UpdateAsync(
        ConversationAddress address, ConversationId conversation, string message, OutboundMessage content, TimeSpan patience, CancellationToken cancellationToken) =>
        line.CallAsync(
            On(HttpMethod.Put, address, conversation, $"the edit of {message}", PathOf(conversation, message)) with
            {
                Body = ConnectorBody.Message(address, conversation, content, id: message),
            },
            patience,
            cancellationToken);

    public Task DeleteAsync(
        ConversationAddress address, ConversationId conversation, string message, TimeSpan patience, CancellationToken cancellationToken) =>
        line.CallAsync(
            On(HttpMethod.Delete, address, conversation, $"the deletion of {message}", PathOf(conversation, message)), patience, cancellationToken, 404);

    public async Task<bool> WhisperAsync(
        ConversationAddress address, ConversationId conversation, string person, OutboundMessage message, CancellationToken cancellationToken)
    {
        var path = $"{ConnectorCall.PathOf("conversations", conversation.ToString(), "activities")}?isTargetedActivity=true";
        var answer = await line.CallAsync(
            On(HttpMethod.Post, address, conversation, "a message for one member", path) with
            {
                Body = ConnectorBody.Message(address, conversation, message, recipient: person),
            },
            TurnPatience,
            cancellationToken,
            400, 403, 404, 405, 501);
        return answer.IsSuccess;
    }

    public async Task<string?> OpenDirectAsync(PersonAddress person, CancellationToken cancellationToken)
    {
        var answer = await line.CallAsync(
            new ConnectorCall(HttpMethod.Post, person.ServiceUrl, person.TenantId, person.Id, Operation.Create,
                ConnectorCall.PathOf("conversations"), "the opening of a chat")
            {
                Body = ConnectorBody.Direct(person),
                ShowsOnce = true,
            },
            ListPatience,
            cancellationToken,
            403, 404);
        return answer.IsSuccess && Read(answer)?.Id is { Length: > 0 } id ? id : null;
    }

    public async IAsyncEnumerable<Member> MembersAsync(
        ConversationAddress address, ConversationId conversation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = $"{ConnectorCall.PathOf("conversations", conversation.Channel, "pagedmembers")}?pageSize=500";
        var next = "";
        for (var page = 0; page < MostPages; page++)
        {
            var call = new ConnectorCall(HttpMethod.Get, address.ServiceUrl, address.TenantId, conversation.Channel, Operation.Members,
                next.Length == 0 ? path : $"{path}&continuationToken={Uri.EscapeDataString(next)}", "a list of members");
            var answer = await line.CallAsync(call, ListPatience, cancellationToken);
            var members = WireJson.Read(answer.Body.Span, ConnectorShapes.Default.MembersAnswer);
            foreach (var member in (members?.Members ?? []).OfType<Member>())
            {
                yield return member;
            }

            if (members?.ContinuationToken is not { Length: > 0 } token || token == next)
            {
                yield break;
            }

            next = token;
        }
    }

    public async Task<IReadOnlyList<Named>> ChannelsAsync(ConversationAddress address, string teamId, CancellationToken cancellationToken)
    {
        var call = new ConnectorCall(HttpMethod.Get, address.ServiceUrl, address.TenantId, teamId, Operation.Channels,
            ConnectorCall.PathOf("teams", teamId, "conversations"), "a list of channels");
        var answer = await line.CallAsync(call, ListPatience, cancellationToken);
        return [.. (WireJson.Read(answer.Body.Span, ConnectorShapes.Default.ChannelsAnswer)?.Conversations ?? []).OfType<Named>()];
    }

    private static ConnectorCall On(HttpMethod method, ConversationAddress address, ConversationId conversation, string subject, string path) =>
        new(method, address.ServiceUrl, address.TenantId, conversation.Channel, Operation.Send, path, subject);

    private static string PathOf(ConversationId conversation, string message) =>
        ConnectorCall.PathOf("conversations", conversation.ToString(), "activities", message);

    private static CreatedAnswer? Read(WireAnswer answer) => WireJson.Read(answer.Body.Span, ConnectorShapes.Default.CreatedAnswer);
}
