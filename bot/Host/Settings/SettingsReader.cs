using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration.CommandLine;
using PatchBot.Core;

namespace PatchBot.Host.Settings;

/// <summary>
/// Reads options from the configuration and collects every fault: a name that does not exist, a value of the wrong kind
/// or out of range. The framework's binder drops the first two silently and stops at the first of the last.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private static readonly string[] Secrets = ["ConnectionString", "Password", "Secret", "Token"];

    private readonly List<SettingFault> faults = [];

    public IReadOnlyList<SettingFault> Faults => faults;

    /// <summary>Adds faults that others found, of settings that are not at fault already.</summary>
    public void Add(IEnumerable<SettingFault> more) => faults.AddRange(more.Where(fault => faults.All(known => known.Key != fault.Key)).ToList());

    public T Read<T>(string section)
        where T : class, new()
    {
        var options = new T();
        var read = configuration.GetSection(section);
        if (HoldsMore(read, "a section"))
        {
            Fill(options, read);
        }

        return options;
    }

    /// <summary>A section that is a list of entries.</summary>
    public IReadOnlyList<T> ReadList<T>(string section)
        where T : class, new() => [.. (List<T>)FillList(typeof(T), configuration.GetSection(section))];

    /// <summary>Names at the top of the settings files, or on the command line, that nothing reads.</summary>
    public void CheckSections(IEnumerable<string> known)
    {
        // The environment is full of names that are not meant for us.
        var written = ((IConfigurationRoot)configuration).Providers
            .Where(provider => provider is FileConfigurationProvider or StreamConfigurationProvider or CommandLineConfigurationProvider)
            .SelectMany(provider => provider.GetChildKeys([], null));
        Check("", written, known);
    }

    /// <summary>Names below a section that holds only sections.</summary>
    public void CheckSections(string section, IEnumerable<string> known) =>
        Check($"{section}:", configuration.GetSection(section).GetChildren().Select(child => child.Key), known);

    private void Check(string prefix, IEnumerable<string> written, IEnumerable<string> known)
    {
        var sections = known.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var section in written.Distinct(StringComparer.OrdinalIgnoreCase).Where(section => !sections.Contains(section)))
        {
            Fault($"{prefix}{section}", "", $"no such section; known are {string.Join(", ", sections.Order(StringComparer.Ordinal))}");
        }
    }

    private void Fill(object options, IConfigurationSection section)
    {
        var properties = options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite || property.GetValue(options) is IList)
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out var property))
            {
                // Its value is not repeated: a secret under a misspelt name is still a secret.
                Fault(child.Path, "", $"no such setting; known here are {string.Join(", ", properties.Keys.Order(StringComparer.Ordinal))}");
            }
            else if (Read(property.PropertyType, child) is { } value)
            {
                Set(options, property, value);
            }
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var name = result.MemberNames.FirstOrDefault() ?? "";
            Fault($"{section.Path}:{name}", section[name] ?? "", result.ErrorMessage ?? "not a valid value");
        }
    }

    private static void Set(object options, PropertyInfo property, object value)
    {
        if (property.CanWrite)
        {
            property.SetValue(options, value);
            return;
        }

        var list = (IList)property.GetValue(options)!;
        foreach (var item in (IList)value)
        {
            list.Add(item);
        }
    }

    private object? Read(Type type, IConfigurationSection section)
    {
        // "null" says what leaving it out says.
        if (section.Value is null && !section.GetChildren().Any() && (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null))
        {
            return null;
        }

        if (Entry(type, typeof(IDictionary<,>)) is not null)
        {
            return HoldsMore(section, "a section")
                ? section.GetChildren().Where(IsSingle).ToDictionary(child => child.Key, child => child.Value!, StringComparer.OrdinalIgnoreCase)
                : null;
        }

        if (Entry(type, typeof(IList<>)) is { } entry)
        {
            return FillList(entry, section);
        }

        var kind = Nullable.GetUnderlyingType(type) ?? type;
        if (TypeDescriptor.GetConverter(kind).CanConvertFrom(typeof(string)))
        {
            return Convert(kind, section);
        }

        var nested = Activator.CreateInstance(kind)!;
        if (HoldsMore(section, "a section"))
        {
            Fill(nested, section);
        }

        return nested;
    }

    private IList FillList(Type entry, IConfigurationSection section)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(entry))!;
        if (HoldsMore(section, "a list"))
        {
            foreach (var child in section.GetChildren())
            {
                if (Read(entry, child) is { } value)
                {
                    list.Add(value);
                }
            }
        }

        return list;
    }

    // An empty list or section comes as an empty text.
    private bool HoldsMore(IConfigurationSection section, string wanted)
    {
        if (string.IsNullOrEmpty(section.Value))
        {
            return true;
        }

        Fault(section.Path, section.Value, $"{wanted} is wanted here, not a single value");
        return false;
    }

    private bool IsSingle(IConfigurationSection section)
    {
        if (section.Value is not null)
        {
            return true;
        }

        Fault(section.Path, "", "a single value is wanted here");
        return false;
    }

    private object? Convert(Type kind, IConfigurationSection section)
    {
        if (section.GetChildren().Any())
        {
            Fault(section.Path, "", "a single value is wanted here");
            return null;
        }

        try
        {
            var value = TypeDescriptor.GetConverter(kind).ConvertFromString(null, CultureInfo.InvariantCulture, section.Value ?? "");
            if (value is not Uri address || address is { IsAbsoluteUri: true, Scheme: "http" or "https" })
            {
                return value;
            }
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException or InvalidCastException or NotSupportedException)
        {
            // Told below, with what to write instead.
        }

        Fault(section.Path, section.Value ?? "", Example(kind));
        return null;
    }

    private static string Example(Type kind) => kind switch
    {
        _ when kind == typeof(bool) => "write true or false",
        _ when kind == typeof(TimeSpan) => "write a time span, such as 00:30:00 (30 minutes) or 2.00:00:00 (2 days)",
        _ when kind == typeof(Uri) => "write an address, such as https://example.com/",
        { IsEnum: true } => $"write one of {string.Join(", ", Enum.GetNames(kind))}",
        _ => "write a number",
    };

    private void Fault(string key, string value, string remedy) => faults.Add(new SettingFault(key, IsSecret(key) ? "" : value, remedy));

    private static bool IsSecret(string key) => Secrets.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static Type? Entry(Type type, Type list) => type.IsGenericType && type.GetGenericTypeDefinition() == list
        ? type.GetGenericArguments()[^1]
        : null;
}
