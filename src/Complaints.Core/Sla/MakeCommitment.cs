using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Promises something to the customer. It has a clock of its own, which nothing pauses or moves.</summary>
/// <param name="Promise">What; 1 to 4,000 characters.</param>
/// <param name="Due">By when, in the future. Error: <c>time.not_in_future</c>.</param>
/// <param name="Owner">Who keeps it; <c>null</c> for who promises. At most 100 characters. Error: <c>assignment.conflict</c>.</param>
public sealed record MakeCommitment(string Promise, Instant Due, string? Owner = null)
    : ComplaintCommand, ICapability<MakeCommitment, Complaint>
{
    static Capability ICapability<MakeCommitment, Complaint>.Capability { get; } = new("make-commitment", new("Make a commitment", "作出承诺"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<MakeCommitment>(f =>
        [
            f.Text(command => command.Promise, Labels.Promise, Text.Long),
            f.Moment(command => command.Due, Labels.Due),
            f.Person(command => command.Owner, Labels.Owner, required: false),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed]),
        Refusals = [Assignment.ConflictRules.NoWork],
    };

    static MakeCommitment ICapability<MakeCommitment, Complaint>.Example(Occasion occasion) =>
        new("We call back on Friday.", occasion.InDays(3));

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Due <= context.Now)
            return new("time.not_in_future", ("field", "due"), ("value", Due), ("bound", context.Now));
        events.Add(new CommitmentMade(complaint.Clocks.Commitments.Length + 1, Personal.Of(Promise), Due, string.IsNullOrWhiteSpace(Owner) ? context.Actor.Id : Owner));
        return null;
    }
}

/// <summary>Something was promised to the customer.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Promise">What.</param>
/// <param name="Due">By when.</param>
/// <param name="Owner">Who keeps it.</param>
public sealed record CommitmentMade(int Number, Personal<string> Promise, Instant Due, string Owner)
    : ComplaintEvent, IHappening<CommitmentMade, Complaint>
{
    static EventType IHappening<CommitmentMade, Complaint>.EventType { get; } = new("commitment-made", 1, new("Commitment made", "已作出承诺")) { Leaves = Leaving.Plain };

    internal override Subject? Made => Subject.Of("commitment", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Promise, Promise), new(Labels.Due, Due), new(Labels.Owner, new StaffMember(Owner))];

    internal override PersonalField[] PersonalValues => [new("promise", Promise)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Commitments = complaint.Clocks.Commitments.Add(new Commitment(Number, moment.OccurredAt, Due, Owner)) },
    };
}
