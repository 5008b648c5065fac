using System.Data.Common;
using System.Net.Sockets;
using Complaints.Core.Storage;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>What a failure means, by SQLSTATE and never by message text.</summary>
internal static class PostgreSqlErrors
{
    /// <summary>The server ended the session because it was silent inside its transaction for too long.</summary>
    private const string PutOut = "25P03";

    /// <summary>No statement of that name was prepared, or one was already: by somebody else on the same connection of a pooler.</summary>
    private const string Forgotten = "26000";
    private const string PreparedTwice = "42P05";

    /// <summary>True when the connection is gone or the server is about to come back: the same statement on a new connection may succeed at once.</summary>
    public static bool IsBroken(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PutOut } => true,
        PostgresException { SqlState: ['0', '8', ..] } => true,
        PostgresException => false,
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException { InnerException: IOException or SocketException } => true,
        NpgsqlException => error.InnerException is null or ObjectDisposedException,
        _ => false,
    };

    /// <summary>True when the server undid everything because of others who worked at the same time: the same again may pass.</summary>
    public static bool IsUndone(Exception error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    public static StoreException Translate(DbException error) => error switch
    {
        PostgresException postgres => Translate(postgres),
        NpgsqlException { InnerException: TimeoutException } => new StoreUnavailableException("PostgreSQL did not answer in time. Repeat the command with the same command id.", error),
        _ => new StoreUnavailableException($"PostgreSQL cannot be reached, or the connection broke: {error.Message.TrimEnd('.')}. Repeat the command with the same command id.", error),
    };

    private static StoreException Translate(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.DiskFull => Unavailable("The database's disk is full", error),
        PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.ConfigurationLimitExceeded => Unavailable("The database has run out of something", error),
        PostgresErrorCodes.TooManyConnections => Unavailable("The database takes no more connections", error),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable =>
            Unavailable("Another transaction stood in the way", error),
        PutOut => Unavailable("The session was silent inside its transaction for too long", error),
        PostgresErrorCodes.QueryCanceled => Unavailable("The statement took too long and was ended", error),
        PostgresErrorCodes.ReadOnlySqlTransaction => Unavailable("The server is a replica, which may not be written", error),
        ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or ['5', '8', ..] => Unavailable("The database went down or is starting", error),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            new StoreException($"The database does not let this user in{Code(error)}: check user name and password of the connection string.", error),
        Forgotten or PreparedTwice => new StoreException(
            $"A pooler between this program and PostgreSQL keeps no prepared statements{Code(error)}: "
            + "add 'Max Auto Prepare=0' to the connection string, or let it pool sessions.", error),
        PostgresErrorCodes.InvalidCatalogName => new StoreException($"There is no such database{Code(error)}: check the connection string, or make the database first.", error),
        PostgresErrorCodes.InsufficientPrivilege =>
            new StoreException($"The database role may not do that{Code(error)}: let the schema's owner run 'complaints init --role NAME' for it (PostgreSqlStoreOptions.RuntimeRole). {error.MessageText}", error),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName =>
            new StoreException($"The schema is not complete{Code(error)}: bring it up to date, or check the name of the schema. {error.MessageText}", error),
        _ => new StoreException($"PostgreSQL refused a statement{Code(error)}: {error.MessageText}", error),
    };

    private static StoreUnavailableException Unavailable(string what, PostgresException error) => new($"{what}{Code(error)}. Repeat the command with the same command id.", error);

    private static string Code(PostgresException error) => $" (SQLSTATE {error.SqlState})";
}
