using System.Data.Common;
using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CrmTransaction;

/// <summary>The database of a CRM, in which complaints are kept as well. What differs between the two is here and nowhere else.</summary>
public abstract class Crm
{
    public static Crm On(string database) => database.Contains("Host=", StringComparison.OrdinalIgnoreCase) ? new PostgreSqlCrm(database) : new SqliteCrm(database);

    /// <summary>Where the complaints are kept: in the same database.</summary>
    public abstract void Choose(ComplaintsBuilder complaints);

    public abstract DbConnection Connect();

    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>The desk inside a transaction that the CRM has begun.</summary>
    public abstract ComplaintDesk In(ComplaintDesk desk, DbTransaction transaction);

    /// <summary>Makes the CRM's own table with one open order.</summary>
    public async Task CreateOrderAsync(string order)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "create table if not exists crm_order (id text primary key, status text not null)";
        await command.ExecuteNonQueryAsync();
        await ExecuteAsync(connection, "insert into crm_order (id, status) values (@order, 'open')", order);
    }

    public async Task<string> StatusAsync(string order)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select status from crm_order where id = @order";
        Add(command, order);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<int> ExecuteAsync(DbConnection connection, string sql, string order)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Add(command, order);
        return await command.ExecuteNonQueryAsync();
    }

    private static void Add(DbCommand command, string order)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("order", order);
        command.Parameters.Add(parameter);
    }

    private sealed class SqliteCrm(string file) : Crm
    {
        public override void Choose(ComplaintsBuilder complaints) => complaints.UseSqlite(file);

        public override DbConnection Connect() => new SqliteConnection($"Data Source={file};Pooling=False");

        public override void Configure(DbContextOptionsBuilder options) =>
            options.UseSqlite($"Data Source={file};Pooling=False", sqlite => sqlite.ExecutionStrategy(dependencies => new WholeUnit(dependencies)));

        public override ComplaintDesk In(ComplaintDesk desk, DbTransaction transaction) => desk.In((SqliteTransaction)transaction);
    }

    private sealed class PostgreSqlCrm(string connectionString) : Crm
    {
        // One file for every program on this database, and no default for it.
        public override void Choose(ComplaintsBuilder complaints) =>
            complaints.UsePostgreSql(connectionString).UseKeyFile(Environment.GetEnvironmentVariable("COMPLAINTS_KEY") ?? "complaints.key");

        public override DbConnection Connect() => new NpgsqlConnection(connectionString);

        public override void Configure(DbContextOptionsBuilder options) =>
            options.UseNpgsql(connectionString, npgsql => npgsql.ExecutionStrategy(dependencies => new WholeUnit(dependencies)));

        public override ComplaintDesk In(ComplaintDesk desk, DbTransaction transaction) => desk.In((NpgsqlTransaction)transaction);
    }
}
