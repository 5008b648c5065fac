using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Lifecycle;

/// <summary>Grants a second-stage review of any outcome: the one that was asked for, or one of our own. No reason need be
/// given.</summary>
/// <param name="Reviewer">Who reviews: somebody who decided nothing in this complaint. Error: <c>review.not_independent</c>,
/// <c>assignment.conflict</c>.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command; <c>null</c> for none. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record GrantReview(string Reviewer, string? Reason = null, string? Remark = null)
    : ComplaintCommand, ICapability<GrantReview, Complaint>
{
    private static readonly Refusal NotIndependent = new(
        "review.not_independent",
        "'{value}' decided something in this complaint; name somebody who did not.",
        "“{value}”参与过该投诉的决定，请指定未参与的人。");

    static Capability ICapability<GrantReview, Complaint>.Capability { get; } = new("grant-review", new("Grant a review", "复核"))
    {
        Roles = [Role.Supervisor, Role.Manager, Role.Director],
        Fields = Field.Of<GrantReview>(f =>
        [
            f.Person(command => command.Reviewer, Labels.Reviewer),
            f.Reason(command => command.Reason, "grant-review", required: false),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        Refusals = [ReviewRules.AlreadyReviewed, ReviewRules.TooEarly, NotIndependent, Assignment.ConflictRules.NoWork],
    };

    static GrantReview ICapability<GrantReview, Complaint>.Example(Occasion occasion) => new("rita");

    static ComplaintError? ICapability<GrantReview, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint.Progress.Stage > 1 ? ReviewRules.AlreadyReviewed.Plain : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (complaint.WasDecidedBy(Reviewer))
            return NotIndependent.With(("value", new StaffMember(Reviewer)));
        if (ReviewRules.AfterResult(complaint, context) is { } early)
            return early;
        if (complaint.Progress.Review is null)
            events.Add(new ReviewRequested());
        events.Add(new ReviewGranted(
            complaint.Progress.Round + 1, Reviewer, Why.Given(Reason), Personal.OfNullable(Remark), AnswersRequest: true));
        // The second stage may have limits of its own.
        PolicySelection.Append(events, context.Rules);
        return null;
    }
}

/// <summary>A second-stage review was granted: somebody who decided nothing in it decides again.</summary>
/// <param name="Round">The number of the new round.</param>
/// <param name="Reviewer">Who reviews.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="AnswersRequest">True where its round of the clocks began with a request; an earlier program's began here.</param>
public sealed record ReviewGranted(
    int Round, string Reviewer, string? Reason, Personal<string>? Remark = null, bool? AnswersRequest = null)
    : ComplaintEvent, IHappening<ReviewGranted, Complaint>
{
    static EventType IHappening<ReviewGranted, Complaint>.EventType { get; } = new("review-granted", 3, new("Review granted", "已同意复核"))
    {
        Upcasters = [Why.AsRemark], Leaves = Leaving.Plain,
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Reviewer, new StaffMember(Reviewer)), .. Why.Details(rules, "grant-review", Reason, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        [new(AnswersRequest is true ? FactKind.ReviewAnswered : FactKind.Reopened, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var next = complaint.NewRound(Round, stage: 2, moment);
        return next with { Responsibility = next.Responsibility with { Owner = Reviewer, Since = moment.OccurredAt } };
    }
}
