using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;

namespace Complaints.Core.Resolution;

/// <summary>How it is solved: proposals, approvals, consent, outcome.</summary>
internal static class Room
{
    public static RoomCatalogue<Complaint> Catalogue { get; } = new RoomCatalogue<Complaint>("Resolution", ResolutionJson.Default)
        .Command<Propose>()
        .Command<Present>()
        .Command<RequestApproval>()
        .Command<RequestWaiver>().Event<WaiverRequested>().Event<WaiverAnswered>()
        .Command<Approve>()
        .Command<RejectApproval>()
        .Command<RecallApproval>()
        .Command<AcceptProposal>()
        .Command<RejectProposal>()
        .Command<LapseConsent>()
        .Command<CompleteRemedy>()
        .Command<FailRemedy>()
        .Command<Resolve>()
        .Command<DecideNotEstablished>()
        .Command<NotifyResult>()
        .Command<ConfirmSolved>()
        .Command<Close>()
        .Event<ProposalMade>()
        .Event<ProposalPresented>()
        .Event<ProposalAccepted>()
        .Event<ProposalRejected>()
        .Event<ConsentLapsed>()
        .Event<ApprovalRequested>()
        .Event<ApprovalGranted>()
        .Event<ApprovalRejected>()
        .Event<ApprovalRecalled>()
        .Event<ComplaintResolved>()
        .Event<NotEstablishedDecided>()
        .Event<RemedyCompleted>()
        .Event<RemedyFailed>()
        .Event<ResultNotified>()
        .Event<SolutionConfirmed>()
        .Event<ComplaintClosed>()
        .Work(ResolutionWork.Approve).Work(ResolutionWork.Consent).Work(ResolutionWork.Notify).Work(ResolutionWork.Close)
        .Definition(ResolutionDefinitions.Confirmations)
        .Definition(ResolutionDefinitions.Outcomes)
        .Definition(ResolutionDefinitions.Remedies);
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
[JsonSerializable(typeof(Propose))]
[JsonSerializable(typeof(Present))]
[JsonSerializable(typeof(RequestApproval))]
[JsonSerializable(typeof(RequestWaiver))]
[JsonSerializable(typeof(WaiverRequested))]
[JsonSerializable(typeof(WaiverAnswered))]
[JsonSerializable(typeof(Approve))]
[JsonSerializable(typeof(RejectApproval))]
[JsonSerializable(typeof(RecallApproval))]
[JsonSerializable(typeof(AcceptProposal))]
[JsonSerializable(typeof(RejectProposal))]
[JsonSerializable(typeof(LapseConsent))]
[JsonSerializable(typeof(CompleteRemedy))]
[JsonSerializable(typeof(FailRemedy))]
[JsonSerializable(typeof(Resolve))]
[JsonSerializable(typeof(DecideNotEstablished))]
[JsonSerializable(typeof(NotifyResult))]
[JsonSerializable(typeof(ConfirmSolved))]
[JsonSerializable(typeof(Close))]
[JsonSerializable(typeof(ProposalMade))]
[JsonSerializable(typeof(ProposalPresented))]
[JsonSerializable(typeof(ProposalAccepted))]
[JsonSerializable(typeof(ProposalRejected))]
[JsonSerializable(typeof(ConsentLapsed))]
[JsonSerializable(typeof(ApprovalRequested))]
[JsonSerializable(typeof(ApprovalGranted))]
[JsonSerializable(typeof(ApprovalRejected))]
[JsonSerializable(typeof(ApprovalRecalled))]
[JsonSerializable(typeof(ComplaintResolved))]
[JsonSerializable(typeof(NotEstablishedDecided))]
[JsonSerializable(typeof(RemedyCompleted))]
[JsonSerializable(typeof(RemedyFailed))]
[JsonSerializable(typeof(ResultNotified))]
[JsonSerializable(typeof(SolutionConfirmed))]
[JsonSerializable(typeof(ComplaintClosed))]
internal sealed partial class ResolutionJson : JsonSerializerContext;
