using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Classification;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>A complaint was taken over from another system, with what its source said.</summary>
public sealed record ComplaintImported : ComplaintEvent, IHappening<ComplaintImported, Complaint>
{
    static EventType IHappening<ComplaintImported, Complaint>.EventType { get; } = new("imported", 1, new("Imported", "已导入"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(null, Title), new(Labels.Source, Source.Source)];

    /// <summary>The number for people.</summary>
    public required string Number { get; init; }

    /// <summary>What it is.</summary>
    public required string Kind { get; init; }

    /// <summary>How it came in, in the source's words.</summary>
    public required string Channel { get; init; }

    /// <summary>The entry point it came in by.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>When the source received it.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>Under whose key the personal data is sealed.</summary>
    public required SubjectId Person { get; init; }

    /// <summary>One line.</summary>
    public required Personal<string> Title { get; init; }

    /// <summary>Who complained.</summary>
    public Personal<Complainant>? Complainant { get; init; }

    /// <summary>What the customer said.</summary>
    public Personal<Statement>? Statement { get; init; }

    /// <summary>The product or service.</summary>
    public Item? Item { get; init; }

    /// <summary>The language to answer in.</summary>
    public string? Language { get; init; }

    /// <summary>The membership tier.</summary>
    public string? Tier { get; init; }

    /// <summary>The keyed hash by which repeats are found.</summary>
    public string? RepeatKey { get; init; }

    /// <summary>Facts of the source by name.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

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

    /// <summary>The source, its deadline and its verdict.</summary>
    public required ImportedRecord Source { get; init; }

    internal override IEnumerable<IPersonal?> PersonalValues => [Title, Complainant, Statement];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Number = Number,
        Receipt = new Receipt
        {
            Kind = Kind,
            Channel = Channel,
            EntryPoint = EntryPoint,
            ReceivedAt = ReceivedAt,
            RegisteredAt = moment.RecordedAt,
            Person = Person,
            Title = Title,
            Complainant = Complainant,
            Item = Item,
            ExternalRef = new ExternalRef(Source.Source, Source.SourceId),
            Language = Language,
            Tier = Tier,
            RepeatKey = RepeatKey,
            Attributes = Attributes,
            AcknowledgedAt = AcknowledgedAt,
        },
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
        return complaint with
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
