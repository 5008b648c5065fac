using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>Takes up again what was resolved or closed. Round + 1; earlier results stay.</summary>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record Reopen(string Reason, string? Remark = null)
    : ComplaintCommand, ICapability<Reopen, Complaint>
{
    private static readonly Refusal WindowOver = new(
        "reopen.window_over",
        "The complaint was closed at {value}, more than {days} days ago; grant a review or register a new one.",
        "该投诉于 {value} 结案，已超过 {days} 天，请申请复核或重新登记。");

    static Capability ICapability<Reopen, Complaint>.Capability { get; } = new("reopen", new("Reopen", "重启"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Reopen>(f =>
        [
            f.Reason(command => command.Reason, "reopen"),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        Refusals = [WindowOver, ReviewRules.Pending, ReviewRules.TooEarly],
    };

    static Reopen ICapability<Reopen, Complaint>.Example(Occasion occasion) => new("problem-persists", "Broken again.");

    /// <summary>Closed complaints reopen only inside the window of the tenant's settings.</summary>
    static ComplaintError? ICapability<Reopen, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        if (complaint.Progress.Review is { } asked)
            return ReviewRules.Pending.With(("value", asked.At));
        var window = Duration.FromDays(context.Rules.Settings.ReopenWindowDays);
        return complaint is { State: ComplaintState.Closed, Progress.EndedAt: { } closed } && context.Now >= closed + window
            ? WindowOver.With(("value", closed), ("days", context.Rules.Settings.ReopenWindowDays))
            : null;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (ReviewRules.AfterResult(complaint, context) is { } early)
            return early;
        events.Add(new ComplaintReopened(complaint.Progress.Round + 1, Reason, Personal.OfNullable(Remark)));
        return null;
    }
}

/// <summary>A resolved or closed complaint was taken up again; a new round begins.</summary>
/// <param name="Round">The number of the new round.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record ComplaintReopened(int Round, string Reason, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<ComplaintReopened, Complaint>
{
    static EventType IHappening<ComplaintReopened, Complaint>.EventType { get; } = new("reopened", 2, new("Reopened", "已重启"))
    {
        Upcasters = [Why.AsRemark], Leaves = Leaving.Plain,
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Round, Round), .. Why.Details(rules, "reopen", Reason, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Reopened, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint.NewRound(Round, complaint.Progress.Stage, moment);
}
