using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Promises an instant to the customer. It has a clock of its own; the policy's clocks go on.</summary>
/// <param name="Due">The promised instant, in the future. Error: <c>time.not_in_future</c>.</param>
/// <param name="Participant">The number of the participant who agrees to it for the customer; <c>null</c> for the customer. Errors:
/// <c>participant.not_found</c>, <c>participant.none</c>, <c>party.no_authority</c>, <c>party.not_customer</c>.</param>
public sealed record AgreeDeadline(Instant Due, int? Participant = null) : ComplaintCommand, ICapability<AgreeDeadline, Complaint>
{
    static Capability ICapability<AgreeDeadline, Complaint>.Capability { get; } = new("agree-deadline", new("Agree a deadline", "约定时限"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<AgreeDeadline>(f =>
        [
            f.Moment(command => command.Due, Labels.Due),
            f.NumberOrNone(command => command.Participant, Labels.ForCustomer, 1, ParticipantRoleRules.MostOfAll),
        ]),
        Refusals = Partners.ForCustomer,
        StaysIn = States.Codes([.. States.Open, ComplaintState.OnHold]),
    };

    static AgreeDeadline ICapability<AgreeDeadline, Complaint>.Example(Occasion occasion) => new(occasion.InDays(9));

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Due <= context.Now)
            return new("time.not_in_future", ("field", "due"), ("value", Due), ("bound", context.Now));
        if (Partners.FindForCustomer(complaint, Participant, context, out var with) is { } hindered)
            return hindered;
        events.Add(new DeadlineAgreed(complaint.Clocks.Agreed.Length + 1, Due, with));
        return null;
    }
}

/// <summary>An instant was promised to the customer.</summary>
/// <param name="Number">1, 2, ... within the complaint.</param>
/// <param name="Due">The promised instant.</param>
/// <param name="With">Who agreed to it for the customer; <c>null</c> for the customer.</param>
public sealed record DeadlineAgreed(int Number, Instant Due, InteractionPartner? With = null)
    : ComplaintEvent, IHappening<DeadlineAgreed, Complaint>
{
    static EventType IHappening<DeadlineAgreed, Complaint>.EventType { get; } = new("deadline-agreed", 2,
        new("Deadline agreed", "已约定时限")) { Leaves = Leaving.Plain };

    internal override Subject? Made => Subject.Of("agreed-deadline", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Due, Due), Partners.Told(With, rules)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with
        {
            Agreed =
            [
                .. complaint.Clocks.Agreed.Select(earlier => earlier.SupersededAt is null && moment.OccurredAt <= earlier.Due ? earlier with { SupersededAt = moment.OccurredAt } : earlier),
                new AgreedDeadline(Number, moment.OccurredAt, Due),
            ],
        },
    };
}
