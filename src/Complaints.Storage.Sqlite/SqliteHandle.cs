using Complaints.Storage.Relational;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Complaints.Storage.Sqlite;

/// <summary>The native connection below a session, for transactions: the driver would wait for a lock in steps of 150 ms with its thread asleep.</summary>
internal static class SqliteHandle
{
    public static sqlite3 Handle(this KeptSession session) => ((SqliteConnection)session.Connection).Handle!;

    public static SqliteException Error(this KeptSession session, int code) => Error(session.Handle(), code);

    public static SqliteException Error(sqlite3 handle, int code) =>
        new(raw.sqlite3_errmsg(handle).utf8_to_string(), code, raw.sqlite3_extended_errcode(handle));
}
