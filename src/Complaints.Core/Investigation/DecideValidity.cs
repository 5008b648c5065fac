using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Investigation;

/// <summary>Judges whether points are established (成立判定): the grounds and the demand apart, and what follows from them. It moves no state;
/// a point may be judged again. In a second-stage review nobody judges who decided in the first stage.</summary>
/// <param name="Validity">A code of <see cref="PointValidity"/>. Errors: <c>code.unknown</c>, <c>validity.contradiction</c>.</param>
/// <param name="Grounds">A code of <see cref="PointGrounds"/>. Error: <c>code.unknown</c>.</param>
/// <param name="Demand">A code of <see cref="PointDemand"/>. Error: <c>code.unknown</c>.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Point">The point's number; <c>null</c> for all open ones, those that were judged before too. Error:
/// <c>point.not_found</c>.</param>
/// <param name="Department">The department that it comes from, at most 100 characters: one of the organisation's departments where it
/// names any. Needed for what is established. Errors: <c>code.unknown</c>, <c>validity.department_missing</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record DecideValidity(
    string Validity, string Grounds, string Demand, string Reason, int? Point = null, string? Department = null, string? Remark = null)
    : ComplaintCommand, ICapability<DecideValidity, Complaint>
{
    private static readonly Refusal DepartmentMissing = new(
        "validity.department_missing",
        "What is established comes from somewhere: name the department.",
        "判定成立时须填写责任部门。");

    private static readonly Refusal Contradiction = new(
        "validity.contradiction",
        "A point whose grounds are insufficient is not established; change one of the two.",
        "理由不充分的诉求点不能判定为成立，请修改其中一项。");

    static Capability ICapability<DecideValidity, Complaint>.Capability { get; } =
        new("decide-validity", new("Judge whether it is established", "判定诉求是否成立"))
        {
            Roles = Role.Desk,
            Fields = Field.Of<DecideValidity>(f =>
            [
                f.PartOrNone(command => command.Point, new("Point (all open ones, if none is chosen)", "诉求点（不选则为全部有效诉求点）")),
                f.Code(command => command.Grounds, Labels.PointGrounds, static _ => PointGrounds.All) with { IsChosen = true },
                f.Code(command => command.Demand, Labels.Demand, static _ => PointDemand.All) with { IsChosen = true },
                f.Code(command => command.Validity, Labels.Validity, static _ => PointValidity.All) with { IsChosen = true },
                f.CodeWhereListed(command => command.Department, Labels.Department, static rules => rules.Organisation.Departments),
                f.Reason(command => command.Reason, "decide-validity"),
                f.Remark(command => command.Remark, command => command.Reason),
            ]),
            StaysIn = States.Codes(States.InHand),
            Refusals = [PointRules.NotFound, DepartmentMissing, Contradiction, ReviewRules.DecidedBefore],
        };

    /// <inheritdoc/>
    public override Subject? About => Point is { } number ? Subject.Of("point", number) : null;

    static DecideValidity ICapability<DecideValidity, Complaint>.Example(Occasion occasion)
    {
        int? point = occasion.About is null ? null : occasion.Number;
        return (occasion.Variant % 3) switch
        {
            0 => new(PointValidity.Not, PointGrounds.Insufficient, PointDemand.Not, "misuse", point, Remark: "Used outdoors."),
            1 => new(PointValidity.Partly, PointGrounds.Sufficient, PointDemand.Partly, "partly-true", point),
            _ => new(PointValidity.Partly, PointGrounds.Insufficient, PointDemand.Reasonable, "other", point, Remark: "Half proved."),
        };
    }

    static ImmutableArray<Subject> ICapability<DecideValidity, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        PointRules.Subjects(complaint);

    static ComplaintError? ICapability<DecideValidity, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        ReviewRules.Independent(complaint, context.Actor)
        ?? (subject is { } about ? PointRules.Missing(complaint, about) : null);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var department = Why.Given(Department);
        if (Validity == PointValidity.Established)
        {
            if (Grounds == PointGrounds.Insufficient)
                return Contradiction.Plain;
            if (department is null)
                return DepartmentMissing.Plain;
        }
        ImmutableArray<int> points = Point is { } one ? [one] : [.. PointRules.Open(complaint).Select(point => point.Number)];
        events.Add(new ValidityJudged(points, Validity, Grounds, Demand, department, Reason, Personal.OfNullable(Remark),
            PointRules.NoneLeftBut(complaint, points)));
        Routing.AppendJudged(complaint, events, context);
        return null;
    }
}
