using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using CrmTransaction;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Complaints.PostgreSql.Tests.HostTransactions;

/// <summary>Inside a host's own transaction the promise starts at the host's commit, and nothing is sent for a change that was rolled back.</summary>
public sealed class HostTransactionTests
{
    public static TheoryData<string> Databases => ["sqlite", "postgresql"];

    public static TheoryData<string, bool> Ways => new() { { "sqlite", false }, { "sqlite", true }, { "postgresql", false }, { "postgresql", true } };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_order_and_its_complaint_are_committed_together(string database, bool entityFramework)
    {
        await using var fixture = await CrmFixture.OpenAsync(database);
        var filed = await CancelAsync(fixture, entityFramework, commit: true);

        filed.IsPending.ShouldBeTrue();
        (await fixture.Crm.StatusAsync(fixture.Order)).ShouldBe("cancelled");
        (await fixture.Desk.ViewAsync(filed.Value.Complaint))!.Complaint.Number.ShouldBe(filed.Value.Number);
        (await fixture.CountAsync()) .ShouldSatisfyAllConditions(counts => counts.Complaints.ShouldBe(1), counts => counts.Outbox.ShouldBe(1));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_was_rolled_back_never_was_and_nothing_waits_to_be_sent(string database, bool entityFramework)
    {
        await using var fixture = await CrmFixture.OpenAsync(database);
        var filed = await CancelAsync(fixture, entityFramework, commit: false);

        filed.IsPending.ShouldBeTrue();
        (await fixture.Crm.StatusAsync(fixture.Order)).ShouldBe("open");
        (await fixture.CountAsync()).ShouldBe(new StoreCounts(0, 0, 0, 0));
        (await fixture.Desk.ViewAsync(filed.Value.Complaint)).ShouldBeNull();
    }

    [Fact]
    public async Task T15_on_postgresql_a_merge_inside_asks_the_time_on_the_connection_that_it_has()
    {
        await using var schema = new TestSchema();
        await using var source = NpgsqlDataSource.Create((await SharedServer.GetAsync()).ConnectionString() + ";Maximum Pool Size=1;Timeout=2");
        await using var store = new PostgreSqlStore(source, new PostgreSqlStoreOptions { Schema = schema.Name, WakeUp = false });
        var clock = NodaTime.SystemClock.Instance;
        var keys = new Core.PersonKeys(store, new Core.FileKeyProtector(new byte[32]), clock);
        var desk = new ComplaintDesk(new DeskServices(store, store, keys, new Core.DefinitionLibrary(store, clock, []), clock,
            new UuidV7Generator(), timers: store)).For(DeskHarness.Agent);
        ComplaintId[] ids = [(await desk.RegisterAsync(Drafts.English())).Value.Complaint, (await desk.RegisterAsync(Drafts.Chinese())).Value.Complaint];

        await using (var connection = await source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            (await desk.In(new PostgreSqlScope(transaction)).ExecuteAsync(
                ids[0], new Merge(ids[1], "other", "The same."))).IsSuccess.ShouldBeTrue();
            await transaction.CommitAsync();
        }
        (await desk.ViewAsync(ids[0]))!.Complaint.Progress.Merges!.AbsorbedAt.ShouldNotBeNull("it did not wait for a second connection in vain");
        (await desk.ViewAsync(ids[1]))!.Complaint.Progress.Merges!.Absorbed.ShouldBe([ids[0]]);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_command_id_that_was_rolled_back_is_free_and_no_number_is_given_twice(string database)
    {
        await using var fixture = await CrmFixture.OpenAsync(database);
        var options = new CommandOptions { CommandId = new(Guid.NewGuid()) };
        var numbers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            await InAsync(fixture, commit: i % 2 == 1, desk => desk.RegisterAsync(Drafts.English(i), i == 0 ? options : null));
            numbers.Add((await fixture.Desk.RegisterAsync(Drafts.Chinese(i), i == 0 ? options : null)).Value.Number);
        }

        numbers.Distinct().Count().ShouldBe(5);
        var all = new List<string>();
        await foreach (var summary in fixture.Reader.ScanAsync(TenantId.Default, default))
            all.Add(summary.Number);
        (all.Count, all.Distinct().Count()).ShouldBe((7, 7));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task After_a_conflict_the_hosts_work_is_still_there_and_can_be_committed(string database)
    {
        await using var fixture = await CrmFixture.OpenAsync(database);
        var id = (await fixture.Desk.RegisterAsync(Drafts.English())).Value.Complaint;
        await fixture.Desk.ExecuteAsync(id, new AddNote("somebody else was faster"));

        var conflict = await Plain.CancelAndDoAsync(fixture.Crm, fixture.Desk, fixture.Order, id,
            new HandOver("ben", null, "other", "late"), seen: 1);

        conflict.ShouldBeOfType<ConflictException>().CurrentVersion.ShouldBe(2);
        (await fixture.Crm.StatusAsync(fixture.Order)).ShouldBe("cancelled");
        (await fixture.Desk.ViewAsync(id))!.Complaint.Version.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Several_commands_in_one_transaction_see_each_other(string database)
    {
        await using var fixture = await CrmFixture.OpenAsync(database);
        ComplaintId id = default;
        await InAsync(fixture, commit: true, async desk =>
        {
            id = (await desk.RegisterAsync(Drafts.English())).Value.Complaint;
            (await desk.ExecuteAsync(id, new Acknowledge())).Value.Version.ShouldBe(2);
            return await desk.ExecuteAsync(id, new AddNote("third"));
        });

        (await fixture.Desk.ViewAsync(id))!.Complaint.Version.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task R38_A_person_of_a_rolled_back_transaction_leaves_no_key_under_which_the_next_is_sealed(string database)
    {
        await using var fixture = await CrmFixture.OpenAsync(database);
        var id = (await fixture.Desk.RegisterAsync(Drafts.English())).Value.Complaint;
        foreach (var commit in new[] { false, true })
        {
            await InAsync(fixture, commit, async desk =>
            {
                (await desk.ExecuteAsync(id, new AddParticipant("witness", "Carl Wu"))).IsSuccess.ShouldBeTrue();
                return await desk.ExecuteAsync(id, new RecordInteraction(Direction.Inbound, "phone", Summary: "carl said", Participant: 1));
            });
        }

        var view = (await fixture.Desk.ViewAsync(id))!;
        var words = await fixture.Desk.RevealAsync(view, Core.Purpose.CaseWork);
        words.Of(view.Complaint.Participants.ShouldHaveSingleItem().Card)!.Name.ShouldBe("Carl Wu");
        words.Of(view.History.Select(entry => entry.Event).OfType<InteractionRecorded>().Single().Summary).ShouldBe("carl said");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task R02_an_execution_strategy_that_repeats_the_unit_registers_once(string database)
    {
        await using var fixture = await CrmFixture.OpenAsync(database);
        var commits = 0;
        var filed = await WithEntityFramework.CancelAsync(
            fixture.Crm, fixture.Desk, fixture.Order, Drafts.English(),
            afterCommit: () => { if (commits++ == 0) throw new TimeoutException("Nobody knows whether it was written."); });

        commits.ShouldBe(2);
        filed.Repeated.ShouldBeTrue();
        (await fixture.CountAsync()).ShouldSatisfyAllConditions(counts => counts.Complaints.ShouldBe(1), counts => counts.Outbox.ShouldBe(1));
    }

    [Fact]
    public async Task On_postgresql_the_loser_of_a_race_is_told_at_once_and_keeps_its_own_work()
    {
        await using var fixture = await CrmFixture.OpenAsync("postgresql");
        var id = (await fixture.Desk.RegisterAsync(Drafts.English())).Value.Complaint;
        await using var first = fixture.Crm.Connect();
        await first.OpenAsync();
        await using var winner = await first.BeginTransactionAsync();
        await fixture.Crm.In(fixture.Desk, winner).ExecuteAsync(id, new AddNote("first"));

        var losing = Task.Run(() => InAsync(fixture, commit: true, async desk =>
        {
            await Should.ThrowAsync<ConflictException>(() => desk.ExecuteAsync(id, new AddNote("second")));
            return new CommandResult();
        }));
        await fixture.SomebodyWaitsAsync();
        losing.IsCompleted.ShouldBeFalse("it waits for the first to decide");
        await winner.CommitAsync();
        await losing;

        (await fixture.Crm.StatusAsync(fixture.Order)).ShouldBe("cancelled");
        (await fixture.Desk.ViewAsync(id))!.Complaint.Version.ShouldBe(2);
    }

    [Fact]
    public async Task R09_on_postgresql_one_command_in_two_transactions_takes_effect_once()
    {
        await using var fixture = await CrmFixture.OpenAsync("postgresql");
        var options = new CommandOptions { CommandId = new(Guid.NewGuid()) };
        await using var first = fixture.Crm.Connect();
        await first.OpenAsync();
        await using var winner = await first.BeginTransactionAsync();
        var filed = await fixture.Crm.In(fixture.Desk, winner).RegisterAsync(Drafts.English(), options);

        var again = Task.Run(() => InAsync(fixture, commit: true, desk => desk.RegisterAsync(Drafts.English(), options)));
        await fixture.SomebodyWaitsAsync();
        await winner.CommitAsync();

        var answered = await again;
        (answered.Repeated, answered.Value).ShouldBe((true, filed.Value));
        (await fixture.Crm.StatusAsync(fixture.Order)).ShouldBe("cancelled", "a unique violation undid the complaint's part only");
        (await fixture.CountAsync()).Complaints.ShouldBe(1);
    }

    [Fact]
    public async Task A_transaction_that_cannot_hold_the_complaints_is_refused()
    {
        await using var fixture = await CrmFixture.OpenAsync("sqlite");
        await using var other = await CrmFixture.OpenAsync("sqlite");
        await using var connection = (SqliteConnection)fixture.Crm.Connect();
        await connection.OpenAsync();
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();

        Should.Throw<ArgumentException>(() => other.Desk.In(transaction)).Message.ShouldContain("one transaction holds one file");
        Should.Throw<ArgumentException>(() => new DeskHarness().Desk.In(transaction));
        var inside = fixture.Desk.In(transaction);
        Should.Throw<InvalidOperationException>(() => inside.In(transaction));
        await transaction.RollbackAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => inside.RegisterAsync(Drafts.English()));
    }

    private static Task<CommandResult> CancelAsync(CrmFixture fixture, bool entityFramework, bool commit) => entityFramework
        ? WithEntityFramework.CancelAsync(fixture.Crm, fixture.Desk, fixture.Order, Drafts.English(), commit)
        : Plain.CancelAsync(fixture.Crm, fixture.Desk, fixture.Order, Drafts.English(), commit);

    private static async Task<CommandResult> InAsync(CrmFixture fixture, bool commit, Func<ComplaintDesk, Task<CommandResult>> act)
    {
        await using var connection = fixture.Crm.Connect();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Crm.ExecuteAsync(connection, "update crm_order set status = 'cancelled' where id = @order", fixture.Order);
        var result = await act(fixture.Crm.In(fixture.Desk, transaction));
        if (commit)
            await transaction.CommitAsync();
        return result;
    }
}
