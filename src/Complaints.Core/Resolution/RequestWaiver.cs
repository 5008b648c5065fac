using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>Asks for approval to take a step without what its gate asks for (申请豁免). It is answered like every request for approval, and
/// holds in this round for what is missing now.</summary>
/// <param name="Before">The command before which the gate stands. Errors: <c>code.unknown</c>, <c>waiver.nothing_missing</c>,
/// <c>waiver.pending</c>.</param>
/// <param name="Reason">Why it can be done without, kept sealed; 1 to 500 characters.</param>
public sealed record RequestWaiver(string Before, string Reason) : ComplaintCommand, ICapability<RequestWaiver, Complaint>
{
    private static readonly Refusal NothingMissing = new(
        "waiver.nothing_missing",
        "Nothing is missing before “{value}”; there is nothing to waive.",
        "“{value}”之前的条件均已满足，无需豁免。");

    private static readonly Refusal NoneMissing = new(
        "waiver.none",
        "Nothing is missing before any step; there is nothing to waive.",
        "各步骤的条件均已满足，无需豁免。");

    private static readonly Refusal AskedAlready = new(
        "waiver.pending",
        "That was asked for already, as approval {value}, and nobody has answered yet.",
        "已申请豁免（审批 {value}），尚待答复。");

    static Capability ICapability<RequestWaiver, Complaint>.Capability { get; } = new("request-waiver", new("Ask for a waiver", "申请豁免"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<RequestWaiver>(f =>
        [
            f.Code(command => command.Before, Labels.BeforeStep, static rules => new CodeList<CodeItem>([.. WaiverRules.Gated(rules)]))
                with { IsChosen = true },
            f.Text(command => command.Reason, Labels.Reason, Text.Short),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed]),
        Refusals = [NoneMissing, NothingMissing, AskedAlready],
    };

    static RequestWaiver ICapability<RequestWaiver, Complaint>.Example(Occasion occasion) =>
        new("archive", "The department has closed; nobody can file any more.");

    static ComplaintError? ICapability<RequestWaiver, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        context.Rules.GateBook.IsAnyShut(complaint) ? null : NoneMissing.Plain;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var missing = context.Rules.GateBook.Missing(complaint, Before);
        if (missing.IsEmpty)
            return NothingMissing.With(("value", WaiverRules.NameOf(Before)));
        if (complaint.Settlement.Waivers.FirstOrDefault(waiver => waiver.IsPending && waiver.Before == Before) is { } pending)
            return AskedAlready.With(("value", pending.Number));
        events.Add(new WaiverRequested(complaint.Settlement.LastApproval + 1, Before, missing, Personal.Of(Reason)));
        return null;
    }
}

/// <summary>Somebody asked for approval to take a step without what its gate asks for.</summary>
/// <param name="Number">The request's number.</param>
/// <param name="Before">The command before which the gate stands.</param>
/// <param name="Needs">What was missing.</param>
/// <param name="Reason">Why it can be done without.</param>
public sealed record WaiverRequested(int Number, string Before, ImmutableArray<string> Needs, Personal<string> Reason)
    : ComplaintEvent, IHappening<WaiverRequested, Complaint>
{
    static EventType IHappening<WaiverRequested, Complaint>.EventType { get; } = new("waiver-requested", 1,
        new("Waiver asked for", "已申请豁免"));

    /// <summary>What was missing; never <c>default</c>.</summary>
    public ImmutableArray<string> Needs { get; init; } = Needs.IsDefault ? [] : Needs;

    internal override Subject? Made => Subject.Of("approval", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Approval, Number), new(Labels.BeforeStep, WaiverRules.NameOf(Before)),
        new(Labels.Waived, Needs.Select(need => GateNeeds.LabelOf(need, rules))), new(Labels.Reason, Reason),
    ];

    internal override PersonalField[] PersonalValues => [new("reason", Reason)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        [new(FactKind.ApprovalRequested, moment.OccurredAt, $"approval/{Number}", FactKind.OfWaiver)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Settlement = complaint.Settlement with
        {
            LastApproval = Number,
            Waivers = complaint.Settlement.Waivers.Add(
                new(Number, Before, Needs, ApprovalStatus.Pending, moment.Actor.Id) { RequestedFor = moment.Actor.OnBehalfOf }),
        },
    };
}

/// <summary>A request for a waiver was granted, refused or taken back.</summary>
/// <param name="Number">The request's number.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why it was refused or taken back: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record WaiverAnswered(int Number, ApprovalStatus Status, string? Reason = null, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<WaiverAnswered, Complaint>
{
    static EventType IHappening<WaiverAnswered, Complaint>.EventType { get; } = new("waiver-answered", 1,
        new("Waiver answered", "豁免申请已答复"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Approval, Number), new(null, Vocabulary.Of(Status)),
        .. Reason is null ? [new(Labels.Remark, Remark)]
            : Why.Details(rules, Status == ApprovalStatus.Recalled ? "recall-approval" : "reject-approval", Reason, Remark),
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
    [
        new(Status == ApprovalStatus.Recalled ? FactKind.ApprovalCancelled : FactKind.ApprovalAnswered, moment.OccurredAt,
            $"approval/{Number}"),
    ];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var settlement = complaint.Settlement with
        {
            Waivers =
            [
                .. complaint.Settlement.Waivers.Select(waiver => waiver.Number == Number
                    ? waiver with { Status = Status, AnsweredBy = moment.Actor.Id } : waiver),
            ],
        };
        return complaint with { Settlement = Status == ApprovalStatus.Recalled ? settlement : settlement.DecidedBy(moment.Actor) };
    }
}
