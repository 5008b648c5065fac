using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Investigation;

/// <summary>What several commands ask about the steps of a complaint.</summary>
internal static class CaseSteps
{
    /// <summary>The most steps of a complaint, finished ones included: their numbers do not come back.</summary>
    public const int Most = 100;

    public static readonly Refusal NotFound = new(
        "step.not_found",
        "There is no open step {value}; open are: {known}.",
        "没有待执行的步骤 {value}，现有：{known}。");

    public static readonly Refusal NoneOpen = new(
        "step.none_open",
        "No step is to be done.",
        "没有待执行的步骤。");

    public static readonly Refusal StillOpen = new(
        "remedy.open_steps",
        "What was agreed is not carried out while these steps are open: {open}. Finish or cancel them.",
        "以下实施步骤尚未完成：{open}。请先完成或取消。");

    public static readonly Refusal NotYours = new(
        "step.not_yours",
        "This step is {value}'s; who does it, who has the case, a supervisor or a manager can finish it.",
        "该步骤由 {value} 执行，请由执行人、案件负责人、主管或经理完成。");

    public static ImmutableArray<Subject> Subjects(Complaint complaint) =>
        [.. complaint.Inquiry.Steps.Where(step => step.IsOpen).Select(step => step.Subject)];

    /// <summary>What speaks against finishing a step, or any of them. Asked for every page, it allocates only where it refuses.</summary>
    public static ComplaintError? CanFinish(Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        var isAnyOpen = false;
        foreach (var step in complaint.Inquiry.Steps)
        {
            if (!step.IsOpen)
                continue;
            isAnyOpen = true;
            if (step.Subject == subject)
                return IsFor(complaint, step, context) ? null : NotYours.With(("value", WhoDoes(step, context)));
        }
        return !isAnyOpen ? NoneOpen.Plain
            : subject is null ? null
            : NotFound.With(("value", subject.Value.Key),
                ("known", complaint.Inquiry.Steps.Where(step => step.IsOpen).Select(step => step.Number)));
    }

    /// <summary>What was agreed is carried out when nothing of it is left to be done.</summary>
    public static ComplaintError? AllCarriedOut(Complaint complaint)
    {
        if (complaint.Inquiry.Steps.IsEmpty)
            return null;
        var open = complaint.Inquiry.Steps.Where(step => step is { IsOpen: true, Phase: StepPhase.Execution }).ToList();
        return open.Count == 0 ? null : StillOpen.With(("open", open.Select(step => step.Subject)));
    }

    /// <summary>Acting for somebody gives no rights: who acts for the owner is not the owner.</summary>
    private static bool IsFor(Complaint complaint, CaseStep step, DecisionContext<Complaint> context)
    {
        var actor = context.Actor;
        return step.Owner == actor.Id || step.Team is { } team && actor.Teams.Contains(team) || complaint.Responsibility.Owner == actor.Id
            || DepartmentTasks.IsHead(context);
    }

    private static object WhoDoes(CaseStep step, DecisionContext<Complaint> context) =>
        step.Owner is { } owner ? new StaffMember(owner)
        : context.Rules.Organisation.TeamNamed(step.Team!);
}
