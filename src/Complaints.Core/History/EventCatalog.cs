using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;

namespace Complaints.Core.History;

/// <summary>Lifts an event's data from one version of its type to the next. Pure.</summary>
/// <param name="old">The data as written.</param>
public delegate JsonObject Upcaster(JsonObject old);

/// <summary>
/// Every type of event: its stored name, its current version, and how older versions are lifted. Names and old versions are only ever added. A golden file a version
/// in the tests holds the bytes still.
/// </summary>
public sealed class EventCatalog
{
    private readonly FrozenDictionary<string, EventType> _byName;
    private readonly FrozenDictionary<Type, EventType> _byClass;

    internal EventCatalog(IEnumerable<EventType> types)
    {
        var all = types.ToList();
        _byName = all.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        _byClass = all.ToFrozenDictionary(type => type.Json.Type);
    }

    /// <summary>The types of this version of the library.</summary>
    public static EventCatalog Current { get; } = new(Types());

    /// <summary>The stored names with their current versions.</summary>
    public ImmutableArray<(string Name, int Version)> Names => [.. _byName.Values.Select(type => (type.Name, type.Version)).Order()];

    internal EventType Of(ComplaintEvent happened) => _byClass[happened.GetType()];

    internal EventType? Find(string name) => _byName.GetValueOrDefault(name);

    internal IEnumerable<EventType> All => _byName.Values;

    private static IEnumerable<EventType> Types()
    {
        var json = HistoryJson.Default;
        return
        [
            new("registered", json.ComplaintRegistered),
            new("imported", json.ComplaintImported),
            new("imported-transition", json.ImportedTransition),
            new("adopted", json.ComplaintAdopted),
            new("acknowledged", json.ComplaintAcknowledged),
            new("narrative-amended", json.NarrativeAmended),
            new("note-added", json.NoteAdded),
            new("interaction-recorded", json.InteractionRecorded),
            new("converted-to-complaint", json.ConvertedToComplaint),
            new("repeat-linked", json.RepeatLinked),
            new("classified", json.Classified),
            new("policy-applied", json.PolicyApplied),
            new("clock-settled", json.ClockSettled),
            new("clocks-settled", json.ClocksSettled),
            new("clocks-recalculated", json.ClocksRecalculated),
            new("steps-skipped", json.StepsSkipped),
            new("extension-requested", json.ExtensionRequested),
            new("extension-decided", json.ExtensionDecided),
            new("commitment-made", json.CommitmentMade),
            new("commitment-settled", json.CommitmentSettled),
            new("result-corrected", json.ResultCorrected),
            new("clock-breached", json.ClockBreached),
            new("clock-warned", json.ClockWarned),
            new("escalated", json.ComplaintEscalated),
            new("deadline-agreed", json.DeadlineAgreed),
            new("handed-over", json.HandedOver),
            new("investigation-started", json.InvestigationStarted),
            new("proposal-made", json.ProposalMade),
            new("proposal-presented", json.ProposalPresented),
            new("proposal-accepted", json.ProposalAccepted),
            new("proposal-rejected", json.ProposalRejected),
            new("consent-lapsed", json.ConsentLapsed),
            new("approval-requested", json.ApprovalRequested),
            new("approval-granted", json.ApprovalGranted),
            new("approval-rejected", json.ApprovalRejected),
            new("approval-recalled", json.ApprovalRecalled),
            new("resolved", json.ComplaintResolved),
            new("not-established", json.NotEstablishedDecided),
            new("remedy-completed", json.RemedyCompleted),
            new("remedy-failed", json.RemedyFailed),
            new("result-notified", json.ResultNotified),
            new("solution-confirmed", json.SolutionConfirmed),
            new("closed", json.ComplaintClosed),
            new("hold-placed", json.HoldPlaced),
            new("hold-released", json.HoldReleased),
            new("withdrawn", json.ComplaintWithdrawn),
            new("merged", json.ComplaintMerged),
            new("merged-absorbed", json.MergedAbsorbed),
            new("merge-completed", json.MergeCompleted),
            new("reopened", json.ComplaintReopened),
            new("review-granted", json.ReviewGranted),
            new("visit-recorded", json.VisitRecorded),
            new("follow-up-waived", json.FollowUpWaived),
            new("archived", json.ComplaintArchived),
        ];
    }
}

/// <summary>One type of event.</summary>
/// <param name="Name">Its stored name.</param>
/// <param name="Json">How its data is written.</param>
/// <param name="Upcasters">How older versions are lifted: the first from 1 to 2, and so on.</param>
internal sealed record EventType(string Name, JsonTypeInfo Json, params ImmutableArray<Upcaster> Upcasters)
{
    /// <summary>The version that is written now.</summary>
    public int Version => Upcasters.Length + 1;

    /// <summary>Lifts data of an older version.</summary>
    public JsonObject Lift(JsonObject data, int from)
    {
        for (var version = from; version < Version; version++)
            data = Upcasters[version - 1](data);
        return data;
    }
}
