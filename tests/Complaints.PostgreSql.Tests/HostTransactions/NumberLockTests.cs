using System.Data;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using Npgsql;

namespace Complaints.PostgreSql.Tests.HostTransactions;

/// <summary>
/// A number without gaps is locked in a transaction of the host. Whatever comes of the wait for it, the host's own work is still there and can be committed (R10). Each fault has its control:
/// the same lock without the library's savepoint, which costs the host its whole transaction.
/// </summary>
public sealed class NumberLockTests : IAsyncLifetime
{
    private const string Lock = "update complaints.number_block set next = next where tenant = 'default'";

    private static readonly IntakeDraft Post = Drafts.English() with { ExternalRef = new ExternalRef("weibo", "1") };

    private readonly CommandOptions _first = new() { CommandId = new(Guid.NewGuid()) };
    private CrmFixture _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await CrmFixture.OpenAsync("postgresql", gapFree: true);
        (await _fixture.Desk.RegisterAsync(Post, _first)).Value.Number.Serial().ShouldBe(1);
    }

    public async ValueTask DisposeAsync() => await _fixture.DisposeAsync();

    [Theory]
    [InlineData(IsolationLevel.RepeatableRead, true)]
    [InlineData(IsolationLevel.Serializable, true)]
    [InlineData(IsolationLevel.RepeatableRead, false)]
    public async Task R10_a_snapshot_older_than_the_number_is_a_conflict_and_the_host_commits(IsolationLevel isolation, bool isOurs)
    {
        await using var host = await HostAsync(isolation);
        await host.CancelOrderAsync();
        (await _fixture.Desk.RegisterAsync(Drafts.English(2))).Value.Number.Serial().ShouldBe(2);

        await FailsAsync(host, isOurs, PostgresErrorCodes.SerializationFailure);
        await CommitsAsync(host, isOurs);
        (await _fixture.Desk.RegisterAsync(Drafts.English(3))).Value.Number.Serial().ShouldBe(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R10_a_circle_of_locks_is_a_conflict_and_the_host_commits(bool isOurs)
    {
        await using var other = await HostAsync();
        await using var host = await HostAsync();
        await host.CancelOrderAsync();
        // The other one waits already and never looks for a circle: so it is the host that finds it.
        await other.RunAsync("set local deadlock_timeout = '10min'");
        await host.RunAsync("set local deadlock_timeout = '10ms'");
        (await other.Desk.RegisterAsync(Drafts.English(2))).Value.Number.Serial().ShouldBe(2);
        var crosswise = Task.Run(other.CancelOrderAsync);
        await _fixture.SomebodyWaitsAsync();

        await FailsAsync(host, isOurs, PostgresErrorCodes.DeadlockDetected);
        await CommitsAsync(host, isOurs);
        await crosswise;
        await other.Transaction.CommitAsync();
        (await _fixture.Desk.RegisterAsync(Drafts.English(3))).Value.Number.Serial().ShouldBe(3);
    }

    [Theory]
    [InlineData("lock_timeout", PostgresErrorCodes.LockNotAvailable, true)]
    [InlineData("lock_timeout", PostgresErrorCodes.LockNotAvailable, false)]
    [InlineData("statement_timeout", PostgresErrorCodes.QueryCanceled, true)]
    [InlineData("statement_timeout", PostgresErrorCodes.QueryCanceled, false)]
    public async Task R10_a_wait_that_takes_too_long_leaves_the_host_its_work(string limit, string sqlState, bool isOurs)
    {
        await using var other = await HostAsync();
        await other.Desk.RegisterAsync(Drafts.English(2));
        await using var host = await HostAsync();
        await host.CancelOrderAsync();
        await host.RunAsync($"set local {limit} = '100ms'");

        await FailsAsync(host, isOurs, sqlState);
        await CommitsAsync(host, isOurs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R10_a_wait_that_is_given_up_leaves_the_host_its_work(bool isOurs)
    {
        await using var other = await HostAsync();
        await other.Desk.RegisterAsync(Drafts.English(2));
        await using var host = await HostAsync();
        await host.CancelOrderAsync();
        using var given = new CancellationTokenSource();

        var waiting = Task.Run(() => isOurs ? host.Desk.RegisterAsync(Drafts.English(3), cancellationToken: given.Token) : host.RunAsync(Lock, given.Token));
        await _fixture.SomebodyWaitsAsync();
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        await CommitsAsync(host, isOurs);
    }

    [Fact]
    public async Task R04_a_connection_that_breaks_during_the_wait_is_told_as_such()
    {
        await using var other = await HostAsync();
        await other.Desk.RegisterAsync(Drafts.English(2));
        await using var host = await HostAsync();

        var waiting = Task.Run(() => host.Desk.RegisterAsync(Drafts.English(3)));
        await _fixture.SomebodyWaitsAsync();
        await other.RunAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        await Should.ThrowAsync<StoreUnavailableException>(waiting);
        await other.Transaction.CommitAsync();
    }

    [Fact]
    public async Task R10_whoever_needs_no_number_waits_for_none()
    {
        await using var other = await HostAsync();
        await other.Desk.RegisterAsync(Drafts.English(2));
        await using var host = await HostAsync();
        await host.RunAsync("set local lock_timeout = '100ms'");

        (await host.Desk.RegisterAsync(Post, _first)).Repeated.ShouldBeTrue();
        (await host.Desk.RegisterAsync(Post)).Refusal?.Code.ShouldBe("complaint.exists");
        (await host.Desk.RegisterAsync(Drafts.English(3) with { Channel = "pigeon" })).IsSuccess.ShouldBeFalse();
        await Should.ThrowAsync<ConflictException>(() => host.Desk.RegisterAsync(Drafts.English(3)), "the control: a new complaint does wait");
        await host.CancelOrderAsync();
        await CommitsAsync(host, isOurs: true);
    }

    private async Task<Host> HostAsync(IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        var connection = (NpgsqlConnection)_fixture.Crm.Connect();
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync(isolation);
        return new Host(transaction, _fixture.Desk.In(transaction));
    }

    private static async Task FailsAsync(Host host, bool isOurs, string sqlState)
    {
        if (!isOurs)
            (await Should.ThrowAsync<PostgresException>(() => host.RunAsync(Lock))).SqlState.ShouldBe(sqlState);
        else if (sqlState == PostgresErrorCodes.QueryCanceled)
            (await Should.ThrowAsync<StoreUnavailableException>(() => host.Desk.RegisterAsync(Drafts.English(9)))).InnerException.ShouldBeOfType<PostgresException>().SqlState.ShouldBe(sqlState);
        else
            await Should.ThrowAsync<ConflictException>(() => host.Desk.RegisterAsync(Drafts.English(9)));
    }

    /// <summary>The host goes on and commits what it did itself; without the library's savepoint it cannot.</summary>
    private async Task CommitsAsync(Host host, bool isOurs)
    {
        if (isOurs)
            await host.RunAsync("select 1");
        else
            (await Should.ThrowAsync<PostgresException>(() => host.RunAsync("select 1"))).SqlState.ShouldBe(PostgresErrorCodes.InFailedSqlTransaction);
        await host.Transaction.CommitAsync();
        (await _fixture.Crm.StatusAsync(_fixture.Order)).ShouldBe(isOurs ? "cancelled" : "open");
    }

    private sealed record Host(NpgsqlTransaction Transaction, ComplaintDesk Desk) : IAsyncDisposable
    {
        private readonly NpgsqlConnection _connection = Transaction.Connection!;

        public Task CancelOrderAsync() => RunAsync("update crm_order set status = 'cancelled'");

        public async Task RunAsync(string sql, CancellationToken cancellationToken = default)
        {
            await using var command = new NpgsqlCommand(sql, _connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await Transaction.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }
}
