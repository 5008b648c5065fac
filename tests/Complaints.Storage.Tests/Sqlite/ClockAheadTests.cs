using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Complaints.Testing.Conformance;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>A host whose clock stood a year ahead has died, and the next one goes on: SQLite knows no clock but its programs'.</summary>
public sealed class ClockAheadTests : IDisposable
{
    private static readonly Duration Lease = Duration.FromSeconds(60);
    private static readonly Duration Year = Duration.FromDays(366);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-ahead-");
    private readonly SampleCommits _samples = new(TenantId.Default);

    private string File => Path.Combine(_folder.FullName, "ahead.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task R41_A_message_that_a_dead_host_took_a_year_ahead_is_sent(bool isOrdered)
    {
        await MessageAsync();
        await using (var dead = new SqliteStore(File))
            (await TakenAsync(dead, Now + Year)).Messages.Length.ShouldBe(1);

        await using var next = new SqliteStore(File);
        (await AgesAsync(next)).FarAhead.ShouldBe(1);
        (await TakenAsync(next, null, isOrdered)).Messages.ShouldHaveSingleItem().Attempt.ShouldBe(2);
        (await AgesAsync(next)).FarAhead.ShouldBe(0);
    }

    [Fact]
    public async Task R41_A_message_that_a_dead_host_put_off_a_year_ahead_is_sent()
    {
        await MessageAsync();
        await using (var dead = new SqliteStore(File))
        {
            var taken = await TakenAsync(dead, Now + Year);
            var fate = new MessageFate.Retried(taken.Messages[0].Id, Now + Year + Lease);
            (await dead.SettleAsync(TenantId.Default, taken.Token, [fate], Now + Year, default)).ShouldBe(1);
        }

        await using var next = new SqliteStore(File);
        (await AgesAsync(next)).FarAhead.ShouldBe(1);
        (await TakenAsync(next, null)).Messages.Length.ShouldBe(1);
    }

    [Fact]
    public async Task R41_A_message_that_a_dead_host_wrote_a_year_ahead_is_sent()
    {
        await using (var dead = new SqliteStore(File))
            await dead.CommitAsync(_samples.New() with { Outbox = [_samples.Message() with { CreatedAt = Now + Year }] }, default);

        await using var next = new SqliteStore(File);
        (await TakenAsync(next, null)).Messages.Length.ShouldBe(1);
    }

    [Fact]
    public async Task R41_A_message_that_a_dead_host_divided_a_year_ahead_and_did_not_take_is_sent()
    {
        await using (var dead = new SqliteStore(File))
            await dead.CommitAsync(_samples.New() with { Outbox = [_samples.Message() with { CreatedAt = Now + Year }] }, default);
        await RunAsync("update outbox set due_at = created_at + 5000000");

        await using var next = new SqliteStore(File);
        (await AgesAsync(next)).FarAhead.ShouldBe(1);
        (await TakenAsync(next, null)).Messages.ShouldBeEmpty("it waits as long as it was to wait");
        (await AgesAsync(next)).FarAhead.ShouldBe(0);
        (await TakenAsync(next, Now + Duration.FromSeconds(6))).Messages.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(24 * 90, 24 * 31)]
    public async Task R41_A_message_of_a_year_ahead_that_is_to_wait_waits_as_long_from_now_and_31_days_at_most(int hours, int waits)
    {
        var ahead = Now + Year;
        var message = _samples.Message() with { CreatedAt = ahead, NotBefore = ahead + Duration.FromHours(hours) };
        await using (var dead = new SqliteStore(File))
            await dead.CommitAsync(_samples.New() with { Outbox = [message] }, default);

        await using (var next = new SqliteStore(File))
            (await TakenAsync(next, null)).Messages.ShouldBeEmpty();
        await using var later = new SqliteStore(File);
        (await TakenAsync(later, Now + Duration.FromHours(waits) - Lease)).Messages.ShouldBeEmpty();
        (await TakenAsync(later, Now + Duration.FromHours(waits))).Messages.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Control_what_is_taken_or_put_off_by_a_clock_that_is_right_stays_so()
    {
        await MessageAsync(Now + Duration.FromDays(30));
        await MessageAsync(Now + Year);
        await MessageAsync();
        await using var first = new SqliteStore(File);
        (await TakenAsync(first, null)).Messages.Length.ShouldBe(1);

        await using var other = new SqliteStore(File);
        (await TakenAsync(other, null)).Messages.ShouldBeEmpty();
        (await AgesAsync(other)).FarAhead.ShouldBe(0);
    }

    [Theory]
    [InlineData(366 * 24 * 3_600, true)]
    [InlineData(-1, true)]
    [InlineData(25, false)]
    public async Task R41_A_sweepers_lease_blocks_no_longer_than_a_lease(long secondsLeft, bool isFree)
    {
        await using var first = new SqliteStore(File);
        await first.CommitAsync(_samples.New() with { TimersToSet = [new("resolution/1", "breach", SampleCommits.Start)] }, default);
        var query = new TimerQuery(10, Duration.FromSeconds(30), Now);
        await using var claim = await first.ClaimDueAsync(TenantId.Default, query, default);
        claim.Complaints.Length.ShouldBe(1);
        await RunAsync($"update sweeper set until = cast(unixepoch('subsec') * 1000000 as integer) + {secondsLeft * 1_000_000}");

        await using var next = new SqliteStore(File);
        await using var taken = await next.ClaimDueAsync(TenantId.Default, query, default);
        taken.Complaints.Length.ShouldBe(isFree ? 1 : 0);
    }

    private static Instant Now => SystemClock.Instance.GetCurrentInstant();

    private async Task MessageAsync(Instant? notBefore = null)
    {
        await using var store = new SqliteStore(File);
        await store.CommitAsync(_samples.New() with { Outbox = [_samples.Message() with { NotBefore = notBefore }] }, default);
    }

    private static async Task<OutboxClaim> TakenAsync(SqliteStore store, Instant? now, bool isOrdered = false) =>
        await store.ClaimAsync(TenantId.Default, new OutboxQuery(Guid.NewGuid().ToString("N"), 10, Lease, "", isOrdered, now), default);

    private static async Task<QueueAges> AgesAsync(SqliteStore store) => await store.AgesAsync(TenantId.Default, null, default);

    private async Task RunAsync(string text)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }
}
