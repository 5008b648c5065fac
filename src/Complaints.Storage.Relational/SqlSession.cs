using System.Data.Common;

namespace Complaints.Storage.Relational;

/// <summary>A connection on which statements run, one after the other. Not thread-safe: a session is rented by one caller at a time.</summary>
internal abstract class SqlSession
{
    /// <summary>Runs statements that answer rows: one round trip. A result of its own for each that does; the caller disposes the reader before it asks again.</summary>
    /// <param name="sql">The statements.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="values">In the order of <see cref="SqlText.Parameters"/>.</param>
    public abstract Task<DbDataReader> QueryAsync(SqlText sql, CancellationToken cancellationToken, params ReadOnlySpan<object?> values);

    /// <summary>Runs a statement that writes; cannot be cancelled.</summary>
    /// <returns>How many rows it touched.</returns>
    public abstract Task<int> RunAsync(SqlText sql, params ReadOnlySpan<object?> values);

    /// <summary>Runs statements that write, all or none of them where nobody began a transaction: one round trip. Cannot be cancelled.</summary>
    /// <returns>How many rows each of them touched.</returns>
    public abstract Task<int[]> RunAllAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken = default);
}

/// <summary>A statement with its values in the order of <see cref="SqlText.Parameters"/>.</summary>
internal readonly record struct Statement(SqlText Sql, params object?[] Values);
