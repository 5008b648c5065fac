using Complaints.Core.Classification;
using Complaints.Core.FollowUp;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>Records a new complaint, classifies it where the draft says how, and starts its clocks.</summary>
/// <param name="Draft">What is known. Errors: <c>validation.failed</c> with one detail a field.</param>
public sealed record Register(IntakeDraft Draft) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Register;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var ticket = context.Intake ?? throw new ArgumentException("A new complaint needs an intake ticket.", nameof(context));
        var rules = context.Rules;
        if (rules.IntakeValidator.Check(Draft, context.Now) is { } invalid)
            return invalid;
        var received = Draft.ReceivedAt ?? context.EffectiveAt;
        var (similar, repeatOf) = rules.Repeats.Value.Compare(ticket, received);
        events.Add(new ComplaintRegistered
        {
            Number = ticket.Number,
            Kind = Draft.Kind,
            Channel = Draft.Channel,
            EntryPoint = Draft.EntryPoint,
            ReceivedAt = received,
            Person = ticket.Person,
            Title = Personal.Of(Draft.Title),
            Complainant = Personal.Of(Draft.Complainant),
            Statement = Personal.Of(Draft.Statement),
            Item = Draft.Item,
            ExternalRef = Draft.ExternalRef,
            Language = Draft.Language,
            Tier = Draft.Tier,
            Contact = Draft.Contact,
            RepeatKey = ticket.RepeatKey,
            RepeatOf = repeatOf,
            Similar = similar,
            Attributes = Draft.Attributes,
            CallbackRequired = Draft.Channel == "letter" && Draft.Complainant.Phone is not null,
        });
        events.Add(Classified.From(Draft, rules));
        PolicySelection.Append(events, rules);
        return null;
    }
}

/// <summary>Confirms the receipt to the customer (受理确认).</summary>
public sealed record Acknowledge : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Acknowledge;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) =>
        complaint.Receipt.AcknowledgedAt is { } at ? new("acknowledge.already", ("value", at)) : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ComplaintAcknowledged());
        return null;
    }
}

/// <summary>Appends to what the customer said. The original is never changed.</summary>
/// <param name="Amendment">1 to 20,000 characters.</param>
public sealed record AmendNarrative(string Amendment) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.AmendNarrative;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("amendment", Amendment, Text.Narrative) is { } bad)
            return bad;
        events.Add(new NarrativeAmended(Personal.Of(Amendment)));
        return null;
    }
}

/// <summary>Adds an internal note.</summary>
/// <param name="Note">1 to 4,000 characters.</param>
public sealed record AddNote(string Note) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.AddNote;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("note", Note, Text.Long) is { } bad)
            return bad;
        events.Add(new NoteAdded(Personal.Of(Note)));
        return null;
    }
}

/// <summary>Records a call, mail or message with the customer. The first outbound one by a person stops the first-response clock.</summary>
/// <param name="Direction">Who spoke to whom.</param>
/// <param name="Channel">A code of the channels.</param>
/// <param name="ByPerson">Whether a person of ours took part.</param>
/// <param name="Reached">Whether the other side was reached.</param>
/// <param name="Summary">What was said; at most 4,000 characters.</param>
/// <param name="RecordingRef">The host's reference of the recording; at most 500 characters.</param>
/// <param name="Contact">When the customer wants to be contacted from now on, if the customer said so; replaces what was said before.</param>
public sealed record RecordInteraction(
    Direction Direction, string Channel, bool ByPerson = true, bool Reached = true, string? Summary = null, string? RecordingRef = null, ContactPreference? Contact = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.RecordInteraction;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var wrong = context.Rules.Channels.Check("channel", Channel)
            ?? (Enum.IsDefined(Direction) ? null : new ComplaintError("code.unknown", ("field", "direction"), ("value", (int)Direction), ("known", string.Join(", ", Enum.GetNames<Direction>()))))
            ?? Text.Check("summary", Summary, Text.Long, required: false)
            ?? Text.Check("recordingRef", RecordingRef, Text.Short, required: false)
            ?? Contact?.Check("contact");
        if (wrong is not null)
            return wrong;
        events.Add(new InteractionRecorded(Direction, Channel, ByPerson, Reached, Personal.OfNullable(Summary), RecordingRef, Contact));
        return null;
    }
}

/// <summary>States that this complaint repeats an earlier one; wins over the repeat rule.</summary>
/// <param name="Earlier">An earlier complaint of the tenant. Errors: <c>repeat.self</c>, <c>repeat.target_missing</c>, <c>repeat.not_earlier</c>.</param>
public sealed record LinkRepeat(ComplaintId Earlier) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.LinkRepeat;

    /// <inheritdoc/>
    public override ComplaintId? RefersTo => Earlier;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Earlier == complaint.Id)
            return new("repeat.self");
        if (context.Referred is not { } earlier || earlier.Id != Earlier)
            return new("repeat.target_missing", ("value", Earlier));
        if (earlier.Receipt.ReceivedAt > complaint.Receipt.ReceivedAt)
            return new("repeat.not_earlier", ("value", earlier.Number));
        events.Add(new RepeatLinked(Earlier));
        return null;
    }
}

/// <summary>A dissatisfied inquiry becomes a complaint (产生客诉). Id, number and receipt stay; its clocks follow the complaint's policy.</summary>
/// <param name="Kind">A kind that is not an inquiry; default <c>complaint</c>.</param>
public sealed record ConvertToComplaint(string Kind = "complaint") : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.ConvertToComplaint;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) =>
        context.Rules.Kinds.Find(complaint.Receipt.Kind) is { Inquiry: false } ? new("kind.not_inquiry", ("value", complaint.Receipt.Kind)) : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (context.Rules.Kinds.Check("kind", Kind) is { } unknown)
            return unknown;
        if (context.Rules.Kinds.Find(Kind) is { Inquiry: true })
            return new("code.unknown", ("field", "kind"), ("value", Kind), ("known", context.Rules.Kinds.Known(kind => !kind.Inquiry)));
        var to = LifecycleMachine.Next(complaint.State, Trigger)!.Value;
        events.Add(new ConvertedToComplaint(Kind, to, Restarts: complaint.Receipt.FirstResponseAt is not null || complaint.Settlement.ResolvedAt is not null ? true : null));
        PolicySelection.Append(events, context.Rules);
        return null;
    }
}
