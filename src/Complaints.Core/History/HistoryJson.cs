using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.History;

/// <summary>How events and states are written: camel case, nothing for null, instants in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters =
    [
        typeof(InstantJsonConverter), typeof(LocalDateJsonConverter), typeof(FactsJsonConverter),
        typeof(PersonalJsonConverter<string>), typeof(PersonalJsonConverter<Complainant>), typeof(PersonalJsonConverter<Statement>),
    ])]
[JsonSerializable(typeof(EventHeader))]
[JsonSerializable(typeof(Complaint))]
[JsonSerializable(typeof(CommandAnswer))]
[JsonSerializable(typeof(ComplaintRegistered))]
[JsonSerializable(typeof(ComplaintImported))]
[JsonSerializable(typeof(ImportedTransition))]
[JsonSerializable(typeof(ComplaintAdopted))]
[JsonSerializable(typeof(ComplaintAcknowledged))]
[JsonSerializable(typeof(NarrativeAmended))]
[JsonSerializable(typeof(NoteAdded))]
[JsonSerializable(typeof(InteractionRecorded))]
[JsonSerializable(typeof(ConvertedToComplaint))]
[JsonSerializable(typeof(RepeatLinked))]
[JsonSerializable(typeof(Classified))]
[JsonSerializable(typeof(PolicyApplied))]
[JsonSerializable(typeof(ClockSettled))]
[JsonSerializable(typeof(ClocksSettled))]
[JsonSerializable(typeof(ClocksRecalculated))]
[JsonSerializable(typeof(StepsSkipped))]
[JsonSerializable(typeof(ExtensionRequested))]
[JsonSerializable(typeof(ExtensionDecided))]
[JsonSerializable(typeof(CommitmentMade))]
[JsonSerializable(typeof(CommitmentSettled))]
[JsonSerializable(typeof(MergedAbsorbed))]
[JsonSerializable(typeof(MergeCompleted))]
[JsonSerializable(typeof(ResultCorrected))]
[JsonSerializable(typeof(ClockBreached))]
[JsonSerializable(typeof(ClockWarned))]
[JsonSerializable(typeof(ComplaintEscalated))]
[JsonSerializable(typeof(DeadlineAgreed))]
[JsonSerializable(typeof(HandedOver))]
[JsonSerializable(typeof(InvestigationStarted))]
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
[JsonSerializable(typeof(HoldPlaced))]
[JsonSerializable(typeof(HoldReleased))]
[JsonSerializable(typeof(ComplaintWithdrawn))]
[JsonSerializable(typeof(ComplaintMerged))]
[JsonSerializable(typeof(ComplaintReopened))]
[JsonSerializable(typeof(ReviewGranted))]
[JsonSerializable(typeof(VisitRecorded))]
[JsonSerializable(typeof(FollowUpWaived))]
[JsonSerializable(typeof(ComplaintArchived))]
internal sealed partial class HistoryJson : JsonSerializerContext;

/// <summary>An instant in ISO 8601 UTC, to the microsecond.</summary>
public sealed class InstantJsonConverter : JsonConverter<Instant>
{
    /// <inheritdoc/>
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        !reader.HasValueSequence && !reader.ValueIsEscaped && InstantText.TryRead(reader.ValueSpan, out var instant) ? instant
            : InstantPattern.ExtendedIso.Parse(reader.GetString() ?? "") is { Success: true } result ? result.Value
            : throw new JsonException($"'{reader.GetString()}' is no instant; write for example 2026-09-05T08:30:00Z.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => InstantText.Write(writer, value);
}

/// <summary>A date in ISO 8601.</summary>
public sealed class LocalDateJsonConverter : JsonConverter<LocalDate>
{
    /// <inheritdoc/>
    public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LocalDatePattern.Iso.Parse(reader.GetString() ?? "") is { Success: true } result
            ? result.Value
            : throw new JsonException($"'{reader.GetString()}' is no date; write for example 2026-09-05.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) => writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
}

/// <summary>Facts by name, in ordinal order whatever the machine's culture.</summary>
internal sealed class FactsJsonConverter : JsonConverter<ImmutableSortedDictionary<string, string>>
{
    public override ImmutableSortedDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var facts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            facts[name] = reader.GetString() ?? "";
        }
        return facts.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, fact) in value)
            writer.WriteString(name, fact);
        writer.WriteEndObject();
    }
}
