using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using PatchBot.Core;

namespace PatchBot.Host.Settings;

/// <summary>Settings files that cannot be read at all; the framework says so by an exception with a stack.</summary>
internal static class SettingsFiles
{
    /// <param name="load">Builds what loads the files at once.</param>
    public static bool TryLoad<T>(Func<T> load, [NotNullWhen(true)] out T? loaded, [NotNullWhen(false)] out SettingFault? fault)
        where T : class
    {
        try
        {
            (loaded, fault) = (load(), null);
            return true;
        }
        catch (Exception cause) when (cause is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            (loaded, fault) = (null, FaultOf(cause));
            return false;
        }
    }

    private static SettingFault FaultOf(Exception cause)
    {
        var root = cause.GetBaseException();
        var where = root is JsonException { LineNumber: { } line } ? $"line {(line + 1).ToString(CultureInfo.InvariantCulture)}: " : "";

        // The reader adds where, counted from 0.
        var what = root.Message.Split(" LineNumber:")[0].TrimEnd('.');
        return root == cause
            ? new SettingFault("appsettings.json", "", $"{what}; let this user read it")
            : new SettingFault("appsettings.json", "", $"{cause.Message.TrimEnd('.')}: {where}{what}. Correct it there; appsettings.sample.json shows how it is written");
    }
}
