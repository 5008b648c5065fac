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
        .Command<PlanStep>().Event<StepPlanned>()
        .Command<FinishStep>().Event<StepFinished>()
        .Command<RecordFinding>().Event<FindingRecorded>()
        .Command<RecordLiability>().Event<LiabilityRecorded>().Event<LiabilityCarried>()
        .Command<FollowImprovement>().Event<ImprovementJoined>().Event<ImprovementLeft>()
        .Work(InvestigationWork.Step)
        .Definition(InvestigationDefinitions.Causes)
        .Definition(InvestigationDefinitions.StepKinds);
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
[JsonSerializable(typeof(PlanStep))]
[JsonSerializable(typeof(StepPlanned))]
[JsonSerializable(typeof(FinishStep))]
[JsonSerializable(typeof(StepFinished))]
[JsonSerializable(typeof(RecordFinding))]
[JsonSerializable(typeof(FindingRecorded))]
[JsonSerializable(typeof(RecordLiability))]
[JsonSerializable(typeof(LiabilityRecorded))]
[JsonSerializable(typeof(LiabilityCarried))]
[JsonSerializable(typeof(FollowImprovement))]
[JsonSerializable(typeof(ImprovementJoined))]
[JsonSerializable(typeof(ImprovementLeft))]
internal sealed partial class InvestigationJson : JsonSerializerContext;
