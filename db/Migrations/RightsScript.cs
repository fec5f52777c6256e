namespace PatchBot.Db.Migrations;

/// <summary>What a DBA runs once, so that the bot's login can do its work and nothing else.</summary>
public static class RightsScript
{
    /// <returns><see langword="null"/> for an engine that knows no logins.</returns>
    public static string? For(string provider)
    {
        using var script = typeof(RightsScript).Assembly.GetManifestResourceStream($"Scripts/{provider.ToLowerInvariant()}-least-rights.sql");
        return script is null ? null : new StreamReader(script).ReadToEnd();
    }
}
