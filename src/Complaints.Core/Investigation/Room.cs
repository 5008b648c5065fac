using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;

namespace Complaints.Core.Investigation;

/// <summary>What really happened.</summary>
internal static class Room
{
    public static RoomCatalogue<Complaint> Catalogue { get; } = new RoomCatalogue<Complaint>("Investigation", InvestigationJson.Default)
        .Command<StartInvestigation>()
        .Event<InvestigationStarted>()
        .Command<DecideValidity>().Event<ValidityJudged>()
        .Command<FollowImprovement>().Event<ImprovementJoined>().Event<ImprovementLeft>();
}

/// <summary>How the room's commands and events are written.</summary>
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
    ])]
[JsonSerializable(typeof(StartInvestigation))]
[JsonSerializable(typeof(InvestigationStarted))]
[JsonSerializable(typeof(DecideValidity))]
[JsonSerializable(typeof(ValidityJudged))]
[JsonSerializable(typeof(FollowImprovement))]
[JsonSerializable(typeof(ImprovementJoined))]
[JsonSerializable(typeof(ImprovementLeft))]
internal sealed partial class InvestigationJson : JsonSerializerContext;
