using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Resolution;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>
/// Takes over a complaint with its history: the only way past the lifecycle table. Silent: it starts no clock and sends nothing. Codes that
/// are not in the tenant's lists are kept as the source has them.
/// </summary>
/// <param name="Draft">What is known; <see cref="IntakeDraft.ExternalRef"/> and <see cref="IntakeDraft.ReceivedAt"/> are required.</param>
/// <param name="Steps">The history in the source's order.</param>
public sealed record ImportComplaint(IntakeDraft Draft, ImmutableArray<ImportedStep> Steps)
    : ComplaintCommand, ICapability<ImportComplaint, Complaint>
{
    /// <summary>The history; never <c>default</c>.</summary>
    public ImmutableArray<ImportedStep> Steps { get; init => field = Given.Of(value); } = Given.Of(Steps);

    /// <summary>The source's own deadline.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>The source's own verdict.</summary>
    public bool? InTime { get; init; }

    /// <summary>The priority in the source's terms or mapped to ours; <c>null</c> to take it from the table.</summary>
    public string? Priority { get; init; }

    /// <summary>Who answered for it.</summary>
    public string? Owner { get; init; }

    /// <summary>The team that answered for it.</summary>
    public string? Team { get; init; }

    /// <summary>How it ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>When the source acknowledged it or first acted.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>By which policy of ours it is judged beside the source's verdict; <c>null</c> for none.</summary>
    public OwnClocks? OwnClocks { get; init; }

    static Capability ICapability<ImportComplaint, Complaint>.Capability { get; } = new("import", new("Import", "导入"))
    {
        Roles = [Role.Administrator],
        Fields = Field.Of<ImportComplaint>(f =>
        [
            f.Group(command => command.Draft, Labels.Draft, required: true, check: null, parts: IntakeFields.OfDraft),
            f.Group<ImmutableArray<ImportedStep>?>(command => command.Steps, Labels.Steps, required: false, ImportRules.Check),
            f.Moment(command => command.DueAt, Labels.Due, required: false),
            f.Flag(command => command.InTime, Labels.InTime, required: false),
            f.CodeOfRule(command => command.Priority, Labels.Priority, rules => rules.Priorities.Value.Priority.Items, Text.Id),
            f.Person(command => command.Owner, Labels.Owner, required: false),
            f.Team(command => command.Team, Labels.Team, required: false),
            f.CodeOfRule(command => command.Outcome, Labels.Outcome, rules => rules.Outcomes.Items, Text.Title),
            f.Moment(command => command.AcknowledgedAt, Labels.AcknowledgedAt, required: false),
            f.Group(command => command.OwnClocks, Labels.OwnClocks, required: false, check: null),
        ]),
        Refusals = [IntakeTimes.EndedEarly],
        IsCreating = true,
    };

    static ImportComplaint ICapability<ImportComplaint, Complaint>.Example(Occasion occasion) =>
        new(DraftExamples.Of(occasion) with { ExternalRef = new("old", $"{occasion.Variant + 1}"),
            ReceivedAt = occasion.Now - Duration.FromDays(1) }, []);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var ticket = context.Intake ?? throw new ArgumentException("An imported complaint needs an intake ticket.", nameof(context));
        if ((ImportValidator.Check(Draft) ?? IntakeTimes.Early(Draft, context.Now, context.Rules.Settings.Zone).FirstOrDefault()
            ?? OwnClocks?.Check(context.Rules)) is { } bad)
            return bad;
        var received = Draft.ReceivedAt!.Value;
        if (Draft.Call?.Answered is { } answered && answered < received)
            return new("time.before_receipt", ("value", answered), ("bound", received));
        var table = context.Rules.Priorities.Value;
        var severity = Draft.Severity ?? table.Severity.Default;
        var urgency = Draft.Urgency ?? table.Urgency.Default;
        var impact = Draft.Impact ?? table.Impact.Default;
        var entry = new IntakeEntry(Draft, received, ticket, context.Rules.Items);
        events.Add(new ComplaintImported
        {
            Number = ticket.Number,
            Entry = entry,
            Statement = Draft.Statement.ToSeal,
            Item = Draft.Item?.ToSeal(entry.ItemModel),
            SourceId = Personal.OfNullable(Draft.ExternalRef?.Id),
            Owner = Owner,
            Team = Team,
            Outcome = Outcome,
            AcknowledgedAt = AcknowledgedAt,
            Judgement = new Judgement(Draft.Category, Draft.Subcategory, severity, urgency, impact, Priority ?? table.For(severity, urgency, impact, Draft.Risks), Draft.Risks),
            Source = new ImportedRecord(
                DueAt, InTime, ImportRules.Contradictions(received, DueAt, AcknowledgedAt, Steps),
                Own: OwnClocks?.Measure(this, context.Rules)),
        });
        foreach (var point in DraftPoint.Raised(Draft, Draft.Category))
            events.Add(point);
        Accusation.Append(Draft, context, events);
        // A source's answers are its own: they are kept, and nothing is required.
        if (GuideFollowed.Of(Draft, found: null) is { } told)
            events.Add(told);
        if (InteractionRecorded.OfDraft(Draft, received, context) is { } talk)
            events.Add(talk);
        foreach (var step in Steps)
            events.Add(new ImportedTransition(step.SourceState, step.State, step.At, Irregular: !ImportRules.IsRegular(events.State.State, step.State)));
        return null;
    }
}
