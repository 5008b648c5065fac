using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>What PostgreSQL does in its own way.</summary>
internal sealed partial class PostgreSqlDialect(PostgreSqlStoreOptions options) : ISqlDialect
{
    /// <summary>"complaint" in ASCII, with the schema's hash below it: programs that bring one schema up to date take turns.</summary>
    private readonly long _lock = 0x636F6D70_00000000 | (uint)StableHash(options.Schema);

    // Without it every statement of a batch would see a state of its own.
    public string BeginRead => "begin isolation level repeatable read read only";

    public string EndRead => "commit";

    public string SteadyPlan => "set local plan_cache_mode = force_generic_plan";

    // The same throughout a statement, so that an index can be asked for what is due by it; clock_timestamp() would be asked for every row.
    public string Now => "cast(extract(epoch from statement_timestamp()) * 1000000 as bigint)";

    public string BeginClaim => "begin";

    public string EndClaim => "commit";

    public string SkipLocked => "for update of w skip locked";

    // The complaint and not the timer: a user's command locks the complaint first and its timers after it, and would wait for us crosswise.
    public string SkipLockedComplaint => "for no key update of c skip locked";

    public string KeepKey => "for key share";

    public string BeginWrite => $"begin; select pg_catalog.pg_advisory_xact_lock({_lock.ToString(CultureInfo.InvariantCulture)}); {CreateSchema} set local search_path = {options.Schema}, pg_temp";

    public string TableExists => $"select 1 from pg_catalog.pg_tables where schemaname = '{options.Schema}' and tablename = @name";

    public string Inspect =>
        $"""
        select 'trigger', t.tgname || ' on ' || c.relname
        from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = '{options.Schema}' and not t.tgisinternal
        union all select 'rule', rulename || ' on ' || tablename from pg_catalog.pg_rules where schemaname = '{options.Schema}'
        """;

    /// <summary>"create schema if not exists" asks for the right to create one even where there is one.</summary>
    private string CreateSchema =>
        $"do $$ begin if not exists (select 1 from pg_catalog.pg_namespace where nspname = '{options.Schema}') then create schema {options.Schema}; end if; end $$;";

    public string IsOneOf(string column, string parameter) => $"{column} = any({parameter})";

    public string Contains(string column, string parameter) => $"strpos({column}, {parameter}) > 0";

    public string JoinIds(string column) => $"string_agg({column}::text, ',')";

    public string IsOneOfIds(string column, string parameter) => $"{column} = any({parameter})";

    // A join with the select would be planned for a tenth of the table, and read all of it.
    public string IsOneOfRows(string column, string select) => $"{column} = any(array({select}))";

    // Its planner knows how many rows a party has.
    public string SoughtBy(string table, string index) => table;

    public object List(IEnumerable<string> values) => values.ToArray();

    public object Ids(IEnumerable<Guid> ids) => ids.ToArray();

    // Functions too: a search path may name a schema before pg_catalog in which somebody has made a function of that name.
    public string Qualify(string statement) =>
        FunctionName().Replace(TableName().Replace(statement, $"{options.Schema}.$0"), "pg_catalog.$0");

    public string Adapt(string migration) => options.Partitions == 0 ? migration : PartitionedTable().Replace(migration, match =>
    {
        var table = match.Groups["table"].Value;
        var parts = Enumerable.Range(0, options.Partitions).Select(part => string.Create(
            CultureInfo.InvariantCulture, $"\ncreate table {table}_p{part} partition of {table} for values with (modulus {options.Partitions}, remainder {part});"));
        return $"create table {table} ({match.Groups["columns"].Value}) partition by hash (tenant);{string.Concat(parts)}";
    });

    public bool IsDuplicate(DbException error) => error.SqlState == PostgresErrorCodes.UniqueViolation;

    public StoreException Translate(DbException error) => PostgreSqlErrors.Translate(error);

    /// <summary>A table of ours where a statement names one.</summary>
    [GeneratedRegex(
        @"(?<=\b(from|join|into|update)\s)(complaint|complaint_state|aggregate|event|timer|work|link|outbox|command|lookup|participant|"
        + @"taking_part|subject_key|number_block|definition|checkpoint|schema_migration)\b"
        + @"|(?<=\bcreate table if not exists )schema_migration\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TableName();

    /// <summary>A function of the server's where a statement calls one. With several arrays <c>unnest</c> is syntax, which must not be
    /// qualified.</summary>
    [GeneratedRegex(
        @"(?<![\w.])(unnest(?=\([^(),]*\))|(cardinality|clock_timestamp|count|current_setting|max|min|pg_advisory_xact_lock"
        + @"|statement_timestamp|string_agg|strpos|sum)(?=\())",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex FunctionName();

    [GeneratedRegex(
        @"create table (?<table>\w+) \((?<columns>[^;]*?)\) /\* by tenant \*/;", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PartitionedTable();

    private static int StableHash(string text) => text.Aggregate(17, static (hash, character) => unchecked(hash * 31 + character));
}
