using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Lifecycle;

/// <summary>The customer takes the complaint back.</summary>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 4,000 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record Withdraw(string Reason, string? Remark = null)
    : ComplaintCommand, ICapability<Withdraw, Complaint>
{
    static Capability ICapability<Withdraw, Complaint>.Capability { get; } = new("withdraw", new("Withdraw", "撤回投诉"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Withdraw>(f =>
        [
            f.Reason(command => command.Reason, "withdraw"),
            f.Remark(command => command.Remark, command => command.Reason, Text.Long),
        ]),
    };

    static Withdraw ICapability<Withdraw, Complaint>.Example(Occasion occasion) => new("customer-withdraws", "Found it.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ComplaintWithdrawn(Reason, Personal.OfNullable(Remark)));
        return null;
    }
}

/// <summary>The customer took the complaint back.</summary>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record ComplaintWithdrawn(string Reason, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<ComplaintWithdrawn, Complaint>
{
    static EventType IHappening<ComplaintWithdrawn, Complaint>.EventType { get; } = new("withdrawn", 2, new("Withdrawn", "已撤回"))
    {
        Upcasters = [Why.AsRemark],
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) => [.. Why.Details(rules, "withdraw", Reason, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Ended, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.Ended(ComplaintState.Withdrawn, moment);
}
