using System.Collections.Immutable;
using Complaints.Core.Assignment;

namespace Complaints.Core.Lifecycle;

/// <summary>How much of what one case may hold. Every command reads and writes all of it, so that a list without a bound makes a case slow
/// in the end for everybody who works on it.</summary>
internal static class CaseBounds
{
    private static readonly ImmutableArray<CaseBound> Bounds =
    [
        new(new("checks", "核对记录"), 100, static complaint => complaint.Contact.Checks.Length),
        new(new("commitments", "承诺"), 100, static complaint => complaint.Clocks.Commitments.Length),
        new(new("agreed deadlines", "约定期限"), 100, static complaint => complaint.Clocks.Agreed.Length),
        new(new("departments that are called in", "召集部门"), 50, static complaint => complaint.Convened.Length),
        new(new("pieces of evidence", "证据"), 100, static complaint => complaint.Contact.Evidence.Length),
        new(new("filings", "备案记录"), 100, static complaint => complaint.Filings.Length),
        new(new("returned tasks", "退单"), 100, TaskCounts.Bounces),
        new(new("tasks done over", "返工"), 100, TaskCounts.Redos),
        new(new("extensions", "延期"), 100, static complaint => complaint.Clocks.Extensions.Length),
        new(new("holds", "挂起"), 200, static complaint => complaint.Clocks.Pauses.Length),
        new(new("links", "关联"), 200, static complaint => complaint.Ties.Length),
        new(new("waivers", "豁免"), 20, static complaint => complaint.Settlement.Waivers.Length),
        new(new("proposals", "解决方案"), 100, static complaint => complaint.Settlement.Proposals.Length),
    ];

    /// <summary>The list that a command would make longer than it may be; <c>null</c> for none. One that is longer already, because another
    /// case was merged into this one, keeps nobody from other work.</summary>
    public static ComplaintError? Check(Complaint before, Complaint after)
    {
        foreach (var bound in Bounds)
        {
            var length = bound.LengthOf(after);
            if (length > bound.Most && length > bound.LengthOf(before))
                return new("list.full", ("field", bound.Name), ("bound", bound.Most));
        }
        return null;
    }

    private sealed record CaseBound(Label Name, int Most, Func<Complaint, int> LengthOf);
}
