using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.History;
using Complaints.Core.Storage;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>S061: the rows that say who takes part follow from the states: an upgrade fills them, a reconciliation puts them right, and a
/// verification finds one that somebody planted.</summary>
public sealed class TakingPartTests : IAsyncLifetime
{
    private static readonly Actor Tao = new("tao", Role.Department) { Teams = ["bench"] };
    private readonly TemporaryDatabase _database = new();
    private DeskHarness _harness = null!;
    private ComplaintId _own;
    private ComplaintId _foreign;

    public async ValueTask InitializeAsync()
    {
        _harness = new DeskHarness(StorePorts.Of(_database.Open()));
        _own = await _harness.FileAsync();
        _foreign = await _harness.FileAsync(Drafts.English(2));
        await _harness.DoAsync(_own, [new HandOver(null, "bench", "expertise")]);
        await _harness.DoAsync(_foreign, [new HandOver("ben", "desk", "expertise")]);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private WorkReconciliation Run => new(_harness.Desk, _harness.Ports.Work, _harness.Ports.Links, _harness.Ports.Chains);

    private async Task<ComplaintId[]> SeenAsync() => [.. (await _harness.Desk.For(Tao).ListAsync(new())).Items.Select(item => item.Id)];

    private Task<VerificationReport> VerifyAsync() =>
        new HistoryAudit(_harness.Ports.Chains, _harness.Keys, _harness.Clock).VerifyAsync(TenantId.Default);

    [Fact]
    public async Task S061_Rows_that_an_upgrade_has_not_made_yet_hide_cases_and_are_made_by_a_reconciliation()
    {
        (await SeenAsync()).ShouldBe([_own]);
        (await Run.RepairAsync()).ShouldBeEmpty();
        await SqlAsync("delete from taking_part");

        (await SeenAsync()).ShouldBeEmpty("what is not written is not shown");
        var report = await VerifyAsync();
        report.Findings.ShouldBeEmpty("an upgrade is no damage");
        report.Unproven.ShouldContain(said => said.En.Contains("2 of them is not written yet") && said.Zh.Contains("taking_part"));
        (await Run.RepairAsync()).Select(drift => (drift.Of.Value, drift.Party, drift.IsExtra)).ShouldBe(
            [(_own.Value, "team/bench", false), (_foreign.Value, "person/ben", false), (_foreign.Value, "team/desk", false)],
            ignoreOrder: true);
        (await SeenAsync()).ShouldBe([_own]);
        (await VerifyAsync()).Unproven.ShouldNotContain(said => said.En.Contains("not written yet"));
    }

    [Fact]
    public async Task S061_A_command_after_an_upgrade_writes_all_who_take_part_and_not_the_difference()
    {
        await SqlAsync("delete from taking_part");
        await _harness.DoAsync(_foreign, [new HandOver("ben", "bench", "expertise")]);

        (await _harness.Ports.Parties.AllPartiesAsync(TenantId.Default, default).ToListAsync())
            .ShouldBe([new StoredParty(_foreign, "person/ben"), new(_foreign, "team/bench")]);
        (await VerifyAsync()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task S061_A_row_that_somebody_planted_is_found_by_verify_shows_no_case_and_is_taken_away()
    {
        await SqlAsync(
            "insert into taking_part select tenant, complaint, 'team/bench', received_at from taking_part where party = 'team/desk'");

        var desk = _harness.Desk.For(Tao);
        (await SeenAsync()).ShouldBe([_own, _foreign], ignoreOrder: true, "a list believes its index");
        (await desk.ViewAsync(_foreign)).ShouldBeNull("a view goes by the state");
        var title = (await _harness.Desk.ViewAsync(_foreign))!.Complaint.Receipt.Title;
        (await desk.RevealAsync(await desk.ListAsync(new()), Purpose.Search)).Of(title).ShouldBeNull("and so does the key");
        var finding = (await VerifyAsync()).Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Text.En.Contains("taking_part")).ShouldBe(("row.altered", true));
        (await Run.RepairAsync()).ShouldHaveSingleItem().IsExtra.ShouldBeTrue();
        (await SeenAsync()).ShouldBe([_own]);
        (await VerifyAsync()).Findings.ShouldBeEmpty();
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_database.File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
