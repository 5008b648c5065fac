using Complaints.Core;
using Complaints.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Sqlite;

/// <summary>A transaction of the host on the file of a <see cref="SqliteStore"/>.</summary>
public sealed class SqliteScope : ICommitScope
{
    private readonly SqliteTransaction _transaction;

    /// <summary>
    /// A transaction that the host has begun; it stays the host's to commit, roll back and dispose. Begin it as one that writes, which is the driver's default, and keep it short: it
    /// has the file's one write lock.
    /// </summary>
    public SqliteScope(SqliteTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        _transaction = transaction;
    }

    /// <inheritdoc/>
    public IComplaintStore Enter(IComplaintStore store)
    {
        if (store is not SqliteStore own)
            throw new ArgumentException($"A SQLite transaction cannot hold what {store?.GetType().Name} writes: the desk's store must be a SqliteStore.", nameof(store));
        var file = _transaction.Connection?.DataSource;
        return file is not null && Path.GetFullPath(file) == Path.GetFullPath(own.Path)
            ? new ScopedStore(own, _transaction)
            : throw new ArgumentException($"The transaction is on '{file}', the desk's complaints are in '{own.Path}': one transaction holds one file.", nameof(store));
    }
}

/// <summary>Writes complaints inside the host's own transactions.</summary>
public static class SqliteDeskExtensions
{
    /// <summary>The desk inside a transaction of the host: <c>desk.In(transaction)</c>. See <see cref="ComplaintDesk.In"/>.</summary>
    /// <param name="desk">The desk, on a <see cref="SqliteStore"/>.</param>
    /// <param name="transaction">A transaction on the same file. With EF Core, the cast result of <c>GetDbTransaction()</c>.</param>
    public static ComplaintDesk In(this ComplaintDesk desk, SqliteTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(desk);
        return desk.In(new SqliteScope(transaction));
    }
}
