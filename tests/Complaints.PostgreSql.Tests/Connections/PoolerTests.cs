using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using NodaTime;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Connections;

/// <summary>PgBouncer in transaction mode between a host and its database: no two transactions need meet on one connection.</summary>
public sealed class PoolerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Transaction_pooling_works_where_nothing_is_prepared()
    {
        await using var bouncer = await PgBouncer.StartAsync(await SharedServer.GetAsync());
        var schema = SharedServer.NewSchema();
        await using var store = new PostgreSqlStore(
            bouncer.ConnectionString() + ";Max Auto Prepare=0", new PostgreSqlStoreOptions { Schema = schema, WakeUp = false });
        var commands = await Desks.WorkAsync(store, writers: 16, commands: 20);

        var desk = Desks.On(store);
        var now = SystemClock.Instance.GetCurrentInstant();
        var claim = await store.ClaimAsync(TenantId.Default, new OutboxQuery("one", 10, Duration.FromMinutes(1)), default);
        claim.Messages.Length.ShouldBe(10);
        MessageFate[] fates = [.. claim.Messages.Select(message => new MessageFate.Delivered(message.Id))];
        (await store.SettleAsync(TenantId.Default, "one", fates, now, default)).ShouldBe(10);
        await desk.SweepAsync();
        (await desk.ListAsync(new ComplaintQuery())).Items.Length.ShouldBe(16);

        await using var source = NpgsqlDataSource.Create(bouncer.ConnectionString() + ";Max Auto Prepare=0;No Reset On Close=true");
        await using var connection = await source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            (await desk.In(transaction).RegisterAsync(Drafts.Chinese())).IsSuccess.ShouldBeTrue();
            await transaction.CommitAsync();
        }
        (await desk.ListAsync(new ComplaintQuery())).Items.Length.ShouldBe(17);
        output.WriteLine($"PgBouncer: {commands} commands of 16 writers over 4 connections in transaction mode");
    }

    [Fact]
    public async Task Control_where_statements_are_prepared_the_pooler_is_named_with_what_to_do()
    {
        await using var bouncer = await PgBouncer.StartAsync(await SharedServer.GetAsync());
        await using var store = new PostgreSqlStore(
            bouncer.ConnectionString() + ";Max Auto Prepare=100;Auto Prepare Min Usages=1",
            new PostgreSqlStoreOptions { Schema = SharedServer.NewSchema(), WakeUp = false });

        var refused = await Should.ThrowAsync<StoreException>(() => Desks.WorkAsync(store, writers: 16, commands: 20));

        refused.Message.ShouldContain("Max Auto Prepare=0");
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData(";Max Auto Prepare=0", 0)]
    [InlineData(";MaxAutoPrepare=0", 0)]
    [InlineData(";max auto prepare=7", 7)]
    public void What_a_connection_string_says_of_preparing_counts(string said, int prepared)
    {
        using var source = DataSources.Of("Host=localhost;Database=none;Username=nobody" + said);
        new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxAutoPrepare.ShouldBe(prepared);
    }
}
