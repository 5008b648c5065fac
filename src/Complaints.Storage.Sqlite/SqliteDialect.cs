using System.Data.Common;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Complaints.Storage.Sqlite;

/// <summary>What SQLite does in its own way.</summary>
internal sealed class SqliteDialect : ISqlDialect
{
    public string BeginRead => "begin";

    public string EndRead => "commit";

    public string SteadyPlan => "";

    public string Now => "cast(unixepoch('subsec') * 1000000 as integer)";

    public string BeginClaim => "";

    public string EndClaim => "";

    public string SkipLocked => "";

    public string SkipLockedComplaint => "";

    public string KeepKey => "";

    public string BeginWrite => "begin immediate";

    public string TableExists => "select 1 from sqlite_master where type = 'table' and name = @name";

    public string Inspect =>
        """
        select 'damage', integrity_check from pragma_integrity_check where integrity_check <> 'ok'
        union all select type, name from sqlite_master where type in ('trigger', 'view')
        """;

    public string IsOneOf(string column, string parameter) => $"{column} in (select value from json_each({parameter}))";

    public string IsOneOfRows(string column, string select) => $"{column} in ({select})";

    public string SoughtBy(string table, string index) => $"{table} indexed by {index}";

    public string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

    public string JoinIds(string column) => $"group_concat(hex({column}))";

    public string IsOneOfIds(string column, string parameter) => $"{column} in (select unhex(value) from json_each({parameter}))";

    public object List(IEnumerable<string> values) => JsonColumns.List(values);

    public object Ids(IEnumerable<Guid> ids) => JsonColumns.List(ids.Select(id => id.ToString("N")));

    public string Qualify(string statement) => statement;

    public string Adapt(string migration) => migration;

    public bool IsDuplicate(DbException error) =>
        error is SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID };

    public StoreException Translate(DbException error) => error is SqliteException sqlite
        ? sqlite.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL =>
                Unavailable("Another program kept the database locked for too long", sqlite),
            raw.SQLITE_FULL => Unavailable("The disk is full, or the database has reached its largest size", sqlite),
            raw.SQLITE_CANTOPEN => Unavailable("The database file cannot be opened: its folder must exist and be writable", sqlite),
            raw.SQLITE_IOERR => Unavailable("The disk failed while the database was in use; whether the last command was written is unknown", sqlite),
            raw.SQLITE_NOMEM or raw.SQLITE_INTERRUPT => Unavailable("The database could not finish", sqlite),
            raw.SQLITE_READONLY or raw.SQLITE_PERM => new StoreException($"The database file may not be written{Code(sqlite)}: check the owner and the permissions of the file and its folder.", sqlite),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new StoreException($"The file is no database, or it is damaged{Code(sqlite)}: restore a backup.", sqlite),
            _ => new StoreException($"SQLite refused a statement{Code(sqlite)}: {sqlite.Message}", sqlite),
        }
        : new StoreException("The database refused a statement.", error);

    private static StoreUnavailableException Unavailable(string what, SqliteException error) =>
        new($"{what}{Code(error)}. Repeat the command with the same command id.", error);

    private static string Code(SqliteException error) => $" (SQLite error {error.SqliteExtendedErrorCode})";
}
