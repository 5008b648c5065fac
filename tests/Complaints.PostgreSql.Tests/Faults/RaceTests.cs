using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Faults;

/// <summary>Many at once, and answers that never arrive.</summary>
public sealed class RaceTests : IAsyncLifetime
{
    private readonly TestSchema _schema = new();
    private DeskHarness _harness = null!;
    private PostgreSqlStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await _schema.OpenAsync();
        _harness = new DeskHarness(StorePorts.Of(_store));
    }

    public async ValueTask DisposeAsync() => await _schema.DisposeAsync();

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    public async Task R09_one_command_id_many_times_at_once_has_one_effect_and_one_answer(int times)
    {
        var id = await _harness.FileAsync();
        foreach (var expected in new int?[] { null, 2 })
        {
            var before = (await _store.CountAsync(TenantId.Default, default)).Events;
            var options = new CommandOptions { CommandId = new(Guid.NewGuid()), ExpectedVersion = expected };
            var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(_ => Task.Run(() => _harness.Desk.ExecuteAsync(id, new AddNote("once"), options))));

            answers.Select(answer => answer.Value).Distinct().ShouldHaveSingleItem();
            answers.Count(answer => !answer.Repeated).ShouldBe(1);
            (await _store.CountAsync(TenantId.Default, default)).Events.ShouldBe(before + 1);
        }
    }

    [Fact]
    public async Task R10_of_64_writers_on_one_version_one_succeeds_and_the_others_learn_the_current_one()
    {
        var id = await _harness.FileAsync();
        var conflicts = 0;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await _harness.Desk.ExecuteAsync(id, new HandOver($"{Guid.NewGuid():N}", null, "other", "mine"),
                    new CommandOptions { ExpectedVersion = 1, CommandId = new(Guid.NewGuid()) })).IsSuccess;
            }
            catch (ConflictException e)
            {
                e.CurrentVersion.ShouldBe(2);
                Interlocked.Increment(ref conflicts);
                return false;
            }
        })));

        (outcomes.Count(won => won), conflicts).ShouldBe((1, 63));
        (await _store.HistoryAsync(TenantId.Default, id, default)).Max(stored => stored.Version).ShouldBe(2);
    }

    [Fact]
    public async Task R02_a_connection_that_is_cut_before_the_answer_costs_nothing_when_the_command_is_sent_again()
    {
        var server = await SharedServer.GetAsync();
        await _store.MigrateAsync(default);
        var cuts = 0;
        for (var cut = 1; cut <= 24; cut++)
        {
            await using var proxy = new CountingProxy(server.Port, cut);
            var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Port = proxy.Port, SslMode = SslMode.Disable, Pooling = true };
            await using var store = new PostgreSqlStore(connection.ConnectionString, new PostgreSqlStoreOptions { Schema = _schema.Name });
            var harness = new DeskHarness(StorePorts.Of(store), ids: new Ids());
            var options = new CommandOptions { CommandId = new(Guid.NewGuid()) };
            var before = await _store.CountAsync(TenantId.Default, default);
            CommandResult? filed = null;
            for (var attempt = 0; attempt < 5 && filed is null; attempt++)
            {
                try
                {
                    filed = await harness.Desk.RegisterAsync(Drafts.English(cut), options);
                }
                catch (StoreUnavailableException)
                {
                    // What a client is told to do: the same again, with the same id.
                }
            }

            filed.ShouldNotBeNull($"cut at round trip {cut}");
            var after = await _store.CountAsync(TenantId.Default, default);
            (after.Complaints - before.Complaints, after.Outbox - before.Outbox).ShouldBe((1, 1), $"cut at round trip {cut}");
            // The last of nine is the hint for other hosts, which is sent beside the command at its own pace.
            for (var waited = 0; waited < 100 && proxy.RoundTrips < 9; waited++)
                await Task.Delay(20);
            cuts += proxy.WasCut ? 1 : 0;
        }
        cuts.ShouldBeGreaterThan(8);
    }

    [Fact]
    public async Task R13_a_slow_transaction_is_not_skipped_by_a_reader_of_what_is_due()
    {
        await using var source = NpgsqlDataSource.Create((await SharedServer.GetAsync()).ConnectionString());
        await _harness.Desk.PrepareAsync();
        var now = NodaTime.Instant.FromUtc(2036, 1, 1, 0, 0);
        var seen = new HashSet<ComplaintId>();
        var cursor = Guid.Empty;
        var skippedByCursor = 0;
        for (var i = 0; i < 1_000; i++)
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var slow = (await _harness.Desk.In(transaction).RegisterAsync(Drafts.English(i))).Value.Complaint;
            var fast = await _harness.FileAsync(Drafts.Chinese(i));
            var between = await DueAsync(now);
            between.ShouldContain(fast);
            between.ShouldNotContain(slow);
            cursor = between.Select(id => id.Value).Append(cursor).Max();
            await transaction.CommitAsync();

            var due = await DueAsync(now);
            due.ShouldContain(slow, $"interleaving {i}");
            skippedByCursor += slow.Value.CompareTo(cursor) < 0 ? 1 : 0;
            seen.UnionWith(due);
            // What was read is done.
            await using var done = source.CreateCommand($"delete from {_schema.Name}.timer");
            await done.ExecuteNonQueryAsync();
        }

        seen.Count.ShouldBe(2_000);
        skippedByCursor.ShouldBe(1_000, "control: a reader with a cursor on ids would have skipped every slow one");
    }

    private async Task<HashSet<ComplaintId>> DueAsync(NodaTime.Instant now) =>
        [.. (await _store.DueAsync(TenantId.Default, now, 10_000, default)).Select(timer => timer.Complaint)];

    private sealed class Ids : IIdGenerator
    {
        public Guid NewId(NodaTime.Instant now) => Guid.NewGuid();
    }
}
