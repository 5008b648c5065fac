using System.Collections.Concurrent;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;

namespace Complaints.Storage.Sqlite;

/// <summary>
/// Gives back messages that a program took, or put off, by a clock that stood far ahead: no honest lease and no honest pause lasts so
/// long. Asked for when a program claims first, and every minute: elsewhere the database's one clock makes it needless.
/// </summary>
internal sealed class LostLeases(SqliteSessions sessions)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(TenantId, string), long> _asked = new();
    private readonly SqlText _giveBack = GiveBack($"coalesce(cast(@now as bigint), {sessions.Dialect.Now})");

    private static SqlText GiveBack(string now) => new(
        $"""
        update outbox set due_at = {OutboxSql.DueAgain(now)}, owner = null
        where tenant = @tenant and channel = @channel and delivered_at is null and dead_at is null and {OutboxSql.FarAhead(now)}
        """);

    public async ValueTask GiveBackAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (_asked.TryGetValue((tenant, query.Channel), out var asked) && TimeProvider.System.GetElapsedTime(asked, now) < Every)
            return;
        await sessions.WriteAsync(
            tenant,
            async session => await session.RunAsync(_giveBack, Values.Of(query.Now), tenant.Value, query.Channel).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        _asked[(tenant, query.Channel)] = now;
    }
}
