using Complaints.Core;
using Complaints.Core.Storage;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>A transaction of the host on the database of a <see cref="PostgreSqlStore"/>.</summary>
public sealed class PostgreSqlScope : ICommitScope
{
    private readonly NpgsqlTransaction _transaction;

    /// <summary>A transaction that the host has begun; it stays the host's to commit, roll back and dispose.</summary>
    public PostgreSqlScope(NpgsqlTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        _transaction = transaction;
    }

    /// <inheritdoc/>
    public IComplaintStore Enter(IComplaintStore store) => store is PostgreSqlStore own
        ? new ScopedStore(own, _transaction)
        : throw new ArgumentException($"A PostgreSQL transaction cannot hold what {store?.GetType().Name} writes: the desk's store must be a PostgreSqlStore.", nameof(store));
}

/// <summary>Writes complaints inside the host's own transactions.</summary>
public static class PostgreSqlDeskExtensions
{
    /// <summary>The desk inside a transaction of the host: <c>desk.In(transaction)</c>. See <see cref="ComplaintDesk.In"/>.</summary>
    /// <param name="desk">The desk, on a <see cref="PostgreSqlStore"/>.</param>
    /// <param name="transaction">A transaction on the same database, or the first command throws <see cref="ArgumentException"/>. With EF
    /// Core, the cast result of <c>GetDbTransaction()</c>.</param>
    public static ComplaintDesk In(this ComplaintDesk desk, NpgsqlTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(desk);
        return desk.In(new PostgreSqlScope(transaction));
    }
}
