namespace Complaints.Core.Storage;

/// <summary>
/// A transaction of the host into which a desk writes (<see cref="ComplaintDesk.In"/>). A storage package makes one from the driver's
/// transaction; the host begins it, commits it or
/// rolls it back.
/// </summary>
public interface ICommitScope
{
    /// <summary>
    /// The store inside the transaction. Its commits stand under a savepoint: a conflict undoes what the command wrote and nothing of the
    /// host's.
    /// </summary>
    /// <param name="store">The desk's own store.</param>
    /// <exception cref="ArgumentException">The transaction is one of another kind of store, or of another database.</exception>
    IComplaintStore Enter(IComplaintStore store);
}
