using System.Collections.Immutable;
using Complaints.Core.Classification;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>What the source of an imported complaint said about it. Kept as said; nothing is repaired.</summary>
/// <param name="Source">The source.</param>
/// <param name="SourceId">The id there.</param>
/// <param name="DueAt">The source's own deadline.</param>
/// <param name="InTime">The source's own verdict; <c>null</c> when it gave none.</param>
/// <param name="Contradictions">What cannot be true, such as <c>closed-before-received</c>.</param>
/// <param name="AdoptedAt">When our own clocks were started.</param>
/// <param name="Own">What our own clocks said about it when it was imported; <c>null</c> when no policy was named.</param>
public sealed record ImportedRecord(string Source, string SourceId, Instant? DueAt, bool? InTime, ImmutableArray<string> Contradictions, Instant? AdoptedAt = null, OwnVerdict? Own = null);

/// <summary>One step of a source's history.</summary>
/// <param name="SourceState">The state in the source's words.</param>
/// <param name="State">What it means here.</param>
/// <param name="At">When it began; <c>null</c> when the source does not say.</param>
public sealed record ImportedStep(string SourceState, ComplaintState State, Instant? At);

/// <summary>
/// Takes over a complaint with its history: the only way past the lifecycle table. Silent: it starts no clock and sends nothing. Codes that are not in the tenant's
/// lists are kept as the source has them.
/// </summary>
/// <param name="Draft">What is known; <see cref="IntakeDraft.ExternalRef"/> and <see cref="IntakeDraft.ReceivedAt"/> are required.</param>
/// <param name="Steps">The history in the source's order.</param>
public sealed record ImportComplaint(IntakeDraft Draft, ImmutableArray<ImportedStep> Steps) : ComplaintCommand
{
    /// <summary>The history; never <c>default</c>.</summary>
    public ImmutableArray<ImportedStep> Steps { get; init; } = Steps.IsDefault ? [] : Steps;

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

    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Import;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var ticket = context.Intake ?? throw new ArgumentException("An imported complaint needs an intake ticket.", nameof(context));
        if (Draft.ExternalRef is not { } source || Draft.ReceivedAt is not { } received)
            return new("text.required", ("field", Draft.ExternalRef is null ? "externalRef" : "receivedAt"));
        if ((ImportRules.Check(this) ?? OwnClocks?.Check(context.Rules)) is { } bad)
            return bad;
        var table = context.Rules.Priorities.Value;
        var severity = Draft.Severity ?? table.Severity.Default;
        var urgency = Draft.Urgency ?? table.Urgency.Default;
        var impact = Draft.Impact ?? table.Impact.Default;
        events.Add(new ComplaintImported
        {
            Number = ticket.Number,
            Kind = Draft.Kind,
            Channel = Draft.Channel,
            EntryPoint = Draft.EntryPoint,
            ReceivedAt = received,
            Person = ticket.Person,
            Title = Personal.Of(Draft.Title),
            Complainant = Draft.Complainant.IsAnonymous ? null : Personal.Of(Draft.Complainant),
            Statement = Draft.Statement == new Statement() ? null : Personal.Of(Draft.Statement),
            Item = Draft.Item,
            Language = Draft.Language,
            Tier = Draft.Tier,
            RepeatKey = ticket.RepeatKey,
            Attributes = Draft.Attributes,
            Owner = Owner,
            Team = Team,
            Outcome = Outcome,
            AcknowledgedAt = AcknowledgedAt,
            Judgement = new Judgement(Draft.Category, Draft.Subcategory, severity, urgency, impact, Priority ?? table.For(severity, urgency, impact, Draft.Risks), Draft.Risks),
            Source = new ImportedRecord(source.Source, source.Id, DueAt, InTime, ImportRules.Contradictions(received, DueAt, AcknowledgedAt, Steps), Own: OwnClocks?.Measure(this, context.Rules)),
        });
        foreach (var step in Steps)
            events.Add(new ImportedTransition(step.SourceState, step.State, step.At, Irregular: !ImportRules.IsRegular(events.State.State, step.State)));
        return null;
    }
}

/// <summary>Starts our own clocks on an imported complaint that is still open.</summary>
/// <param name="FromReceipt">True to count from the first receipt, false from now.</param>
public sealed record Adopt(bool FromReceipt = false) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Adopt;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) => complaint.Imported switch
    {
        null => new("import.not_imported"),
        { AdoptedAt: { } at } => new("import.already_adopted", ("value", at)),
        _ => null,
    };

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ComplaintAdopted(FromReceipt ? complaint.Receipt.ReceivedAt : events.Moment.OccurredAt));
        PolicySelection.Append(events, context.Rules);
        return null;
    }
}

internal static class ImportRules
{
    /// <summary>Texts must be clean; codes may be the source's own.</summary>
    public static ComplaintError? Check(ImportComplaint import)
    {
        var draft = import.Draft;
        return Text.Check("externalRef.source", draft.ExternalRef!.Source, Text.Id)
            ?? Text.Check("externalRef.id", draft.ExternalRef.Id, Text.Title)
            ?? Text.Check("channel", draft.Channel, Text.Id)
            ?? Text.Check("kind", draft.Kind, Text.Id)
            ?? Text.Check("title", draft.Title, Text.Title)
            ?? Text.Check("complainant.name", draft.Complainant.Name, Text.Id, required: false)
            ?? Text.Check("complainant.customerRef", draft.Complainant.CustomerRef, Text.Id, required: false)
            ?? Text.Check("complainant.address", draft.Complainant.Address, Text.Short, required: false)
            ?? draft.Complainant.Contacts.Select(contact => Text.Check($"complainant.{contact.Kind}", contact.Value, Text.Title)).FirstOrDefault(error => error is not null)
            ?? Text.Check("desiredOutcome", draft.Statement.DesiredOutcome, Text.Long, required: false)
            ?? Text.Check("incidentPlace", draft.Statement.IncidentPlace, Text.Short, required: false)
            ?? Text.Check("incidentTime", draft.Statement.IncidentTime, Text.Id, required: false)
            ?? Text.Check("item.kind", draft.Item?.Kind, Text.Id, required: draft.Item is not null)
            ?? Text.Check("item.ref", draft.Item?.Ref, Text.Id, required: false)
            ?? Text.Check("item.model", draft.Item?.Model, Text.Id, required: false)
            ?? Text.Check("entryPoint", draft.EntryPoint, Text.Id, required: false)
            ?? Text.Check("severity", draft.Severity, Text.Id, required: false)
            ?? Text.Check("urgency", draft.Urgency, Text.Id, required: false)
            ?? Text.Check("impact", draft.Impact, Text.Id, required: false)
            ?? Text.Check("priority", import.Priority, Text.Id, required: false)
            ?? Text.Check("language", draft.Language, Text.Id, required: false)
            ?? Text.Check("tier", draft.Tier, Text.Id, required: false)
            ?? Text.Check("narrative", draft.Statement.Narrative, Text.Narrative, required: false)
            ?? Text.Check("category", draft.Category, Text.Title, required: false)
            ?? Text.Check("subcategory", draft.Subcategory, Text.Title, required: false)
            ?? Text.Check("owner", import.Owner, Text.Id, required: false)
            ?? Text.Check("team", import.Team, Text.Id, required: false)
            ?? Text.Check("outcome", import.Outcome, Text.Title, required: false)
            ?? draft.Attributes.Select(attribute => Text.Check($"attributes.{attribute.Key}", attribute.Value, Text.Short, required: false)).FirstOrDefault(error => error is not null);
    }

    /// <summary>Instants that cannot all be true.</summary>
    public static ImmutableArray<string> Contradictions(Instant received, Instant? due, Instant? acknowledged, ImmutableArray<ImportedStep> steps)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        if (due < received)
            found.Add("due-before-received");
        if (acknowledged < received)
            found.Add("acknowledged-before-received");
        // A ledger says that it ended at an instant, and that it stands open.
        if (steps is [.. var earlier, { At: null } last] && !LifecycleTable.Ends.Contains(last.State) && earlier.Any(step => step.At is not null && LifecycleTable.Ends.Contains(step.State)))
            found.Add("open-after-end");
        Instant? previous = null;
        foreach (var step in steps)
        {
            if (step.At is not { } at)
                continue;
            if (at < received && !found.Contains($"{Word(step.State)}-before-received"))
                found.Add($"{Word(step.State)}-before-received");
            else if (at < previous && !found.Contains("steps-out-of-order"))
                found.Add("steps-out-of-order");
            previous = at;
        }
        return found.DrainToImmutable();
    }

    /// <summary>True when our own table leads from one state to the other in one step.</summary>
    public static bool IsRegular(ComplaintState from, ComplaintState to) =>
        from == to || LifecycleTable.All.Any(row => row.From == from && row.To == to);

    private static string Word(ComplaintState state) => state.ToString().ToLowerInvariant();
}
