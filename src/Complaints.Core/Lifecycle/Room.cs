using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;

namespace Complaints.Core.Lifecycle;

/// <summary>Waiting, ending, beginning again.</summary>
internal static class Room
{
    public static RoomCatalogue<Complaint> Catalogue { get; } = new RoomCatalogue<Complaint>("Lifecycle", LifecycleJson.Default)
        .Command<Reopen>()
        .Command<RequestReview>()
        .Command<GrantReview>()
        .Command<PlaceOnHold>()
        .Command<ReleaseHold>()
        .Command<Withdraw>()
        .Command<Merge>()
        .Command<AbsorbMerged>()
        .Command<ConfirmAbsorbed>()
        .Event<HoldPlaced>()
        .Event<HoldReleased>()
        .Event<ComplaintWithdrawn>()
        .Event<ComplaintMerged>()
        .Event<MergedAbsorbed>()
        .Event<MergeCompleted>()
        .Event<ComplaintReopened>()
        .Event<ReviewRequested>()
        .Event<ReviewGranted>()
        .FollowOn(Merging.Owed)
        .Work(LifecycleWork.Hold).Work(LifecycleWork.ReviewRequest).Work(LifecycleWork.FinishMerge)
        .Definition(LifecycleDefinitions.Gates)
        .Definition(LifecycleDefinitions.HoldReasons);
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
[JsonSerializable(typeof(Reopen))]
[JsonSerializable(typeof(RequestReview))]
[JsonSerializable(typeof(GrantReview))]
[JsonSerializable(typeof(PlaceOnHold))]
[JsonSerializable(typeof(ReleaseHold))]
[JsonSerializable(typeof(Withdraw))]
[JsonSerializable(typeof(Merge))]
[JsonSerializable(typeof(AbsorbMerged))]
[JsonSerializable(typeof(ConfirmAbsorbed))]
[JsonSerializable(typeof(HoldPlaced))]
[JsonSerializable(typeof(HoldReleased))]
[JsonSerializable(typeof(ComplaintWithdrawn))]
[JsonSerializable(typeof(ComplaintMerged))]
[JsonSerializable(typeof(MergedAbsorbed))]
[JsonSerializable(typeof(MergeCompleted))]
[JsonSerializable(typeof(ComplaintReopened))]
[JsonSerializable(typeof(ReviewRequested))]
[JsonSerializable(typeof(ReviewGranted))]
internal sealed partial class LifecycleJson : JsonSerializerContext;
