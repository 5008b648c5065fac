using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.History;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>R39: what is kept as hashes beside a history is made again from its words; answers and definitions are missed.</summary>
public sealed class AlteredWordsTests : IAsyncLifetime
{
    private const string Missing = "answer.missing";
    private readonly TemporaryDatabase _database = new();
    private readonly FakeClock _clock = new();
    private ComplaintId _filed;
    private string _number = "";

    public async ValueTask InitializeAsync()
    {
        var harness = Harness();
        var draft = Drafts.English() with { ExternalRef = new("legacy", "s1") };
        _filed = await harness.FileAsync(draft with
        {
            Complainant = draft.Complainant with { Contacts = [new(ContactPoint.Phone, "021-6234 5678")] },
        });
        _number = (await StateAsync(harness)).Number;
        for (var note = 0; note < 2; note++)
        {
            _clock.Advance(Duration.FromMinutes(1));
            (await harness.Desk.ExecuteAsync(_filed, new AddNote("one more"))).Refusal.ShouldBeNull();
        }
        (await VerifiedAsync()).Findings.ShouldBeEmpty("the control");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("item_hash", "'other'", "item_hash")]
    [InlineData("item_hash", "null", "item_hash")]
    [InlineData("source_hash", "'other'", "source_hash")]
    [InlineData("source_hash", "null", "source_hash")]
    [InlineData("repeat_hash", "'other'", "repeat_hash")]
    public async Task R39_A_hash_beside_a_history_is_named_with_its_complaint(string column, string value, string named)
    {
        Sql($"update complaint set {column} = {value}").ShouldBe(1);
        var found = (await VerifiedAsync()).Findings.ShouldHaveSingleItem();
        found.Code.ShouldBe("row.altered");
        found.Number.ShouldBe(_number);
        found.Message.ShouldEndWith($": {named}.");
    }

    [Theory]
    [InlineData("1", "the first form has other digits")]
    [InlineData("2044", "a region that would read it in another way")]
    [InlineData("2087", "no country is dialled so")]
    public async Task R39_A_look_up_that_says_another_form_than_it_was_made_from_is_named(string form, string why)
    {
        Sql($"update lookup set form = {form}").ShouldBeGreaterThan(0, why);
        var found = (await VerifiedAsync()).Findings.ShouldHaveSingleItem();
        (found.Code, found.Number).ShouldBe(("row.altered", _number));
        found.Message.ShouldEndWith(": lookup.form.");
    }

    [Fact]
    public async Task A_look_up_of_a_newer_program_is_said_to_be_unproven_and_is_no_finding()
    {
        Sql("update lookup set form = 3086").ShouldBeGreaterThan(0);
        var report = await VerifiedAsync();
        report.Findings.ShouldBeEmpty();
        report.Unproven.ShouldContain(said => said.En.Contains("lookup.form", StringComparison.Ordinal));
    }

    [Fact]
    public async Task R39_Of_somebody_erased_nothing_but_the_sources_hash_may_stay()
    {
        var harness = Harness();
        var person = (await StateAsync(harness)).Receipt.Person;
        (await harness.Keys.DestroyAsync(TenantId.Default, person, default)).ShouldBeTrue();
        var erased = await VerifiedAsync();
        erased.Findings.ShouldBeEmpty("the control");
        erased.Unproven.ShouldContain(said => said.En.EndsWith("complaint.source_hash.", StringComparison.Ordinal));

        Sql("update complaint set item_hash = 'other', repeat_hash = 'other', source_hash = null").ShouldBe(1);

        (await VerifiedAsync()).Findings.ShouldHaveSingleItem().Message
            .ShouldEndWith(": subject_key, or item_hash, source_hash, subject_key, or repeat_hash.");
    }

    [Fact]
    public async Task R39_Of_an_import_the_sources_hash_is_proved_and_a_mapping_s_key_is_said_to_be_unproven()
    {
        var harness = Harness();
        var run = new ImportDesk(
            new DeskServices(harness.Ports.Store, harness.Ports.Reader, harness.Keys, harness.Definitions, _clock, new UuidV7Generator()),
            harness.Ports.Importer).Begin();
        var received = _clock.GetCurrentInstant() - Duration.FromDays(9);
        var import = new ImportComplaint(
            Drafts.English(7) with { ExternalRef = new("ledger", "101"), ReceivedAt = received, Channel = "Call" },
            [new ImportedStep("Closed", ComplaintState.Closed, received + Duration.FromDays(1))]);
        var prepared = await run.PrepareAsync([new(import) { HasRepeatText = true, RepeatText = "main street" }], default);
        (await run.CommitAsync(prepared, default)).ShouldBe(1);
        var control = await VerifiedAsync();
        control.Findings.ShouldBeEmpty("the control: an import has no answer, and a key of its own for repeats");
        control.Unproven.ShouldContain(said => said.En.Contains("1 imported complaints", StringComparison.Ordinal)
            && said.En.Contains("complaint.repeat_hash", StringComparison.Ordinal));

        Sql("update complaint set source_hash = 'other' where imported = 1").ShouldBe(1);

        (await VerifiedAsync()).Findings.ShouldHaveSingleItem().Message.ShouldEndWith(": source_hash.");
    }

    [Fact]
    public async Task R39_An_answer_that_is_missing_is_named_with_its_command()
    {
        Sql("delete from command where recorded_at = (select max(recorded_at) from command)").ShouldBe(1);
        var found = (await VerifiedAsync()).Findings.ShouldHaveSingleItem();
        (found.Code, found.Number, found.Version).ShouldBe((Missing, _number, 3));
        found.Text.Zh.ShouldContain("缺失");
    }

    [Fact]
    public async Task Answers_that_were_cleared_away_the_oldest_first_are_said_to_be_unproven()
    {
        Sql("delete from command where recorded_at < (select max(recorded_at) from command)").ShouldBe(2);
        var report = await VerifiedAsync();
        report.Findings.ShouldBeEmpty();
        report.Unproven.ShouldContain(said => said.En.StartsWith("2 commands", StringComparison.Ordinal));
    }

    [Fact]
    public async Task R39_A_definition_that_is_missing_among_others_is_named()
    {
        var harness = Harness();
        foreach (var days in new[] { 45, 46, 47 })
        {
            (await harness.Definitions.PublishAsync(TenantId.Default, "repeats", "default", $$"""{"windowDays":{{days}}}""",
                DeskHarness.Administrator, default)).Refusal.ShouldBeNull();
        }
        (await VerifiedAsync()).Findings.ShouldBeEmpty("the control");
        var newest = "(select max(version) from definition where kind = 'repeats')";

        Sql($"update definition set sequence = sequence + 5 where kind = 'repeats' and version = {newest}").ShouldBe(1);
        (await VerifiedAsync()).Findings.ShouldHaveSingleItem().Message.ShouldContain("definition.sequence was altered");
        Sql($"update definition set sequence = sequence - 5 where kind = 'repeats' and version = {newest}").ShouldBe(1);
        Sql($"delete from definition where kind = 'repeats' and version = {newest} - 1").ShouldBe(1);

        var found = (await VerifiedAsync()).Findings.ShouldHaveSingleItem();
        found.Code.ShouldBe("definition.gone");
        found.Message.ShouldStartWith("Definition repeats/default v");
    }

    private async Task<Complaint> StateAsync(DeskHarness harness) => (await harness.Desk.ViewAsync(_filed))!.Complaint;

    private int Sql(string sql)
    {
        using var connection = RawTables.Open(_database.File);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private async Task<VerificationReport> VerifiedAsync()
    {
        var harness = Harness();
        return await new HistoryAudit(harness.Ports.Chains, harness.Keys, harness.Clock).VerifyAsync(TenantId.Default);
    }

    private DeskHarness Harness() => new(StorePorts.Of(_database.Open()), _clock, new UuidV7Generator());
}
