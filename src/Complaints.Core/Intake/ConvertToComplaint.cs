using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>A dissatisfied inquiry becomes a complaint (产生客诉). Id, number and receipt stay; its clocks follow the complaint's
/// policy.</summary>
/// <param name="Kind">A kind that is not an inquiry; default <c>complaint</c>.</param>
public sealed record ConvertToComplaint(string Kind = "complaint") : ComplaintCommand, ICapability<ConvertToComplaint, Complaint>
{
    private static readonly Refusal NotInquiry = new(
        "kind.not_inquiry",
        "Only an inquiry becomes a complaint; this is a {value}.",
        "只有咨询可以转为投诉，当前类型为“{value}”。");

    static Capability ICapability<ConvertToComplaint, Complaint>.Capability { get; } = new("convert-to-complaint", new("Convert to a complaint", "转为投诉"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<ConvertToComplaint>(f =>
        [
            f.Code(command => command.Kind, Labels.Kind, rules => rules.Kinds, only: kind => !kind.Inquiry),
        ]),
        StaysIn = States.Codes(States.Open),
        Refusals = [NotInquiry],
    };

    static ConvertToComplaint ICapability<ConvertToComplaint, Complaint>.Example(Occasion occasion) => new();

    static ComplaintError? ICapability<ConvertToComplaint, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        context.Rules.Kinds.Find(complaint.Receipt.Kind) is { Inquiry: false } ? NotInquiry.With(("value", context.Rules.Kinds.Named(complaint.Receipt.Kind))) : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var to = events.To();
        events.Add(new ConvertedToComplaint(Kind, to, Restarts: complaint.Receipt.FirstResponseAt is not null || complaint.Settlement.ResolvedAt is not null ? true : null));
        PolicySelection.Append(events, context.Rules);
        return null;
    }
}

/// <summary>An inquiry became a complaint (产生客诉): id, number and receipt stay.</summary>
/// <param name="Kind">The new kind.</param>
/// <param name="To">The state after it.</param>
/// <param name="Restarts">Whether its clocks start at the conversion, because somebody had answered the inquiry; else they go on from the
/// first receipt.</param>
public sealed record ConvertedToComplaint(string Kind, Lifecycle.ComplaintState To, bool? Restarts = null)
    : ComplaintEvent, IHappening<ConvertedToComplaint, Complaint>
{
    static EventType IHappening<ConvertedToComplaint, Complaint>.EventType { get; } = new("converted-to-complaint", 1, new("Converted to a complaint", "已转为投诉"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Kind, rules.Kinds.Named(Kind))];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        Restarts == true ? [new(FactKind.Converted, moment.OccurredAt)] : [];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Receipt = complaint.Receipt with { Kind = Kind, ConvertedAt = moment.OccurredAt },
        Progress = complaint.Progress with { State = To },
        Settlement = To == complaint.State ? complaint.Settlement : complaint.Settlement.Reset(),
    };
}
