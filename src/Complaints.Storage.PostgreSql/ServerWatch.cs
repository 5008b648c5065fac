using System.Diagnostics;
using Complaints.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>Looks at the server at the start and every half minute: whether it keeps what it was given, and how far this host's clock is off its own.</summary>
internal sealed class ServerWatch(PostgreSqlStoreOptions options, IClock? clock, ILogger? logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private long _lookedAt;
    private volatile PostgreSqlServer? _seen;
    private volatile Comparison? _compared;

    /// <summary>True when the database itself hides other tenants' rows.</summary>
    public bool HasWall => _seen is { RowLevelSecurity: true };

    /// <summary>True when this host's clock has moved otherwise than time went by: what the last look saw of it is no longer true.</summary>
    public bool HasJumped => _compared is { } compared && IsOff(Jump(compared), PostgreSqlServer.DegradedSkew);

    /// <summary>Looks again in the background when it is time: no command pays for it.</summary>
    public void LookAgain(NpgsqlDataSource source)
    {
        var before = Interlocked.Read(ref _lookedAt);
        if (before == 0 || Stopwatch.GetElapsedTime(before) < Interval || Interlocked.CompareExchange(ref _lookedAt, Stopwatch.GetTimestamp(), before) != before)
            return;
        _ = Task.Run(async () =>
        {
            try
            {
                await LookAsync(source, CancellationToken.None).ConfigureAwait(false);
            }
            catch (NpgsqlException)
            {
                // Whoever needs the server now will say so.
            }
        });
    }

    public async Task<PostgreSqlServer> LookAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var command = new NpgsqlCommand(
            """
            select pg_catalog.current_setting('fsync') <> 'off', pg_catalog.current_setting('synchronous_commit') <> 'off',
                   pg_catalog.current_setting('server_version'),
                   coalesce((select c.relrowsecurity from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                             where n.nspname = $1 and c.relname = 'complaint'), false),
                   (extract(epoch from pg_catalog.clock_timestamp()) * 1000000)::bigint
            """, connection);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Add(Parameter.Of(options.Schema));
        var before = clock?.GetCurrentInstant();
        var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var rowDisposal = row.ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        var there = Relational.Values.Instant(row, 4);
        Duration? skew = null;
        if (before is { } began && clock?.GetCurrentInstant() is { } ended)
        {
            skew = Duration.FromTicks((began - there + (ended - there)).TotalTicks / 2);
            _compared = new(skew.Value, ended, Stopwatch.GetTimestamp());
        }
        var seen = new PostgreSqlServer(row.GetString(2), row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(3), skew);
        Tell(_seen, seen);
        _seen = seen;
        Interlocked.Exchange(ref _lookedAt, Stopwatch.GetTimestamp());
        return seen;
    }

    /// <param name="dated">The instant that is about to be written: a clock that was wrong when it was read may be right again.</param>
    public void CheckSkew(Instant? dated)
    {
        if (_compared is not { } compared)
            return;
        if (compared.Skew + Jump(compared) is var skew && IsOff(skew, IDeadlineClock.LargestSkew))
            throw new ClockSkewException(skew);
        var there = compared.At - compared.Skew + Duration.FromTimeSpan(Stopwatch.GetElapsedTime(compared.Timestamp));
        if (dated is { } instant && instant - there is var ahead && ahead > IDeadlineClock.LargestSkew)
            throw new ClockSkewException(ahead);
    }

    private Duration Jump(Comparison last) => clock!.GetCurrentInstant() - last.At - Duration.FromTimeSpan(Stopwatch.GetElapsedTime(last.Timestamp));

    private static bool IsOff(Duration skew, Duration bound) => skew > bound || -skew > bound;

    /// <summary>Says what is new and not good.</summary>
    private void Tell(PostgreSqlServer? before, PostgreSqlServer now)
    {
        if (!now.KeepsAcknowledged && before is not { KeepsAcknowledged: false })
            PostgreSqlLog.MayLose(_logger, now.Fsync ? "on" : "off", now.SynchronousCommit ? "on" : "off");
        if (now.IsDegraded && before is not { IsDegraded: true })
            PostgreSqlLog.ClockOff(_logger, now.ClockSkew!.Value.TotalSeconds);
    }

    /// <summary>How far this host's clock was ahead at a moment of its own, and that moment on the clock that never jumps.</summary>
    private sealed record Comparison(Duration Skew, Instant At, long Timestamp);
}

internal static partial class PostgreSqlLog
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "PostgreSQL runs with fsync {Fsync} and synchronous_commit {SynchronousCommit}: what was answered may be lost when it goes down")]
    public static partial void MayLose(ILogger logger, string fsync, string synchronousCommit);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "This host's clock is {Seconds} s ahead of the database's; beyond 60 s either way its commands are refused")]
    public static partial void ClockOff(ILogger logger, double seconds);
}
