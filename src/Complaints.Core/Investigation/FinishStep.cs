using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Investigation;

/// <summary>A step was done, failed, or is not to be done any more. Who does it says so, or who has the case, a supervisor or a
/// manager.</summary>
/// <param name="Step">The step's number. Errors: <c>step.none_open</c>, <c>step.not_found</c>, <c>step.not_yours</c>,
/// <c>time.before_step</c>.</param>
/// <param name="Result">A code of <see cref="StepResult"/>. Error: <c>code.unknown</c>.</param>
/// <param name="Report">What came of it, kept sealed; at most 4,000 characters. Needed unless it was done. Error:
/// <c>text.required</c>.</param>
/// <param name="Minutes">How long it took, 0 to 100,000 minutes; <c>null</c> where nobody counted.</param>
/// <param name="Cost">What it cost, in the tenant's currency, 0 to 1,000,000,000,000; <c>null</c> where nobody counted.</param>
public sealed record FinishStep(int Step, string Result, string? Report = null, int? Minutes = null, decimal? Cost = null)
    : ComplaintCommand, ICapability<FinishStep, Complaint>
{
    private static readonly Refusal BeforeStep = new(
        "time.before_step",
        "The step was planned at {bound}; it cannot have ended at {value}.",
        "该步骤于 {bound} 安排，不可能在 {value} 结束。");

    static Capability ICapability<FinishStep, Complaint>.Capability { get; } = new("finish-step", new("Finish a step", "完成步骤"))
    {
        Roles = [.. Role.Desk, Role.Quality, Role.Department],
        Fields = Field.Of<FinishStep>(f =>
        [
            f.Part(command => command.Step, Labels.Step),
            f.Code(command => command.Result, Labels.StepResult, static _ => StepResult.All) with { IsChosen = true },
            f.Text(command => command.Report, Labels.Report, Text.Long, required: false),
            f.NumberOrNone(command => command.Minutes, Labels.Minutes, 0, 100_000),
            f.AmountOrNone(command => command.Cost, Labels.Spent, 0, 1_000_000_000_000),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals = [CaseSteps.NoneOpen, CaseSteps.NotFound, CaseSteps.NotYours, BeforeStep],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("step", Step);

    static FinishStep ICapability<FinishStep, Complaint>.Example(Occasion occasion) => (occasion.Variant % 3) switch
    {
        0 => new(occasion.Number, StepResult.Done, "The log says half past nine.", 45, 120.50m),
        1 => new(occasion.Number, StepResult.Failed, "Nobody opened."),
        _ => new(occasion.Number, StepResult.Cancelled, "Not needed any more."),
    };

    static ImmutableArray<Subject> ICapability<FinishStep, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        CaseSteps.Subjects(complaint);

    static ComplaintError? ICapability<FinishStep, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        CaseSteps.CanFinish(complaint, subject, context);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Result != StepResult.Done && string.IsNullOrWhiteSpace(Report))
            return new("text.required", ("field", Labels.Report));
        var step = complaint.Inquiry.Steps.First(step => step.Number == Step);
        if (context.EffectiveAt < step.PlannedAt)
            return BeforeStep.With(("value", context.EffectiveAt), ("bound", step.PlannedAt));
        events.Add(new StepFinished(Step, Result, Personal.OfNullable(Report), Minutes, Cost));
        return null;
    }
}

/// <summary>A step was done, failed, or is not to be done any more.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Result">A code of <see cref="StepResult"/>.</param>
/// <param name="Report">What came of it.</param>
/// <param name="Minutes">How long it took.</param>
/// <param name="Cost">What it cost, in the tenant's currency.</param>
public sealed record StepFinished(int Number, string Result, Personal<string>? Report = null, int? Minutes = null, decimal? Cost = null)
    : ComplaintEvent, IHappening<StepFinished, Complaint>
{
    static EventType IHappening<StepFinished, Complaint>.EventType { get; } = new("step-finished", 1, new("Step finished", "步骤已结束"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Step, Number), new(Labels.StepResult, StepResult.All.Named(Result)), new(Labels.Report, Report),
        new(Labels.Minutes, Minutes), new(Labels.Spent, Cost is { } cost ? rules.Settings.Money(cost) : null),
    ];

    internal override PersonalField[] PersonalValues => [new("report", Report)];

    /// <summary>What is cancelled was neither in time nor late.</summary>
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Inquiry = complaint.Inquiry with
        {
            Steps =
            [
                .. complaint.Inquiry.Steps.Select(step => step.Number == Number
                    ? step with { Result = Result, EndedAt = moment.OccurredAt }
                    : step),
            ],
        },
        Clocks = complaint.Clocks.DatedEnded(Subject.Of("step", Number).ToString(), moment.OccurredAt, Result == StepResult.Cancelled),
    };
}
