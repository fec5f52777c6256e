using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using PatchBot.Adapters.Slack;
using PatchBot.Adapters.Sources.Msrc;
using PatchBot.Adapters.Sources.Opening;
using PatchBot.Adapters.Teams;
using PatchBot.Adapters.WebChat;
using PatchBot.Core.Delivery;
using PatchBot.Core.Lab;
using PatchBot.Core.People;
using PatchBot.Core.Policy;
using PatchBot.Core.Relations.Rules;
using PatchBot.Core.Retention;
using PatchBot.Core.Windows;
using PatchBot.Db;
using PatchBot.Host.Settings;

namespace PatchBot.Tests.Host;

/// <summary>The sample is the list of settings: complete, right, and with the defaults.</summary>
public sealed class SampleSettingsTests
{
    // Examples: what stands there is no default.
    private static readonly string[] Examples = ["People", "Rings", "WebChat:Enabled", "WebChat:Channels", "WebChat:People"];

    private static readonly IConfigurationRoot Sample = new ConfigurationBuilder().AddJsonFile(SampleFile()).Build();

    public static TheoryData<string, Type> Sections => new()
    {
        { DatabaseOptions.Section, typeof(DatabaseOptions) },
        { WebChatOptions.Section, typeof(WebChatOptions) },
        { TeamsOptions.Section, typeof(TeamsOptions) },
        { SlackOptions.Section, typeof(SlackOptions) },
        { "People", typeof(PeopleOptions) },
        { $"{RingSettings.Section}:0", typeof(RingOptions) },
        { PolicyOptions.Section, typeof(PolicyOptions) },
        { RelationsOptions.Section, typeof(RelationsOptions) },
        { "Lab", typeof(LabOptions) },
        { "Delivery", typeof(DeliveryOptions) },
        { RetentionOptions.Section, typeof(RetentionOptions) },
        { OpeningOptions.Section, typeof(OpeningOptions) },
        { MsrcOptions.Section, typeof(MsrcOptions) },
    };

    [Fact]
    public void Given_the_sample_then_it_can_be_used_as_it_is()
    {
        var (settings, faults) = PatchBotSettings.Read(Sample, Path.GetDirectoryName(SampleFile())!);
        Assert.Empty(faults);
        Assert.False(settings.IsTrial);
        Assert.Equal([PatchBotSettings.DefaultUrls], settings.Urls);
    }

    [Theory, MemberData(nameof(Sections))]
    public void Given_an_options_class_then_the_sample_holds_every_setting_of_it(string section, Type options) =>
        Assert.Empty(Missing(section, options));

    [Theory, MemberData(nameof(Sections))]
    public void Given_a_setting_with_a_default_then_the_sample_shows_it(string section, Type options)
    {
        var read = typeof(SettingsReader).GetMethod(nameof(SettingsReader.Read))!.MakeGenericMethod(options);
        Assert.Empty(Different(section, read.Invoke(new SettingsReader(Sample), [section])!, Activator.CreateInstance(options)!));
    }

    [Fact]
    public void Given_the_sample_then_it_has_no_section_besides() => Assert.Equal(
        Sections.Select(row => row.Data.Item1.Split(':')[0]).Append("Urls").Distinct().Order(StringComparer.Ordinal),
        Sample.GetChildren().Select(child => child.Key).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Missing(string section, Type options) => Settings(options).SelectMany(setting =>
    {
        var path = $"{section}:{setting.Name}";
        var kind = setting.PropertyType;
        return Sample.GetSection(path).Exists() is false ? [path]
            : IsNested(kind) ? Missing(path, kind)
            : Entry(kind) is { } entry && IsNested(entry) ? Missing($"{path}:0", entry)
            : [];
    });

    private static IEnumerable<string> Different(string section, object sample, object defaults) => Settings(sample.GetType()).SelectMany(setting =>
    {
        var path = $"{section}:{setting.Name}";
        var (shown, real) = (setting.GetValue(sample), setting.GetValue(defaults));
        return Examples.Any(example => path == example || path.StartsWith($"{example}:", StringComparison.Ordinal)) ? []
            : IsNested(setting.PropertyType) ? Different(path, shown!, real!)
            : shown is IList list && real is IList none ? (list.Count == none.Count ? [] : [path])
            : Equals(shown, real) ? [] : (IEnumerable<string>)[$"{path} is {shown}, and by default {real}"];
    });

    // What the settings reader fills; the rest follows from it.
    private static IEnumerable<PropertyInfo> Settings(Type options) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(setting => setting.CanWrite || Entry(setting.PropertyType) is not null);

    private static bool IsNested(Type type) => type.Namespace!.StartsWith("PatchBot", StringComparison.Ordinal) && type.IsClass;

    private static Type? Entry(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;

    private static string SampleFile([CallerFilePath] string test = "") =>
        Path.Combine(Path.GetDirectoryName(test)!, "..", "..", "appsettings.sample.json");
}
