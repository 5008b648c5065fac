using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Resolution;

/// <summary>The remedy failed: another solution must be found.</summary>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record FailRemedy(string Reason, string? Remark = null) : ComplaintCommand, ICapability<FailRemedy, Complaint>
{
    static Capability ICapability<FailRemedy, Complaint>.Capability { get; } = new("fail-remedy", new("Remedy failed", "补救失败"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<FailRemedy>(f =>
        [
            f.Reason(command => command.Reason, "fail-remedy"),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
    };

    static FailRemedy ICapability<FailRemedy, Complaint>.Example(Occasion occasion) => new("not-available", "Out of stock.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new RemedyFailed(Reason, Personal.OfNullable(Remark)));
        return null;
    }
}

/// <summary>The remedy failed.</summary>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record RemedyFailed(string Reason, Personal<string>? Remark = null) : ComplaintEvent, IHappening<RemedyFailed, Complaint>
{
    static EventType IHappening<RemedyFailed, Complaint>.EventType { get; } = new("remedy-failed", 2, new("Remedy failed", "补救未成功"))
    {
        Upcasters = [Why.AsRemark],
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) => [.. Why.Details(rules, "fail-remedy", Reason, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(ComplaintState.Proposing) with
    {
        Settlement = complaint.Settlement with { Proposals = complaint.Settlement.Proposals.Executed(ProposalStatus.Failed), Confirmation = null },
    };
}
