using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Sla;

namespace Complaints.Core.Lifecycle;

/// <summary>The customer asks for a second-stage review (复核) of any outcome. Its limits count from then; no reason need be
/// given.</summary>
/// <param name="Channel">How the customer asked: a code of the channels. Error: <c>code.unknown</c>.</param>
/// <param name="Participant">The number of the participant who asked for the customer; <c>null</c> for the customer. Errors:
/// <c>participant.not_found</c>, <c>review.not_customer</c>, <c>party.no_authority</c>.</param>
/// <param name="Grounds">What the customer finds wrong; at most 4,000 characters.</param>
public sealed record RequestReview(string Channel, int? Participant = null, string? Grounds = null)
    : ComplaintCommand, ICapability<RequestReview, Complaint>
{
    private static readonly Label By = new("Asked by (the customer, if nobody is chosen)", "申请人（不选则为客户）");

    private static readonly Refusal NotCustomer = new(
        "review.not_customer",
        "A review is asked for by the customer, or by somebody who speaks for the customer; {role} does not.",
        "复核由客户本人或其代表申请，“{role}”不代表客户。");

    static Capability ICapability<RequestReview, Complaint>.Capability { get; } =
        new("request-review", new("Customer asks for a review", "客户申请复核"))
        {
            Roles = Role.Desk,
            Fields = Field.Of<RequestReview>(f =>
            [
                f.Code(command => command.Channel, Labels.Channel, rules => rules.Channels),
                f.PartOrNone(command => command.Participant, By),
                f.Text(command => command.Grounds, Labels.Grounds, Text.Long, required: false),
            ]),
            StaysIn = States.Codes(States.Answered),
            Refusals =
            [
                ReviewRules.Pending, ReviewRules.AlreadyReviewed, ReviewRules.WindowOver, ReviewRules.TooEarly, NotCustomer,
                Partners.NotFound, Partners.Nobody, Representation.NoAuthority,
            ],
        };

    /// <inheritdoc/>
    public override Subject? About => Participant is { } number ? Subject.Of("participant", number) : null;

    static RequestReview ICapability<RequestReview, Complaint>.Example(Occasion occasion) =>
        new("phone", occasion.About is null ? null : occasion.Number, "The answer says nothing about the second pan.");

    static System.Collections.Immutable.ImmutableArray<Subject> ICapability<RequestReview, Complaint>.Subjects(
        Complaint complaint, Rulebook rules) =>
        [.. complaint.Participants.Where(participant => participant.SpeaksForCustomer).Select(participant => participant.Subject)];

    static ComplaintError? ICapability<RequestReview, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint.Progress.Review is { } asked ? ReviewRules.Pending.With(("value", asked.At))
        : complaint.Progress.Stage > 1 ? ReviewRules.AlreadyReviewed.Plain
        : ReviewRules.WindowEnd(complaint, context.Rules) is { } end && context.EffectiveAt > end
            ? ReviewRules.WindowOver.With(("value", end))
            : Representation.Check(complaint, subject, context);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if ((Partners.Find(complaint, Participant, context, out var by) ?? ReviewRules.AfterResult(complaint, context)) is { } wrong)
            return wrong;
        if (by is { SpeaksForCustomer: false })
            return NotCustomer.With(("role", context.Rules.ParticipantRoles.Named(by.Role)));
        events.Add(new ReviewRequested(Channel, by, Personal.OfNullable(Grounds)));
        PolicySelection.Append(events, context.Rules);
        return null;
    }
}

/// <summary>A second-stage review was asked for: a new round of the clocks begins.</summary>
/// <param name="Channel">How the customer asked; <c>null</c> where we granted a review that nobody had asked for.</param>
/// <param name="With">Who asked, if it was not the customer.</param>
/// <param name="Grounds">What the customer finds wrong.</param>
public sealed record ReviewRequested(string? Channel = null, InteractionPartner? With = null, Personal<string>? Grounds = null)
    : ComplaintEvent, IHappening<ReviewRequested, Complaint>
{
    static EventType IHappening<ReviewRequested, Complaint>.EventType { get; } =
        new("review-requested", 1, new("Review asked for", "已申请复核")) { Leaves = Leaving.Plain };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Channel, Channel is null ? null : rules.Channels.Named(Channel)),
            new(Labels.With, With is null ? null : rules.ParticipantRoles.Named(With.Role)), new(Labels.Grounds, Grounds)];

    internal override PersonalField[] PersonalValues => [new("grounds", Grounds) { About = With?.Person }];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.ReviewRequested, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Progress = complaint.Progress with { Review = new(moment.OccurredAt, With?.Number) },
        Clocks = complaint.Clocks.NewRound(),
        Talk = Channel is null ? complaint.Talk : complaint.Talk.Heard(moment.OccurredAt),
    };
}
