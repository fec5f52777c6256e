namespace PatchBot.Core.Delivery.Limits;

/// <summary>At most so many calls in any span of that length, wherever it begins.</summary>
public readonly record struct RateLimit(int Calls, TimeSpan Span);
