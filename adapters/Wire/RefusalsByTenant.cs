using System.Collections.Concurrent;

namespace PatchBot.Adapters.Wire;

/// <summary>
/// A refusal does not say whether it means the conversation or the tenant (Slack's workspace). When most of a tenant's latest
/// calls are refused, in several conversations, it is the tenant.
/// </summary>
public sealed class RefusalsByTenant
{
    private const int Looked = 10;
    private const int Many = 6;
    private const int Several = 3;

    private readonly ConcurrentDictionary<string, Queue<string?>> latest = new(StringComparer.Ordinal);

    /// <param name="refused">The conversation, when the call was refused.</param>
    /// <returns>Whether the tenant is meant; those calls are then not looked at again.</returns>
    public bool Note(string tenant, string? refused)
    {
        var answers = latest.GetOrAdd(tenant, _ => new Queue<string?>());
        lock (answers)
        {
            answers.Enqueue(refused);
            if (answers.Count > Looked)
            {
                answers.Dequeue();
            }

            var meant = refused is not null && answers.Count(answer => answer is not null) >= Many && answers.OfType<string>().Distinct().Count() >= Several;
            if (meant)
            {
                answers.Clear();
            }

            return meant;
        }
    }
}
