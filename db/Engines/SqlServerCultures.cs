using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PatchBot.Db.Engines;

/// <summary>
/// PatchBot runs without the cultures of ICU: it starts faster and needs no library for them. SQL Server's driver does need
/// them, to find a server's code page. The runtime decides when a culture is first looked up, before settings can be read
/// in the usual way; so the first thing that the program does is to look for the engine's name where settings are.
/// </summary>
/// <remarks><see href="https://github.com/dotnet/SqlClient/issues/3742"/></remarks>
public static class SqlServerCultures
{
    // The setting, and what copy-to calls the other database's.
    private static readonly string[] Names = ["--Database:Provider", "--provider"];

    /// <summary>Switches the cultures on when the settings name SQL Server. To be called before anything else.</summary>
    public static void AllowIfNeeded(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (AreMeantBy(args) || AreMeantByEnvironment() || AreMeantByFile("appsettings.json") || AreMeantByFile($"appsettings.{EnvironmentName}.json"))
        {
            Allow();
        }
    }

    private static void Allow()
    {
        AppContext.SetSwitch("System.Globalization.Invariant", false);

        // What people read stays as it is without them, whatever this machine's language is.
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
    }

    private static string EnvironmentName =>
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Production";

    internal static bool AreMeantBy(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (Names.Any(name => Is(args[i], $"{name}=sqlserver") || (Is(args[i], name) && i + 1 < args.Count && Is(args[i + 1], "sqlserver"))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreMeantByEnvironment()
    {
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string key, Value: string value } && key.Length >= 18 && Is(key[^18..], "Database__Provider") && Is(value, "sqlserver"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreMeantByFile(string file)
    {
        try
        {
            return File.Exists(file) && AreMeantBy(File.ReadAllBytes(file));
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            // Whoever reads the settings properly will say so.
            return false;
        }
    }

    internal static bool AreMeantBy(byte[] settings)
    {
        ReadOnlySpan<byte> json = settings;
        var reader = new Utf8JsonReader(
            json.StartsWith("\uFEFF"u8) ? json[3..] : json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var inSection = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth > 2)
            {
                continue;
            }

            var name = reader.ValueSpan;
            var isProvider = reader.CurrentDepth == 1 ? Ascii.EqualsIgnoreCase(name, "Database:Provider"u8) : inSection && Ascii.EqualsIgnoreCase(name, "Provider"u8);
            inSection = reader.CurrentDepth == 1 ? Ascii.EqualsIgnoreCase(name, "Database"u8) : inSection;
            if (isProvider && reader.Read() && reader.TokenType == JsonTokenType.String && Ascii.EqualsIgnoreCase(reader.ValueSpan, "sqlserver"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(string text, string wanted) => Ascii.EqualsIgnoreCase(text, wanted);
}
