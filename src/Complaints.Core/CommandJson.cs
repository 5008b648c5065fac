using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.FollowUp;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;

namespace Complaints.Core;

/// <summary>The text of a command, from which the hash of its row is made: the same command has the same text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(InstantJsonConverter), typeof(LocalDateJsonConverter), typeof(FactsJsonConverter)])]
[JsonSerializable(typeof(Register))]
[JsonSerializable(typeof(ImportComplaint))]
[JsonSerializable(typeof(Adopt))]
[JsonSerializable(typeof(Acknowledge))]
[JsonSerializable(typeof(AmendNarrative))]
[JsonSerializable(typeof(AddNote))]
[JsonSerializable(typeof(RecordInteraction))]
[JsonSerializable(typeof(LinkRepeat))]
[JsonSerializable(typeof(ConvertToComplaint))]
[JsonSerializable(typeof(Classify))]
[JsonSerializable(typeof(HandOver))]
[JsonSerializable(typeof(StartInvestigation))]
[JsonSerializable(typeof(Propose))]
[JsonSerializable(typeof(Present))]
[JsonSerializable(typeof(RequestApproval))]
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
[JsonSerializable(typeof(Reopen))]
[JsonSerializable(typeof(GrantReview))]
[JsonSerializable(typeof(PlaceOnHold))]
[JsonSerializable(typeof(ReleaseHold))]
[JsonSerializable(typeof(Withdraw))]
[JsonSerializable(typeof(Merge))]
[JsonSerializable(typeof(RecordVisit))]
[JsonSerializable(typeof(WaiveFollowUp))]
[JsonSerializable(typeof(Archive))]
[JsonSerializable(typeof(Escalate))]
[JsonSerializable(typeof(AgreeDeadline))]
[JsonSerializable(typeof(FireClocks))]
[JsonSerializable(typeof(MakeCommitment))]
[JsonSerializable(typeof(SettleCommitment))]
[JsonSerializable(typeof(RequestExtension))]
[JsonSerializable(typeof(DecideExtension))]
[JsonSerializable(typeof(Recalculate))]
[JsonSerializable(typeof(AbsorbMerged))]
[JsonSerializable(typeof(ConfirmAbsorbed))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    /// <summary>What a command's hash is made of, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(ComplaintCommand command) => JsonBytes.Write(command, static (writer, buffer, command) =>
    {
        var type = command.GetType();
        buffer.Write("command\u001f"u8);
        Encoding.UTF8.GetBytes(type.Name, buffer);
        buffer.Write("\u001f"u8);
        JsonSerializer.Serialize(writer, command, Default.GetTypeInfo(type)!);
    });
}
