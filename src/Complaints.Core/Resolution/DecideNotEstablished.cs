using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>Decides that the complaint is not established (不成立) or declines it (不予受理). The customer is answered and may ask for a
/// review. Points that nobody has judged are not established by it; it is refused while a point stands that is established, wholly or in
/// part.</summary>
/// <param name="Outcome"><c>not-established</c>, <c>declined</c> or another code of the outcomes.</param>
/// <param name="Reason">Why, as the customer will be told; 1 to 4,000 characters.</param>
/// <param name="ReferredTo">The body that is competent instead; at most 500 characters.</param>
public sealed record DecideNotEstablished(string Outcome, string Reason, string? ReferredTo = null)
    : ComplaintCommand, ICapability<DecideNotEstablished, Complaint>
{
    private static readonly Refusal Established = new(
        "validity.established",
        "What is established, at least in part, cannot end so: {points}. Judge again, or solve it.",
        "以下诉求点已判定成立或部分成立，不能整体判定不成立：{points}。请重新判定或予以解决。");

    static Capability ICapability<DecideNotEstablished, Complaint>.Capability { get; } = new("decide-not-established", new("Decide not established", "判定不成立"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<DecideNotEstablished>(f =>
        [
            f.Code(command => command.Outcome, Labels.Outcome, rules => rules.Outcomes),
            f.Text(command => command.Reason, Labels.Reason, Text.Long),
            f.Text(command => command.ReferredTo, Labels.ReferredTo, Text.Short, required: false),
        ]),
        Refusals = [ProposalRules.OpenWork, Established, ReviewRules.DecidedBefore],
    };

    static DecideNotEstablished ICapability<DecideNotEstablished, Complaint>.Example(Occasion occasion) =>
        new("not-established", "Used outdoors.");

    static ComplaintError? ICapability<DecideNotEstablished, Complaint>.Precondition(Complaint complaint, Subject? subject,
        DecisionContext<Complaint> context) =>
        ProposalRules.NoOpenWork(complaint) ?? ReviewRules.Independent(complaint, context.Actor) ?? NothingEstablished(complaint);

    /// <summary>Asked for every page: it allocates only where it refuses.</summary>
    private static ComplaintError? NothingEstablished(Complaint complaint)
    {
        foreach (var point in complaint.Points)
        {
            if (IsEstablished(point))
                return Established.With(("points", complaint.Points.Where(IsEstablished).Select(stands => stands.Subject)));
        }
        return null;
    }

    private static bool IsEstablished(Point point) => point is { IsOpen: true, Validity: not (null or PointValidity.Not) };

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new NotEstablishedDecided(Outcome, Personal.Of(Reason), Personal.OfNullable(ReferredTo)));
        return null;
    }
}

/// <summary>The complaint was not established, or declined.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why.</param>
/// <param name="ReferredTo">The body that is competent instead.</param>
public sealed record NotEstablishedDecided(string Outcome, Personal<string> Reason, Personal<string>? ReferredTo)
    : ComplaintEvent, IHappening<NotEstablishedDecided, Complaint>
{
    static EventType IHappening<NotEstablishedDecided, Complaint>.EventType { get; } = new("not-established", 2,
        new("Decided as not established", "已判定不成立")) { Leaves = Leaving.Plain };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Outcome, rules.Outcomes.Named(Outcome)), new(Labels.Reason, Reason), new(Labels.ReferredTo, ReferredTo)];

    internal override PersonalField[] PersonalValues => [new("reason", Reason), new("referred-to", ReferredTo)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        [new(FactKind.ValidityJudged, moment.OccurredAt), new(FactKind.ValidityDecided, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var settlement = complaint.Settlement with { Outcome = Outcome, ResolvedAt = moment.OccurredAt };
        return Judge(complaint).In(ComplaintState.NotEstablished) with { Settlement = settlement.DecidedBy(moment.Actor) };
    }

    /// <summary>The same, with every point that nobody has judged not established.</summary>
    internal static Complaint Judge(Complaint complaint) => complaint with
    {
        Points = PointRules.Changed(complaint, point => point is { IsOpen: true, Validity: null },
            point => point with { Validity = PointValidity.Not }),
    };
}
