using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>Records a new complaint, classifies it where the draft says how, and starts its clocks.</summary>
/// <param name="Draft">What is known. Errors: <c>validation.failed</c> with one detail a field; <c>guide.stop</c> before
/// anything else, which names the emergency line.</param>
public sealed record Register(IntakeDraft Draft) : ComplaintCommand, ICapability<Register, Complaint>
{
    static Capability ICapability<Register, Complaint>.Capability { get; } = new("register", new("Register", "登记"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Register>(f =>
        [
            f.Group(command => command.Draft, Labels.Draft, required: true, check: null, parts: IntakeFields.OfDraft),
        ]),
        Refusals = [IntakeTimes.EndedEarly, GuideBook.Stop, GuideBook.NotAsked, GuideBook.Twice],
        IsCreating = true,
    };

    static Register ICapability<Register, Complaint>.Example(Occasion occasion) => new(DraftExamples.Of(occasion));

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var ticket = context.Intake ?? throw new ArgumentException("A new complaint needs an intake ticket.", nameof(context));
        var rules = context.Rules;
        if (rules.IntakeValidator.Check(Draft, context.Now) is { } invalid)
            return invalid;
        if (Draft.Call?.CheckTimes(context, Draft.ReceivedAt) is { } wrong)
            return wrong;
        var received = Draft.ReceivedAt ?? Draft.Call?.Answered ?? context.EffectiveAt;
        var entry = new IntakeEntry(Draft, received, ticket, rules.Items);
        var classified = Classified.From(Draft, rules);
        var matter = new Matter(
            classified.Judgement.Category, classified.Judgement.Subcategory, entry.ItemKind, entry.ItemModel, ticket.ItemHash);
        // What is split off was compared as a part of what it comes from, and repeats nothing by itself.
        var (similar, repeatOf) = ticket.Split is not null ? ([], null) : rules.Repeats.Value
            .Compare(ticket, received, Draft.Complainant.CustomerRef is { } reference && LookupText.IsKey(reference), matter);
        events.Add(new ComplaintRegistered
        {
            Number = ticket.Number,
            Entry = entry,
            Statement = Draft.Statement.ToSeal,
            Item = Draft.Item?.ToSeal(entry.ItemModel),
            SourceId = Personal.OfNullable(Draft.ExternalRef?.Id),
            RepeatOf = repeatOf,
            Similar = similar,
            CallbackRequired = Draft.Channel == "letter" && Draft.Complainant.Phone is not null,
        });
        if (ticket.Split is { } split)
            events.Add(new CaseSplitOff(split.From, split.Number, split.Point));
        events.Add(classified);
        PolicySelection.Append(events, rules);
        foreach (var point in DraftPoint.Raised(Draft, classified.Judgement.Category))
            events.Add(point);
        Accusation.Append(Draft, context, events);
        if (ticket.Placement is { } placement)
        {
            events.Add(new HandedOver(placement.Owner, placement.Team, HandedOver.ByRouting, IsFirst: true, Remark: null, placement.Track,
                placement.Route));
        }
        if (GuideFollowed.Of(Draft, rules.Guides.For(Draft, rules)) is { } followed)
            events.Add(followed);
        if (InteractionRecorded.OfDraft(Draft, received, context) is { } told)
            events.Add(told);
        return null;
    }
}
