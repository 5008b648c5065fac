using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Sla;

namespace Complaints.Core.Lifecycle;

/// <summary>The customer takes the complaint back.</summary>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 4,000 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
/// <param name="Participant">The number of the participant who takes it back for the customer; <c>null</c> for the customer. Errors:
/// <c>participant.not_found</c>, <c>participant.none</c>, <c>party.no_authority</c>, <c>party.not_customer</c>.</param>
public sealed record Withdraw(string Reason, string? Remark = null, int? Participant = null)
    : ComplaintCommand, ICapability<Withdraw, Complaint>
{
    static Capability ICapability<Withdraw, Complaint>.Capability { get; } = new("withdraw", new("Withdraw", "撤回投诉"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Withdraw>(f =>
        [
            f.Reason(command => command.Reason, "withdraw"),
            f.Remark(command => command.Remark, command => command.Reason, Text.Long),
            f.NumberOrNone(command => command.Participant, Labels.ForCustomer, 1, ParticipantRoleRules.MostOfAll),
        ]),
        Refusals = Partners.ForCustomer,
    };

    static Withdraw ICapability<Withdraw, Complaint>.Example(Occasion occasion) => new("customer-withdraws", "Found it.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Partners.FindForCustomer(complaint, Participant, context, out var by) is { } hindered)
            return hindered;
        events.Add(new ComplaintWithdrawn(Reason, Personal.OfNullable(Remark), by));
        return null;
    }
}

/// <summary>The customer took the complaint back.</summary>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="With">Who took it back for the customer; <c>null</c> for the customer.</param>
public sealed record ComplaintWithdrawn(string Reason, Personal<string>? Remark = null, InteractionPartner? With = null)
    : ComplaintEvent, IHappening<ComplaintWithdrawn, Complaint>
{
    static EventType IHappening<ComplaintWithdrawn, Complaint>.EventType { get; } = new("withdrawn", 3, new("Withdrawn", "已撤回"))
    {
        Upcasters = [Why.AsRemark],
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [.. Why.Details(rules, "withdraw", Reason, Remark), Partners.Told(With, rules)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Ended, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.Ended(ComplaintState.Withdrawn, moment);
}
