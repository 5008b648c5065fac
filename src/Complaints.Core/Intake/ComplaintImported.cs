using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Classification;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>A complaint was taken over from another system, with what its source said.</summary>
public sealed record ComplaintImported : ComplaintEvent, IHappening<ComplaintImported, Complaint>, ITellsItem
{
    static EventType IHappening<ComplaintImported, Complaint>.EventType { get; } =
        new("imported", 4, new("Imported", "已导入")) { Upcasters = [EntryOfBefore.Sealed] };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(null, Entry.Title), new(Labels.Source, Entry.Source), new(Labels.SourceId, SourceId)];

    /// <summary>The number for people.</summary>
    public required string Number { get; init; }

    /// <summary>What was entered: codes in the source's words, and the source as <see cref="IntakeEntry.Source"/>.</summary>
    public required IntakeEntry Entry { get; init; }

    /// <summary>What the customer said; <c>null</c> when the source does not tell.</summary>
    public Personal<Statement>? Statement { get; init; }

    /// <summary>The item as it was told, with its reference; <c>null</c> where the codes say all.</summary>
    public Personal<Item>? Item { get; init; }

    /// <summary>The id by which <see cref="IntakeEntry.Source"/> knows it. Whether an id was taken in before is told by a hash beside the
    /// history, which stays when the person is erased.</summary>
    public Personal<string>? SourceId { get; init; }

    /// <summary>Who answered for it.</summary>
    public string? Owner { get; init; }

    /// <summary>The team that answered for it.</summary>
    public string? Team { get; init; }

    /// <summary>How it ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>When the source acknowledged it.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>The source's classification.</summary>
    public required Judgement Judgement { get; init; }

    /// <summary>The source's deadline and its verdict.</summary>
    public required ImportedRecord Source { get; init; }

    internal override PersonalField[] PersonalValues =>
        [.. Entry.PersonalValues, new("item", Item), new("source-id", SourceId), new("statement", Statement)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Number = Number,
        Receipt = new Receipt(Entry, moment.RecordedAt) { AcknowledgedAt = AcknowledgedAt },
        Judgement = Judgement,
        Responsibility = new Responsibility(Owner, Team),
        Settlement = complaint.Settlement with { Outcome = Outcome },
        Imported = Source,
    };
}

/// <summary>One step of the source's history.</summary>
/// <param name="SourceState">The state in the source's words.</param>
/// <param name="State">What it means here.</param>
/// <param name="At">When it began; <c>null</c> when the source does not say.</param>
/// <param name="Irregular">True when our table has no such step.</param>
public sealed record ImportedTransition(string SourceState, ComplaintState State, Instant? At, bool Irregular)
    : ComplaintEvent, IHappening<ImportedTransition, Complaint>
{
    static EventType IHappening<ImportedTransition, Complaint>.EventType { get; } = new("imported-transition", 1, new("Changed state in its source", "来源系统状态变更"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.State, State), new(Labels.Source, SourceState)];

    internal override Instant? MovedAt(EventMoment moment) => At;

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var ended = States.Ends.Contains(State);
        var settlement = complaint.Settlement;
        if (State is ComplaintState.Resolved or ComplaintState.NotEstablished)
            settlement = settlement with { ResolvedAt = At };
        else if (State == ComplaintState.Closed)
            settlement = settlement with { ResolvedAt = settlement.ResolvedAt ?? At, Confirmation = At is { } at ? new Confirmation(Confirmation.BySource, at) : null };
        else if (!ended)
            settlement = settlement with { ResolvedAt = null };
        // What the source found not established, is so in its only point.
        var judged = State == ComplaintState.NotEstablished ? NotEstablishedDecided.Judge(complaint) : complaint;
        return judged with
        {
            Settlement = settlement,
            Progress = complaint.Progress with
            {
                State = State,
                EndedAt = ended ? At : null,
                Holds = State == ComplaintState.OnHold ? [new Hold("imported", At ?? moment.OccurredAt, moment.Actor.Id)] : [],
                ResumesTo = State == ComplaintState.OnHold ? complaint.Progress.Underlying : null,
            },
        };
    }
}
