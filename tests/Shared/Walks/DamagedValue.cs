using System.Data.Common;
using Complaints.Core;
using Complaints.Core.History;

namespace Complaints.Tests.Shared;

/// <summary>A database as somebody without the library reaches it.</summary>
internal interface IRawDatabase
{
    /// <summary>A query for table, column, type, and whether it may be null, of every column but those of the migrations.</summary>
    string ColumnsQuery { get; }

    /// <summary>A new store, which remembers nothing of before.</summary>
    Task<Testing.StorePorts> OpenAsync();

    /// <summary>Closes what was opened.</summary>
    Task CloseAsync();

    Task<DbConnection> ConnectAsync();

    /// <summary>Keeps what is there now.</summary>
    Task KeepAsync();

    /// <summary>Puts back what was kept.</summary>
    Task RestoreAsync();
}

/// <summary>A column as the database describes it.</summary>
internal sealed record RawColumn(string Table, string Name, string Type, bool IsNullable)
{
    public static async Task<IReadOnlyList<RawColumn>> AllAsync(IRawDatabase database)
    {
        await using var connection = await database.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = database.ColumnsQuery;
        await using var row = await command.ExecuteReaderAsync();
        var columns = new List<RawColumn>();
        while (await row.ReadAsync())
            columns.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), Convert.ToBoolean(row.GetValue(3))));
        return columns;
    }

    /// <summary>The columns by which a row is one.</summary>
    public static string KeyOf(string table) => table switch
    {
        "complaint" or "aggregate" or "outbox" or "command" => "tenant, id",
        "complaint_state" => "tenant, complaint",
        "event" => "tenant, complaint, version, idx",
        "work" => "tenant, aggregate, subject, work",
        "link" => "tenant, complaint, other, kind",
        "taking_part" => "tenant, complaint, party",
        "timer" => "tenant, complaint, clock, purpose",
        "lookup" => "tenant, hash, complaint",
        "number_block" => "tenant, year",
        "definition" => "tenant, kind, id, version",
        "participant" => "tenant, complaint, person",
        "subject_key" => "tenant, subject",
        "checkpoint" => "tenant, sequence",
        "sweeper" => "name",
        _ => throw new InvalidOperationException($"The test does not know what is unique in {table}."),
    };
}

/// <summary>One value that nobody ever wrote, in one row.</summary>
/// <param name="Column">Where.</param>
/// <param name="Value">What stands there now.</param>
/// <param name="Of">The complaint whose row it is; <c>null</c> where it is nobody's.</param>
/// <param name="IsTenantKey">Whether it is in the row of the tenant's own key.</param>
internal sealed record DamagedValue(RawColumn Column, object Value, ComplaintId? Of, bool IsTenantKey)
{
    public string Table => Column.Table;

    /// <summary>Puts a value that the type allows into any row; <c>null</c> where there is none, or the value may not stand
    /// there.</summary>
    public static async Task<DamagedValue?> PutAsync(IRawDatabase database, RawColumn column, Random random)
    {
        await using var connection = await database.ConnectAsync();
        var owner = column.Table switch
        {
            "complaint" => "id",
            "complaint_state" or "event" or "timer" or "outbox" or "participant" or "lookup" or "link" or "taking_part" => "complaint",
            "work" => "aggregate",
            "subject_key" => "subject",
            _ => "null",
        };
        var names = RawColumn.KeyOf(column.Table).Split(", ");
        await using var pick = connection.CreateCommand();
        pick.CommandText = $"select {owner}, {column.Name}, {string.Join(", ", names)} from {column.Table} order by random() limit 1";
        object old;
        Guid? id;
        var key = new List<object>();
        await using (var row = await pick.ExecuteReaderAsync())
        {
            if (!await row.ReadAsync())
                return null;
            (id, old) = (IdOf(row.GetValue(0)), row.GetValue(1));
            for (var i = 2; i < row.FieldCount; i++)
                key.Add(row.GetValue(i));
        }
        var value = Any(column, old, random);
        await using var update = connection.CreateCommand();
        var where = string.Join(" and ", names.Select((name, i) => $"{name} = @k{i}"));
        update.CommandText = $"update {column.Table} set {column.Name} = @value where {where}";
        Add(update, "@value", value);
        for (var i = 0; i < key.Count; i++)
            Add(update, $"@k{i}", key[i]);
        try
        {
            (await update.ExecuteNonQueryAsync()).ShouldBe(1);
        }
        catch (DbException)
        {
            // The database itself refuses it: a number too large for its column, a key that is taken.
            return null;
        }
        var isKey = column.Table == "subject_key";
        return new(column, value, isKey || id is null ? null : new(id.Value), isKey && id == SubjectId.Tenant.Value);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Column.Table}.{Column.Name} = {(Value is byte[] bytes ? Convert.ToHexString(bytes) : Value)} of {Of}";

    private static object Any(RawColumn column, object old, Random random)
    {
        if (column.IsNullable && old is not DBNull && random.Next(5) == 0)
            return DBNull.Value;
        return column.Type switch
        {
            "blob" or "bytea" => old is byte[] { Length: > 0 } bytes && random.Next(2) == 0 ? Flipped(bytes, random)
                : random.Next(2) == 0 ? [] : new byte[] { 1, 2, 3 },
            "uuid" => random.Next(2) == 0 ? Guid.Empty : Guid.NewGuid(),
            "text" => new[] { "", "{", "nobody", "[null]", "\u0001" }[random.Next(5)],
            "integer" or "bigint" => new[] { long.MaxValue, long.MinValue, int.MaxValue, int.MinValue, -1L, 0L, 42L }[random.Next(7)],
            _ => throw new InvalidOperationException($"The test does not know how a {column.Type} is damaged."),
        };
    }

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        var other = bytes.ToArray();
        other[random.Next(other.Length)] ^= (byte)random.Next(1, 256);
        return other;
    }

    private static Guid? IdOf(object value) => value switch
    {
        Guid id => id,
        byte[] { Length: 16 } bytes => new Guid(bytes, bigEndian: true),
        _ => null,
    };

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
