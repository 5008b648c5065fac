using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests.Faults;

/// <summary>R39: hashes beside a history are made again from its words, answers and definitions are missed, as on SQLite.</summary>
public sealed class AlteredWordsTests
{
    [Fact]
    public async Task R39_Hashes_answers_and_definitions_beside_a_history_are_proved()
    {
        await using var schema = new TestSchema();
        var store = await schema.OpenAsync();
        var harness = new DeskHarness(StorePorts.Of(store), ids: new UuidV7Generator());
        var filed = await harness.FileAsync(Drafts.English() with { ExternalRef = new("legacy", "s1") });
        (await harness.Desk.ExecuteAsync(filed, new AddNote("one more"))).Refusal.ShouldBeNull();
        (await harness.Definitions.PublishAsync(TenantId.Default, "repeats", "default", """{"windowDays":45}""",
            DeskHarness.Administrator, default)).Refusal.ShouldBeNull();
        (await VerifiedAsync()).Findings.ShouldBeEmpty("the control");

        await FoundAsync("row.altered", ": item_hash.", "complaint set item_hash = item_hash || 'x'",
            "complaint set item_hash = left(item_hash, -1)");
        await FoundAsync("row.altered", ": source_hash.", "complaint set source_hash = source_hash || 'x'",
            "complaint set source_hash = left(source_hash, -1)");
        await FoundAsync("row.altered", ": repeat_hash.", "complaint set repeat_hash = 'x'", "complaint set repeat_hash = null");
        await FoundAsync("row.altered", ": lookup.form.", "lookup set form = form + 1", "lookup set form = form - 1");
        await FoundAsync("answer.missing", "is missing (command).",
            "command set tenant = 'other' where id = (select id from {0}.command order by id limit 1)", "command set tenant = 'default'");
        await FoundAsync("definition.gone", "up to place 101.", "definition set sequence = 101 where sequence = 1",
            "definition set sequence = 1 where sequence = 101");
        (await VerifiedAsync()).Findings.ShouldBeEmpty("all of it is as it was");

        async Task FoundAsync(string code, string named, string alter, string undo)
        {
            await UpdateAsync(alter);
            var found = (await VerifiedAsync()).Findings.ShouldHaveSingleItem();
            found.Code.ShouldBe(code);
            found.Message.ShouldEndWith(named);
            await UpdateAsync(undo);
        }

        async Task UpdateAsync(string what)
        {
            await using var command = (await SharedServer.SourceAsync()).CreateCommand(
                $"update {schema.Name}.{what.Replace("{0}", schema.Name, StringComparison.Ordinal)}");
            (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0, what);
        }

        Task<VerificationReport> VerifiedAsync() =>
            new HistoryAudit(harness.Ports.Chains, harness.Keys, harness.Clock).VerifyAsync(TenantId.Default);
    }
}
