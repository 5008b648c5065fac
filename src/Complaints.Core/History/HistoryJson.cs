using System.Text.Json.Serialization;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;

namespace Complaints.Core.History;

/// <summary>How headers and states are written: camel case, nothing for null, instants in ISO 8601 UTC. Commands and events have the
/// contexts of their rooms.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters =
    [
        typeof(InstantJsonConverter), typeof(LocalDateJsonConverter), typeof(FactsJsonConverter),
        typeof(PersonalTextJsonConverter), typeof(PersonalContentJsonConverter<Complainant>),
        typeof(PersonalContentJsonConverter<Statement>), typeof(PersonalContentJsonConverter<Item>),
        typeof(PersonalContentJsonConverter<ContactCard>), typeof(PersonalContentJsonConverter<PhoneCall>),
    ])]
[JsonSerializable(typeof(EventHeader))]
[JsonSerializable(typeof(Complaint))]
[JsonSerializable(typeof(Improvement))]
internal sealed partial class HistoryJson : JsonSerializerContext;
