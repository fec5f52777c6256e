namespace PatchBot.Adapters.Teams.Trust;

/// <summary>Tokens for calls to the connector, and the word on where they may go.</summary>
internal interface IServiceTokens
{
    /// <summary>Whether the bot may send its token and its messages there: https and a trusted host.</summary>
    bool Trusts(Uri serviceUrl);

    /// <returns><see langword="null"/> where calls need none (a local emulator).</returns>
    /// <exception cref="Core.Delivery.DeliveryException">No token can be had, or the host is not trusted.</exception>
    ValueTask<string?> GetAsync(Uri serviceUrl, CancellationToken cancellationToken);

    /// <summary>The connector did not accept this token: the next one is asked for anew.</summary>
    void Forget(string token);
}
