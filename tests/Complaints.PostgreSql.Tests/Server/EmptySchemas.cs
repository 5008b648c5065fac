using System.Collections.Concurrent;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Server;

/// <summary>Schemas of the shared server without a row, for laws: to make one takes longer than most laws, to empty one does not.</summary>
internal static class EmptySchemas
{
    private static readonly ConcurrentDictionary<Type, ConcurrentBag<string>> Free = new();

    /// <param name="user">Whose they are: a schema goes to nobody else.</param>
    public static string Take(Type user) => Of(user).TryTake(out var schema) ? schema : SharedServer.NewSchema();

    /// <summary>Empties a schema for the next law.</summary>
    /// <param name="user">Who had taken it.</param>
    /// <param name="schema">Its name.</param>
    /// <param name="undo">What else must be done so that it is as its migrations leave it.</param>
    public static async Task GiveBackAsync(Type user, string schema, string undo = "")
    {
        await using var connection = await (await SharedServer.SourceAsync()).OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var empty = new NpgsqlCommand(
            $"""
            set local lock_timeout = '1s';
            do $$
            declare name text;
            begin
              for name in select tablename from pg_tables where schemaname = '{schema}' and tablename <> 'schema_migration' loop
                execute format('delete from {schema}.%I', name);
              end loop;
            end $$;
            set local search_path = {schema}; {undo}
            """, connection, transaction);
        try
        {
            await empty.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
            Of(user).Add(schema);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Some law's session still holds it: nobody gets it again.
        }
    }

    private static ConcurrentBag<string> Of(Type user) => Free.GetOrAdd(user, _ => []);
}
