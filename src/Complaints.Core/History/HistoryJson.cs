using System.Text.Json.Serialization;

namespace Complaints.Core.History;

/// <summary>How headers are written: camel case, nothing for null, instants in ISO 8601 UTC. A newer program may have added members, which
/// are passed over. Commands and events have the contexts of their rooms.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(InstantJsonConverter)])]
[JsonSerializable(typeof(RecordedActor))]
internal sealed partial class HistoryJson : JsonSerializerContext;
