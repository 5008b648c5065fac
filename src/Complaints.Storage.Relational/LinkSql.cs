using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>The statements about links between cases.</summary>
internal static class LinkSql
{
    private const string Current = "select 1 from complaint where tenant = @tenant and id = @of and version = @version";

    private static readonly string Most = ILinkStore.MostLinks.ToString(CultureInfo.InvariantCulture);

    /// <summary>What the case says, and what others say of it.</summary>
    public static SqlText Both { get; } = new(
        $"""
        select l.noun, l.other, coalesce(c.number, a.number), l.kind, l.ours
        from (
            select * from (select noun, other, kind, 1 as ours from link
                where tenant = @tenant and complaint = @of and @noun = '{AggregateId.Complaint}' limit {Most}) said
            union all
            select * from (select '{AggregateId.Complaint}' as noun, complaint, kind, 0 as ours from link
                where tenant = @tenant and other = @of and noun = @noun limit {Most}) heard) l
        left join complaint c on c.tenant = @tenant and c.id = l.other
        left join aggregate a on a.tenant = @tenant and a.id = l.other
        order by l.ours desc, l.kind, 3 limit {Most}
        """);

    public static SqlText All { get; } = new("select complaint, other, noun, kind from link where tenant = @tenant order by complaint");

    /// <summary>Puts one right while its complaint has the version.</summary>
    public static SqlText Repair { get; } = new(
        "insert into link (tenant, complaint, other, noun, kind) "
        + $"select @tenant, @of, @other, @noun, @kind where exists ({Current}) on conflict do nothing");

    /// <summary>Takes one away while its complaint has the version, or is gone.</summary>
    public static SqlText Remove { get; } = new(
        "delete from link where tenant = @tenant and complaint = @of and other = @other and kind = @kind "
        + $"and (exists ({Current}) or (@version = 0 and not exists (select 1 from complaint where tenant = @tenant and id = @of)))");

    public static async ValueTask<ImmutableArray<LinkedCase>> ReadAsync(DbDataReader row, CancellationToken token)
    {
        var links = ImmutableArray.CreateBuilder<LinkedCase>();
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            var reading = new RowReading(row);
            var link = new LinkedCase(
                new(reading.Of("noun", 0, ColumnKind.Text, "?"), reading.Of("other", 1, ColumnKind.Id, default)),
                reading.Of("number", 2, ColumnKind.TextOrNull, null), reading.Of("kind", 3, ColumnKind.Text, ""), row.GetInt32(4) == 1);
            if (reading.Unreadable.IsEmpty)
                links.Add(link);
        }
        return links.DrainToImmutable();
    }
}
