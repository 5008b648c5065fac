using Complaints.Core.Assignment;
using Complaints.Core.Definitions;

namespace Complaints.Core.Resolution;

/// <summary>What several commands ask about proposals.</summary>
internal static class ProposalRules
{
    public static readonly Refusal NotFound = new(
        "proposal.not_found",
        "There is no proposal {value}; there are: {known}.",
        "没有方案 {value}，现有：{known}。");

    public static readonly Refusal WrongState = new(
        "proposal.wrong_state",
        "Proposal {value} is {state}; it must be {expected}.",
        "方案 {value} 的状态是 {state}，应为 {expected}。");

    public static readonly Refusal NeedsApproval = new(
        "proposal.needs_approval",
        "Proposal {value} exceeds your authority; ask for approval first.",
        "方案 {value} 超出您的权限，请先申请审批。");

    public static readonly Refusal OpenWork = new(
        "resolve.open_work",
        "The complaint cannot be resolved while work is open: {open}. Finish it or take it back with a reason.",
        "尚有未完成事项，不能解决：{open}。请先完成或说明理由撤回。");

    public const string AgreedOutcome = "agreed";

    /// <summary>Of a solution that needed nobody's consent.</summary>
    public const string DoneOutcome = "solved";

    public static ComplaintError? Find(Complaint complaint, int number, out Proposal proposal, params ReadOnlySpan<ProposalStatus> expected)
    {
        proposal = complaint.Settlement.Proposals.FirstOrDefault(candidate => candidate.Number == number)!;
        if (proposal is null)
            return NotFound.With(("value", number), ("known", complaint.Settlement.Proposals.Select(candidate => candidate.Number)));
        return expected.Contains(proposal.Status)
            ? null
            : WrongState.With(("value", number), ("state", proposal.Status), ("expected", expected.ToArray()));
    }

    /// <summary>Asked for every page: it allocates only where it refuses.</summary>
    public static ComplaintError? NoOpenWork(Complaint complaint) =>
        complaint.Settlement.HasPending || DepartmentTasks.HasOpen(complaint) ? OpenWork.With(("open", OpenIn(complaint))) : null;

    /// <summary>The same where what is agreed recalls the approvals: departments are still at work.</summary>
    public static ComplaintError? NoOpenTasks(Complaint complaint) =>
        DepartmentTasks.HasOpen(complaint) ? OpenWork.With(("open", DepartmentTasks.Open(complaint))) : null;

    /// <summary>What must be finished before the complaint can be resolved, by name.</summary>
    public static IEnumerable<Subject> OpenIn(Complaint complaint) =>
        complaint.Settlement.OpenWork.Concat(DepartmentTasks.Open(complaint));

    public static bool ExceedsAuthority(Proposal proposal, DecisionContext context) =>
        proposal.EstimatedCost > context.Rules.Settings.AuthorityOf(context.Actor);
}
