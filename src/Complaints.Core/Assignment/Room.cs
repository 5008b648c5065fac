using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;

namespace Complaints.Core.Assignment;

/// <summary>Who answers for it.</summary>
internal static class Room
{
    public static RoomCatalogue<Complaint> Catalogue { get; } = new RoomCatalogue<Complaint>("Assignment", AssignmentJson.Default)
        .Command<HandOver>()
        .Event<HandedOver>()
        .Event<PeopleKeptOut>()
        .Command<SendTask>().Event<TaskSent>()
        .Command<SignTask>().Event<TaskSigned>()
        .Command<ReturnTask>().Event<TaskReturned>()
        .Command<RuleOnReturn>().Event<ReturnRuled>()
        .Command<AnswerTask>().Event<TaskAnswered>()
        .Command<VerifyTask>().Event<TaskVerified>()
        .Command<CancelTask>().Event<TaskCancelled>()
        .Command<RecordFiling>().Event<FilingRecorded>()
        .Event<DepartmentsConvened>()
        .Work(AssignmentWork.Assign)
        .Work(AssignmentWork.Handle)
        .Work(TaskWork.Sign)
        .Work(TaskWork.Answer)
        .Work(TaskWork.Rule)
        .Work(TaskWork.Verify)
        .Definition(AssignmentDefinitions.Organisation)
        .Definition(AssignmentDefinitions.Staff)
        .Definition(AssignmentDefinitions.Routing)
        .Definition(AssignmentDefinitions.QueueScoring)
        .Definition(AssignmentDefinitions.Tasks);
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
[JsonSerializable(typeof(HandOver))]
[JsonSerializable(typeof(HandedOver))]
[JsonSerializable(typeof(PeopleKeptOut))]
[JsonSerializable(typeof(SendTask))]
[JsonSerializable(typeof(TaskSent))]
[JsonSerializable(typeof(SignTask))]
[JsonSerializable(typeof(TaskSigned))]
[JsonSerializable(typeof(ReturnTask))]
[JsonSerializable(typeof(TaskReturned))]
[JsonSerializable(typeof(RuleOnReturn))]
[JsonSerializable(typeof(ReturnRuled))]
[JsonSerializable(typeof(AnswerTask))]
[JsonSerializable(typeof(TaskAnswered))]
[JsonSerializable(typeof(VerifyTask))]
[JsonSerializable(typeof(TaskVerified))]
[JsonSerializable(typeof(CancelTask))]
[JsonSerializable(typeof(TaskCancelled))]
[JsonSerializable(typeof(RecordFiling))]
[JsonSerializable(typeof(FilingRecorded))]
[JsonSerializable(typeof(DepartmentsConvened))]
internal sealed partial class AssignmentJson : JsonSerializerContext;
