using System.Collections.Immutable;
using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;

namespace Complaints.Storage.PostgreSql;

/// <summary>
/// What a command reads before it decides, as one statement: it sees one state of the database by itself, while several would need a transaction around them, and that costs as much as
/// what they read.
/// </summary>
internal sealed class OneStatementLoad(ISqlDialect dialect) : LoadSql(dialect, ScopedStore.Release)
{
    private const int Complaint = 0;
    private const int Timer = 1;
    private const int Command = 2;
    private const int OtherKey = 3;

    // Rows of four kinds under each other: cheaper than to join them, or to make arrays of them and take those apart again.
    private static readonly SqlText Everything = new(
        $"""
        select {Complaint}, c.version, {StateRow.Selected}, c.person, c.head, k.wrapped, null, null, null
        from complaint c left join subject_key k on k.tenant = c.tenant and k.subject = c.person {StateRow.Join}
        where c.tenant = @tenant and c.id = @id
        union all
        select {Timer}, null, null, null, null, null, null, clock, purpose, due_at from timer where tenant = @tenant and complaint = @id
        union all
        select {Command}, null, null, answer, null, null, null, hash, null, recorded_at
        from command where tenant = @tenant and id = @command
        union all
        select {OtherKey}, null, null, null, p.person, null, k.wrapped, null, null, null
        from participant p join subject_key k on k.tenant = p.tenant and k.subject = p.person
        where p.tenant = @tenant and p.complaint = @id
        """);

    private static readonly Comparison<TimerRow> ByName = (one, other) =>
        string.CompareOrdinal(one.Clock, other.Clock) is not 0 and var order ? order : string.CompareOrdinal(one.Purpose, other.Purpose);

    public override async ValueTask<LoadedComplaint> ComplaintAsync(SqlSession session, TenantId tenant, ComplaintId id, CommandId command, CancellationToken token, bool isInside = false)
    {
        var row = await session.QueryAsync(Everything, token, tenant.Value, id.Value, command.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        StoredComplaint? complaint = null;
        var keys = ImmutableArray.CreateBuilder<WrappedKey>(1);
        CommandRow? earlier = null;
        var timers = ImmutableArray.CreateBuilder<TimerRow>(4);
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            switch (row.GetInt32(0))
            {
                case Complaint:
                    complaint = StateRow.Stored(row, id, StateRow.Read(row, 2), version: 1, head: 5, person: 4);
                    if (row.BytesOrNull(6) is { } own)
                        keys.Add(new(complaint.Person, own));
                    break;
                case Timer:
                    if (TimerSql.Timer(row, 7) is { } timer)
                        timers.Add(timer);
                    break;
                case Command:
                    earlier = new(command, row.GetString(7), row.Bytes(3), row.Instant(9));
                    break;
                case OtherKey:
                    keys.Add(new(new(row.Id(4)), row.Bytes(6)));
                    break;
            }
        }
        timers.Sort(ByName);
        await row.NextResultAsync(token).ConfigureAwait(false);
        return new LoadedComplaint(complaint, timers.DrainToImmutable(), keys.DrainToImmutable(), earlier);
    }
}
