namespace PatchBot.Adapters.Wire;

/// <summary>A host in the settings: a name, an address, or <c>*.example.com</c> for any name below.</summary>
public static class HostPattern
{
    /// <summary>Whether a setting is a host name, an address, or <c>*.</c> before a name of two labels or more.</summary>
    public static bool IsOne(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var any = pattern.StartsWith("*.", StringComparison.Ordinal);
        var host = any ? pattern[2..] : Bare(pattern);
        return host.All(char.IsAscii) && !host.EndsWith('.') && Uri.CheckHostName(host) switch
        {
            UriHostNameType.Dns => !any || host.Contains('.', StringComparison.Ordinal),
            UriHostNameType.IPv4 or UriHostNameType.IPv6 => !any,
            _ => false,
        };
    }

    // The dot stays in the comparison: evil-example.com is not below example.com.
    public static bool Matches(string pattern, string host)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(host);
        return pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length >= pattern.Length && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(Bare(pattern), StringComparison.OrdinalIgnoreCase);
    }

    private static string Bare(string host) => host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
}
