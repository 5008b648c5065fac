using System.Text.Json.Nodes;
using Complaints.Reporting;
using Complaints.Reporting.Rendering;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Import.Tests.Ledgers;

/// <summary>The figures of a report as its JSON has them, and their forms in the truth files.</summary>
public sealed class Figures(Report report)
{
    private readonly JsonObject _figures = JsonNode.Parse(ReportJson.ToText(report))!["figures"]!.AsObject();

    public JsonNode? this[string id] => _figures[id]!["value"]!.DeepClone();

    public JsonNode? this[string id, params string[] keys] => keys.Aggregate(_figures[id]!["value"], (node, key) => node?[key])?.DeepClone() ?? JsonValue.Create(0L);

    /// <summary>The same figure under the truth file's names; a key that has none there must be nothing.</summary>
    public JsonObject Renamed(string id, params (string Ours, string Theirs)[] names)
    {
        var value = _figures[id]!["value"]!.AsObject();
        value.Select(entry => entry.Key).Except(names.Select(name => name.Ours)).ShouldBeEmpty();
        return new JsonObject(names.Select(name => KeyValuePair.Create(name.Theirs, value[name.Ours]?.DeepClone())));
    }

    public JsonNode Local(string id, string zone)
    {
        var instant = InstantPattern.ExtendedIso.Parse(_figures[id]!["value"]!.GetValue<string>()).Value;
        return JsonValue.Create(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss").Format(instant.InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime));
    }
}
