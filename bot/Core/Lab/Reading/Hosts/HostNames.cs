using System.Buffers;
using System.Net;
using System.Text.RegularExpressions;

namespace PatchBot.Core.Lab.Reading;

/// <summary>Tells names of machines from versions, sizes, tickets and files that look alike.</summary>
internal static partial class HostNames
{
    // A name without any of these is never taken for a host, which spares most words the closer look.
    private static readonly SearchValues<char> Telling = SearchValues.Create("0123456789-_.");

    public static bool IsHost(string word) =>
        word.Length is >= 3 and <= 100 && word.AsSpan().ContainsAny(Telling) && (IPAddress(word) || (Shape().IsMatch(word) && !Other().IsMatch(word)) || Lettered().IsMatch(word));

    /// <summary>In inline code or a host column a name needs no digit.</summary>
    public static bool IsHostWhereNamed(string word) =>
        word.Length is >= 2 and <= 100 && Named().IsMatch(word) && !Other().IsMatch(word) && !word.StartsWith('-');

    private static bool IPAddress(string word) =>
        word.Count(letter => letter == '.') == 3 && word.All(letter => char.IsAsciiDigit(letter) || letter == '.') && System.Net.IPAddress.TryParse(word, out _);

    // Starts with a letter and has a digit: hv-lab-01, dc1.corp.example, LAB-SQL02.
    [GeneratedRegex(@"^(?=[^0-9]*[0-9])[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    // Without digits only when a part says that it is a machine: CL-SQL-LAB, hv-lab, web.lab.example.com.
    [GeneratedRegex(@"^(?:[a-z]+[-_.])+(?:lab|dc|sql|hv|esx|srv|vm|node|db|web|app|fs|exch)$|^(?:lab|dc|sql|hv|esx|srv|vm|db|fs)(?:[-_.][a-z]+)+$|^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*\.(?:local|lan|corp|com|net|org|internal|test|example)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Lettered();

    [GeneratedRegex(@"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex("""
        ^(?:
          0x[0-9a-f]+ | v?\d+(?:\.[0-9a-z]+)* | \d+[a-z]{1,5}
        | v\d.* | [12]\dh[12] | \d+\.\d+.*
        | (?:win|windows|server|srv|ws|w2k|rhel|centos|ubuntu|debian|sles|suse|esxi?|vcenter|sql|exchange|office|ol|el|rocky|alma|fedora|macos|ios|fortios)-?(?:7|8|9|10|11|12|15|19\d\d|20\d\d|\d+\.\d+|2k\d+\w*|2?\d\.04)
        | (?:sp|cu|ru|su|ssu|pr|rc|beta|alpha|build|version|rev|release|ring|wave|phase|step|tier|stage|day|week|month|part|run|attempt|round|try|case|test|tc|item|point|q|h|p|prio|sev|cw|kw|gen|no|nr|level|port|event|id|error|rule|page|slide|option|plan|patch)-?\d+
        | (?:x|amd|arm|i|sha|md|ipv|smbv?|ntlmv?|tls|ssl|http|tcp|udp|utf|base|raid|usb|m|o|e|a|f|net|oauth|cr|mp|h|ps|s|pci|ddr|nvme|sata)-?\d+(?:\.\d+)*
        | [A-Z]{2,10}-\d{3,}
        | (?:inc|chg|req|task|prb|ritm|rfc|tkt|bug|case|crq|sr|ticket|jira|issue|pr)-?\d{3,}
        | fail2ban | log4j\d? | k8s | [a-z]+\d*\.(?:log|txt|ps1|exe|dll|msu|cab|msi|zip|gz|evtx|etl|dmp|mum|cat|sh|py|json|xml|csv|pdf|png|jpe?g|docx?|xlsx?|sys|service|conf|cfg|ini|rpm|deb|iso|bat|cmd)
        )$
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Other();
}
