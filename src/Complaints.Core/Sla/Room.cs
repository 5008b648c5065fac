using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;

namespace Complaints.Core.Sla;

/// <summary>Clocks, promises, escalation.</summary>
internal static class Room
{
    public static RoomCatalogue<Complaint> Catalogue { get; } = new RoomCatalogue<Complaint>("Sla", SlaJson.Default)
        .Command<Escalate>()
        .Command<AgreeDeadline>()
        .Command<FireClocks>()
        .Command<MakeCommitment>()
        .Command<SettleCommitment>()
        .Command<RequestExtension>()
        .Command<DecideExtension>()
        .Command<Recalculate>()
        .Event<PolicyApplied>()
        .Event<ClockSettled>()
        .Event<ClocksSettled>()
        .Event<ClocksCondensed>()
        .Event<ClocksRecalculated>()
        .Event<StepsSkipped>()
        .Event<ExtensionRequested>()
        .Event<ExtensionDecided>()
        .Event<CommitmentMade>()
        .Event<CommitmentSettled>()
        .Event<ResultCorrected>()
        .Event<ClockBreached>()
        .Event<ClockWarned>()
        .Event<ComplaintEscalated>()
        .Event<AnswerPressed>()
        .Event<DeadlineAgreed>()
        .Work(SlaWork.DecideExtension).Work(SlaWork.Promise)
        .Definition(SlaDefinitions.Policies);
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
[JsonSerializable(typeof(Escalate))]
[JsonSerializable(typeof(AgreeDeadline))]
[JsonSerializable(typeof(FireClocks))]
[JsonSerializable(typeof(MakeCommitment))]
[JsonSerializable(typeof(SettleCommitment))]
[JsonSerializable(typeof(RequestExtension))]
[JsonSerializable(typeof(DecideExtension))]
[JsonSerializable(typeof(Recalculate))]
[JsonSerializable(typeof(PolicyApplied))]
[JsonSerializable(typeof(ClockSettled))]
[JsonSerializable(typeof(ClocksSettled))]
[JsonSerializable(typeof(ClocksCondensed))]
[JsonSerializable(typeof(ClocksRecalculated))]
[JsonSerializable(typeof(StepsSkipped))]
[JsonSerializable(typeof(ExtensionRequested))]
[JsonSerializable(typeof(ExtensionDecided))]
[JsonSerializable(typeof(CommitmentMade))]
[JsonSerializable(typeof(CommitmentSettled))]
[JsonSerializable(typeof(ResultCorrected))]
[JsonSerializable(typeof(ClockBreached))]
[JsonSerializable(typeof(ClockWarned))]
[JsonSerializable(typeof(ComplaintEscalated))]
[JsonSerializable(typeof(AnswerPressed))]
[JsonSerializable(typeof(DeadlineAgreed))]
internal sealed partial class SlaJson : JsonSerializerContext;
