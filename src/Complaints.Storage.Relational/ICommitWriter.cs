using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>How a database is best given whole complaints: row by row where a statement costs nothing, in arrays where it costs a round trip.</summary>
internal interface ICommitWriter
{
    ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken);

    ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken);
}
