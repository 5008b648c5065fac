using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>
/// The table <c>complaint_state</c>: the state on which commands decide, apart from the columns that lists and reports read. It is
/// written only with its complaint, whose version says whether it may be. Where it is missing the state comes from the events, and the
/// next command writes it.
/// </summary>
internal static class StateRow
{
    /// <summary>The columns <see cref="Columns"/> for a select from <c>complaint c</c> with <see cref="Join"/>.</summary>
    public const string Selected = "s.schema, s.body";

    /// <summary>Finds a complaint's state.</summary>
    public const string Join = "left join complaint_state s on s.tenant = c.tenant and s.complaint = c.id";

    private static readonly ColumnList Table = new();
    private static readonly Column<int> Schema = Table.Moving("schema", ColumnKind.Number, static c => c.Schema);
    private static readonly Column<ReadOnlyMemory<byte>> Body = Table.Moving("body", ColumnKind.Bytes, static c => c.State);

    /// <summary>Every column after the tenant and the complaint.</summary>
    public static IReadOnlyList<Column> Columns => Table.Columns;

    /// <summary>Writes the state, whether or not there is one.</summary>
    public static SqlText Write { get; } =
        new($"insert into complaint_state (tenant, complaint, schema, body) values (@tenant, @complaint, @schema, @body) {Replace}");

    /// <summary>What an insert does where there is a state.</summary>
    public const string Replace = "on conflict (tenant, complaint) do update set schema = excluded.schema, body = excluded.body";

    /// <summary>The parameters of <see cref="Write"/>.</summary>
    public static object?[] Values(ComplaintCommit commit) =>
        [commit.Tenant.Value, commit.Id.Value, Schema.Value(commit), Body.Value(commit)];

    /// <summary>No state: of a schema that nobody reads, so that the events are folded.</summary>
    public static (int Schema, byte[] Body) Missing => (0, []);

    /// <summary>Reads <see cref="Selected"/>; what is damaged is missing.</summary>
    public static (int Schema, byte[] Body) Read(DbDataReader row, int at)
    {
        var reading = new RowReading(row);
        return row.IsDBNull(at + 1) ? Missing : (reading.Of("schema", at, ColumnKind.Number, 0), reading.Of(
            "body", at + 1, ColumnKind.ByteArray, []));
    }

    /// <summary>A complaint whose version, head and person stand at the given places. What is damaged gets a value that none can have, so
    /// that whoever decides on it sees that it does not fit its history.</summary>
    public static StoredComplaint Stored(
        DbDataReader row, ComplaintId id, (int Schema, byte[] Body) state, int version, int head, int person)
    {
        var reading = new RowReading(row);
        return new(id, reading.Of("version", version, ColumnKind.Number, 0), state.Schema, state.Body,
            reading.Of("head", head, ColumnKind.ByteArray, []), new(reading.Of("person", person, ColumnKind.Id, default)));
    }
}
