using Complaints.Core;

namespace Complaints.Storage.Relational;

/// <summary>Where statements run: rents sessions, brings the schema up to date before the first use, translates failures. Each is told whose rows it is about; null for everybody's.</summary>
internal interface ISqlSessions
{
    ISqlDialect Dialect { get; }

    /// <summary>Runs something that only reads.</summary>
    ValueTask<T> ReadAsync<T>(TenantId? tenant, Func<SqlSession, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken);

    /// <summary>Reads rows one by one; the session is rented until the last one.</summary>
    IAsyncEnumerable<T> StreamAsync<T>(TenantId? tenant, Func<SqlSession, CancellationToken, IAsyncEnumerable<T>> read, CancellationToken cancellationToken);

    /// <summary>Sends one <see cref="SqlText"/> that writes: all of it or nothing, durable when it returns. It is cancelled before it begins or not at all.</summary>
    /// <param name="tenant">Whose rows it is about.</param>
    /// <param name="write">What writes.</param>
    /// <param name="cancellationToken">Ends the wait before it begins.</param>
    /// <param name="isRepeatable">True for what may be sent again when a connection broke, because it cannot take effect twice.</param>
    ValueTask<T> WriteAsync<T>(
        TenantId? tenant, Func<SqlSession, ValueTask<T>> write, CancellationToken cancellationToken, bool isRepeatable = false);
}

/// <summary>Runs several statements in one transaction, for databases that are in the same process.</summary>
internal interface ITransactions
{
    /// <summary>Runs something that writes, durable when it returns. It is cancelled before it begins or not at all.</summary>
    ValueTask<T> WriteAsync<T>(Func<SqlSession, ValueTask<Written<T>>> write, CancellationToken cancellationToken);
}

/// <summary>The answer of something that wrote.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Keep">False to undo everything that it wrote.</param>
internal readonly record struct Written<T>(T Answer, bool Keep);
