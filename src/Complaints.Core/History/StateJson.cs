using System.Text.Json.Serialization;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;

namespace Complaints.Core.History;

/// <summary>How states are written. A state is read by the program that knows its schema, member by member: one that it does not know is
/// damage, and not news.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters =
    [
        typeof(InstantJsonConverter), typeof(LocalDateJsonConverter), typeof(FactsJsonConverter),
        typeof(PersonalTextJsonConverter), typeof(PersonalContentJsonConverter<Complainant>),
        typeof(PersonalContentJsonConverter<Statement>), typeof(PersonalContentJsonConverter<Item>),
        typeof(PersonalContentJsonConverter<ContactCard>), typeof(PersonalContentJsonConverter<PhoneCall>),
    ])]
[JsonSerializable(typeof(Complaint))]
[JsonSerializable(typeof(Improvement))]
internal sealed partial class StateJson : JsonSerializerContext;
