using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Core;

namespace Complaints.Notifications.Templates;

/// <summary>The templates that the library brings along. What customers get has a text of its own for each event; what the staff gets is
/// one text with a first sentence for each.</summary>
public static class BuiltInTemplates
{
    private const string Prefix = "Complaints.Notifications.Templates.BuiltIn.";

    /// <summary>The templates by code: <c>customer-resolved</c>, <c>staff-task-sent</c>.</summary>
    public static FrozenDictionary<string, MessageTemplate> All { get; } = Read().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The code of the built-in template for an event and an audience: of its own where there is one, else the general one of
    /// customers.</summary>
    /// <param name="eventName">The event's stored name: <c>resolved</c>.</param>
    /// <param name="audience">One of <see cref="Core.Audience"/>.</param>
    /// <exception cref="ArgumentException">No event of that name has a message for that audience.</exception>
    public static string CodeFor(string eventName, string audience)
    {
        var isCustomer = audience is Core.Audience.Customer or Core.Audience.Representative;
        var code = isCustomer ? $"customer-{eventName}" : $"staff-{eventName}";
        return All.ContainsKey(code) ? code : isCustomer && All.ContainsKey($"staff-{eventName}") ? "customer-news"
            : throw new ArgumentException($"There is no template for the event '{eventName}'.", nameof(eventName));
    }

    private static IEnumerable<KeyValuePair<string, MessageTemplate>> Read()
    {
        foreach (var (code, text) in File("customers", BuiltInJson.Default.DictionaryStringPlainTemplate))
        {
            var name = code == "news" ? null : code;
            yield return new($"customer-{code}", new(text.Zh.ToText(), text.En.ToText(), name, Core.Audience.Customer));
        }
        var staff = File("staff", BuiltInJson.Default.StaffTexts);
        foreach (var (name, label) in staff.Events)
        {
            yield return new($"staff-{name}", new(
                staff.Frame.Zh.ToText(("{event}", label.Zh)), staff.Frame.En.ToText(("{event}", label.En)), name));
        }
    }

    private static T File<T>(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        using var stream = typeof(BuiltInTemplates).Assembly.GetManifestResourceStream($"{Prefix}{name}.json")!;
        return JsonSerializer.Deserialize(stream, type)!;
    }
}

/// <summary>A template of a file: texts as lists of lines, which people can read.</summary>
internal sealed record PlainTemplate(PlainText Zh, PlainText En);

/// <summary>A text of a file.</summary>
internal sealed record PlainText(string Subject, string[] Text)
{
    public TemplateText ToText(params ReadOnlySpan<(string Name, string Value)> filled)
    {
        var (subject, text) = (Subject, string.Join('\n', Text));
        foreach (var (name, value) in filled)
            (subject, text) = (subject.Replace(name, value, StringComparison.Ordinal), text.Replace(name, value, StringComparison.Ordinal));
        return new(subject, text);
    }
}

/// <summary>What the staff is told: one frame, and a sentence for each event.</summary>
internal sealed record StaffTexts(PlainTemplate Frame, Dictionary<string, Label> Events);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, PlainTemplate>))]
[JsonSerializable(typeof(StaffTexts))]
internal sealed partial class BuiltInJson : JsonSerializerContext;
