namespace Complaints.Core.Resolution;

internal static class ProposalList
{
    public static System.Collections.Immutable.ImmutableArray<Proposal> Executed(this System.Collections.Immutable.ImmutableArray<Proposal> proposals, ProposalStatus status) =>
        [.. proposals.Select(proposal => proposal.Status == ProposalStatus.Accepted ? proposal with { Status = status } : proposal)];
}
