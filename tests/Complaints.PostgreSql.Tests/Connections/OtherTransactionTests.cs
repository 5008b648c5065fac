using System.Diagnostics;
using Complaints.Core;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Connections;

/// <summary>Transactions of others: on another database, at the same time, and with a lock that a command waits for.</summary>
public sealed class OtherTransactionTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_transaction_on_another_database_is_refused_and_writes_nothing_there()
    {
        var server = await SharedServer.GetAsync();
        await server.ExecuteAsync("create database elsewhere");
        await using var here = new PostgreSqlStore(server.ConnectionString());
        await using var there = new PostgreSqlStore(server.ConnectionString("elsewhere"));
        await here.MigrateAsync(default);
        await there.MigrateAsync(default);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("elsewhere"));
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        var refused = await Should.ThrowAsync<ArgumentException>(() => Desks.On(here).In(transaction).RegisterAsync(Drafts.English()));

        refused.Message.ShouldContain("elsewhere");
        await transaction.CommitAsync();
        (await server.ScalarAsync<long>("select count(*) from complaints.complaint", "elsewhere")).ShouldBe(0);
    }

    [Fact]
    public async Task Control_a_transaction_on_the_same_database_by_another_address_is_taken()
    {
        await using var schema = new TestSchema();
        var store = await schema.OpenAloneAsync();
        await using var source = NpgsqlDataSource.Create(
            (await SharedServer.GetAsync()).ConnectionString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var filed = await Desks.On(store).In(transaction).RegisterAsync(Drafts.English());
        await transaction.CommitAsync();
        (await Desks.On(store).ViewAsync(filed.Value.Complaint)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Commands_go_through_where_every_transaction_is_serializable()
    {
        await using var schema = new TestSchema();
        var store = await schema.OpenAloneAsync(more: ";Options=-c default_transaction_isolation=serializable");
        var commands = await Desks.WorkAsync(store, writers: 8, commands: 30);
        output.WriteLine($"serializable: {commands} commands of 8 writers, none failed");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_command_does_not_wait_for_a_lock_of_the_host(bool isImprovement)
    {
        await using var schema = new TestSchema();
        var store = await schema.OpenAloneAsync();
        var desk = Desks.On(store);
        var id = (await desk.RegisterAsync(Drafts.English())).Value.Complaint;
        var improvement = (await desk.Improvements.OpenAsync(new("systemic-issue", "Vans"))).Value.Improvement;
        await using var source = NpgsqlDataSource.Create((await SharedServer.GetAsync()).ConnectionString());
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand(
            $"select 1 from {schema.Name}.complaint for update; select 1 from {schema.Name}.aggregate for update", connection);
        await hold.ExecuteNonQueryAsync();
        var once = new CommandOptions { CommandId = new CommandId(Guid.NewGuid()) };
        var due = NodaTime.SystemClock.Instance.GetCurrentInstant() + NodaTime.Duration.FromDays(3);
        var watch = Stopwatch.StartNew();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await Should.ThrowAsync<OperationCanceledException>(() => SendAsync(patience.Token));

        watch.Elapsed.TotalSeconds.ShouldBeLessThan(5);
        await transaction.RollbackAsync();
        (await SendAsync(default)).ShouldBeFalse("it was not done, and is done now");
        (await SendAsync(default)).ShouldBeTrue();

        async Task<bool> SendAsync(CancellationToken cancellationToken) => isImprovement
            ? (await desk.Improvements.ExecuteAsync(improvement, new PlanAction("corrective", "x", due), once, cancellationToken)).Repeated
            : (await desk.ExecuteAsync(id, new AddNote("once"), once, cancellationToken)).Repeated;
    }

    [Fact]
    public async Task A_function_before_those_of_the_server_is_never_called()
    {
        var server = await SharedServer.GetAsync();
        await server.ExecuteAsync("create database hostile");
        await server.ExecuteAsync("create schema evil", "hostile");
        foreach (var (name, result) in new[]
        {
            ("statement_timestamp()", "timestamptz"), ("clock_timestamp()", "timestamptz"), ("cardinality(anyarray)", "int"),
            ("current_setting(text)", "text"), ("current_setting(text, boolean)", "text"), ("set_config(text, text, boolean)", "text"),
            ("pg_notify(text, text)", "void"), ("pg_advisory_xact_lock(bigint)", "void"), ("strpos(text, text)", "int"),
            ("current_database()", "name"), ("pg_postmaster_start_time()", "timestamptz"), ("unnest(uuid[])", "setof uuid"),
        })
            await server.ExecuteAsync(
                $"create function evil.{name} returns {result} language plpgsql as $$ begin raise 'evil.{name}'; end $$", "hostile");
        foreach (var aggregate in new[] { "count(*)", "min(bigint)", "max(bigint)", "max(int)" })
            await server.ExecuteAsync(
                "create or replace function evil.add(bigint) returns bigint language plpgsql as $$ begin raise 'evil'; end $$;"
                + "create or replace function evil.add(bigint, bigint) returns bigint language plpgsql as $$ begin raise 'evil'; end $$;"
                + "create or replace function evil.add(bigint, int) returns bigint language plpgsql as $$ begin raise 'evil'; end $$;"
                + $"create aggregate evil.{aggregate} (sfunc = evil.add, stype = bigint, initcond = '0')", "hostile");
        await server.ExecuteAsync("alter database hostile set search_path = evil, pg_catalog", "hostile");
        await Should.ThrowAsync<PostgresException>(() => server.ScalarAsync<long>("select count(*) from pg_class", "hostile"));
        await using var store = new PostgreSqlStore(server.ConnectionString("hostile"));

        await Desks.WorkAsync(store, writers: 2, commands: 3);

        var desk = Desks.On(store);
        await desk.SweepAsync();
        await desk.Improvements.OpenAsync(new("bulletin", "Vans"));
        (await desk.ListAsync(new ComplaintQuery { Order = ComplaintOrder.Newest })).Items.Length.ShouldBe(2);
        (await desk.CountAsync(new ComplaintQuery())).Count.ShouldBe(2);
        (await desk.TotalsAsync()).Complaints.ShouldBe(2);
        await store.AgesAsync(TenantId.Default, null, default);
        var query = new OutboxQuery("one", 10, NodaTime.Duration.FromMinutes(1), "", IsOrdered: true);
        (await store.ClaimAsync(TenantId.Default, query, default)).Messages.ShouldNotBeEmpty();
    }
}
