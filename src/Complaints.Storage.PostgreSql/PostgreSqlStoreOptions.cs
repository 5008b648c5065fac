namespace Complaints.Storage.PostgreSql;

/// <summary>How a PostgreSQL store works.</summary>
public sealed record PostgreSqlStoreOptions
{
    /// <summary>The schema in which the tables lie: 1 to 63 lower-case letters, digits and <c>_</c>, no digit first. Default <c>complaints</c>.</summary>
    public string Schema
    {
        get;
        init => field = Name(value, nameof(Schema));
    } = "complaints";

    /// <summary>
    /// True to bring the schema up to date at the first use, which needs the rights of its owner. False for a host whose role may not change tables: a schema that is older than
    /// this program is then refused. Default true.
    /// </summary>
    public bool Migrate { get; init; } = true;

    /// <summary>The role under which the hosts run: whenever the schema is brought up to date it is given select, insert, update and delete, and no more. Default none.</summary>
    public string? RuntimeRole
    {
        get;
        init => field = value is null ? null : Name(value, nameof(RuntimeRole));
    }

    /// <summary>In how many partitions the large tables are laid out by a hash of the tenant, 0 (not at all) to 256. Only counts when the schema is made. Default 0.</summary>
    public int Partitions
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 256);
            field = value;
        }
    }

    /// <summary>
    /// True to let the database itself hide other tenants' rows (row-level security), false to switch that off, <c>null</c> to leave it as it is. Takes effect when the schema is
    /// brought up to date; a host on a database that has it obeys it in any case. Superusers are not bound by it. Default <c>null</c>.
    /// </summary>
    public bool? RowLevelSecurity { get; init; }

    /// <summary>
    /// True to tell other hosts at once that messages were written (LISTEN and NOTIFY), which keeps one connection for a host that sends. False where connections are shared by transaction,
    /// as some poolers do; messages then wait for the next round. Default true.
    /// </summary>
    public bool WakeUp { get; init; } = true;

    private static string Name(string value, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, parameter);
        return value.Length <= 63 && !char.IsAsciiDigit(value[0]) && value.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')
            ? value
            : throw new ArgumentException($"'{value}' is no name for this: use 1 to 63 lower-case letters, digits and '_', no digit first.", parameter);
    }
}
