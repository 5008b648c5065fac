using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Intake;

/// <summary>How cases come in and what is said about them.</summary>
internal static class Room
{
    public static RoomCatalogue<Complaint> Catalogue { get; } = new RoomCatalogue<Complaint>("Intake", IntakeJson.Default)
        .Command<Register>()
        .Command<ImportComplaint>()
        .Command<Adopt>()
        .Command<Acknowledge>()
        .Command<AddNote>()
        .Command<AddParticipant>()
        .Command<AmendIntake>()
        .Command<AmendParticipant>()
        .Command<AmendNarrative>()
        .Command<RaisePoint>()
        .Command<DropPoint>()
        .Command<DropSplitPoint>()
        .Command<PartPoint>()
        .Command<SettleSplit>()
        .Command<RecordInteraction>()
        .Command<Link>()
        .Command<Unlink>()
        .Command<ConvertToComplaint>()
        .Event<ComplaintRegistered>()
        .Event<ComplaintImported>()
        .Event<ImportedTransition>()
        .Event<ComplaintAdopted>()
        .Event<ComplaintBackdated>()
        .Event<ComplaintAcknowledged>()
        .Event<GuideFollowed>()
        .Event<IntakeAmended>()
        .Event<NarrativeAmended>()
        .Event<NoteAdded>()
        .Event<ParticipantAdded>()
        .Event<ParticipantAmended>()
        .Event<PointRaised>()
        .Event<PointDropped>()
        .Event<PointParting>()
        .Event<CaseSplitOff>()
        .Event<SplitSettled>()
        .Event<InteractionRecorded>()
        .Event<ConvertedToComplaint>()
        .Event<RepeatLinked>()
        .Event<CaseLinked>()
        .Event<CaseUnlinked>()
        .FollowOn(Splitting.Owed)
        .Work(ContactWork.CallBack).Work(ContactWork.Complete).Work(ContactWork.CustomerWrote).Work(Splitting.Finish)
        .Definition(IntakeDefinitions.Channels)
        .Definition(IntakeDefinitions.EntryPoints)
        .Definition(IntakeDefinitions.Goals)
        .Definition(IntakeDefinitions.Guides)
        .Definition(IntakeDefinitions.Items)
        .Definition(IntakeDefinitions.Tiers)
        .Definition(IntakeDefinitions.Kinds)
        .Definition(IntakeDefinitions.ParticipantRoles)
        .Definition(IntakeDefinitions.InteractionKinds)
        .Definition(IntakeDefinitions.Repeats);
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
        typeof(PersonalContentJsonConverter<ContactCard>), typeof(PersonalContentJsonConverter<PhoneCall>),
    ])]
[JsonSerializable(typeof(Register))]
[JsonSerializable(typeof(ImportComplaint))]
[JsonSerializable(typeof(Adopt))]
[JsonSerializable(typeof(Acknowledge))]
[JsonSerializable(typeof(AddNote))]
[JsonSerializable(typeof(AddParticipant))]
[JsonSerializable(typeof(AmendIntake))]
[JsonSerializable(typeof(AmendParticipant))]
[JsonSerializable(typeof(AmendNarrative))]
[JsonSerializable(typeof(RaisePoint))]
[JsonSerializable(typeof(DropPoint))]
[JsonSerializable(typeof(DropSplitPoint))]
[JsonSerializable(typeof(PartPoint))]
[JsonSerializable(typeof(SettleSplit))]
[JsonSerializable(typeof(RecordInteraction))]
[JsonSerializable(typeof(Link))]
[JsonSerializable(typeof(Unlink))]
[JsonSerializable(typeof(ConvertToComplaint))]
[JsonSerializable(typeof(ComplaintRegistered))]
[JsonSerializable(typeof(ComplaintImported))]
[JsonSerializable(typeof(ImportedTransition))]
[JsonSerializable(typeof(ComplaintAdopted))]
[JsonSerializable(typeof(ComplaintBackdated))]
[JsonSerializable(typeof(ComplaintAcknowledged))]
[JsonSerializable(typeof(GuideFollowed))]
[JsonSerializable(typeof(IntakeAmended))]
[JsonSerializable(typeof(NarrativeAmended))]
[JsonSerializable(typeof(NoteAdded))]
[JsonSerializable(typeof(ParticipantAdded))]
[JsonSerializable(typeof(ParticipantAmended))]
[JsonSerializable(typeof(PointRaised))]
[JsonSerializable(typeof(PointDropped))]
[JsonSerializable(typeof(PointParting))]
[JsonSerializable(typeof(CaseSplitOff))]
[JsonSerializable(typeof(SplitSettled))]
[JsonSerializable(typeof(InteractionRecorded))]
[JsonSerializable(typeof(ConvertedToComplaint))]
[JsonSerializable(typeof(RepeatLinked))]
[JsonSerializable(typeof(CaseLinked))]
[JsonSerializable(typeof(CaseUnlinked))]
internal sealed partial class IntakeJson : JsonSerializerContext;
