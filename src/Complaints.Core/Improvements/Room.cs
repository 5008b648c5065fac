using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Improvements;

/// <summary>What is put right beyond single complaints.</summary>
internal static class Room
{
    public static RoomCatalogue<Improvement> Catalogue { get; } = new RoomCatalogue<Improvement>("Improvements", ImprovementsJson.Default)
        .Command<OpenImprovement>().Event<ImprovementOpened>()
        .Command<AmendImprovement>().Event<ImprovementAmended>()
        .Command<LinkComplaints>().Event<ComplaintsLinked>()
        .Command<UnlinkComplaints>().Event<ComplaintsUnlinked>()
        .Command<ConfirmLinks>().Event<LinksSettled>()
        .Command<PlanAction>().Event<ActionPlanned>()
        .Command<FinishAction>().Event<ActionFinished>()
        .Command<FireActionClocks>().Event<ActionReminded>().Event<ActionOverdue>().Event<ActionEscalated>()
        .Command<PublishImprovement>().Event<ImprovementPublished>()
        .Command<CloseImprovement>().Event<ImprovementClosed>()
        .Event<ImprovementBackdated>()
        .Work(ImprovementWork.Action).Work(ImprovementWork.Steer)
        .Definition(ImprovementDefinitions.Kinds);
}

/// <summary>How the room's commands and events are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(InstantJsonConverter), typeof(PersonalTextJsonConverter)])]
[JsonSerializable(typeof(OpenImprovement))]
[JsonSerializable(typeof(ImprovementOpened))]
[JsonSerializable(typeof(AmendImprovement))]
[JsonSerializable(typeof(ImprovementAmended))]
[JsonSerializable(typeof(LinkComplaints))]
[JsonSerializable(typeof(ComplaintsLinked))]
[JsonSerializable(typeof(UnlinkComplaints))]
[JsonSerializable(typeof(ComplaintsUnlinked))]
[JsonSerializable(typeof(ConfirmLinks))]
[JsonSerializable(typeof(LinksSettled))]
[JsonSerializable(typeof(PlanAction))]
[JsonSerializable(typeof(ActionPlanned))]
[JsonSerializable(typeof(FinishAction))]
[JsonSerializable(typeof(ActionFinished))]
[JsonSerializable(typeof(FireActionClocks))]
[JsonSerializable(typeof(ActionReminded))]
[JsonSerializable(typeof(ActionOverdue))]
[JsonSerializable(typeof(ActionEscalated))]
[JsonSerializable(typeof(PublishImprovement))]
[JsonSerializable(typeof(ImprovementPublished))]
[JsonSerializable(typeof(CloseImprovement))]
[JsonSerializable(typeof(ImprovementClosed))]
[JsonSerializable(typeof(ImprovementBackdated))]
internal sealed partial class ImprovementsJson : JsonSerializerContext;
