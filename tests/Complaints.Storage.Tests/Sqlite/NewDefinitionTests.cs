using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>Two programs on one file: what one publishes the other has within half a minute, and reads nothing else.</summary>
public sealed class NewDefinitionTests : IAsyncLifetime
{
    private const string Pigeon = """{ "items": [ { "code": "pigeon", "label": { "en": "Pigeon", "zh": "信鸽" } } ] }""";

    private readonly TemporaryDatabase _database = new();
    private readonly FakeClock _clock = new();

    public async ValueTask InitializeAsync() => await _database.Open().MigrateAsync(default);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task X02_A_channel_that_one_program_publishes_is_taken_by_another_within_half_a_minute()
    {
        var there = new DeskHarness(StorePorts.Of(_database.Open()), _clock, new UuidV7Generator());
        var here = new DeskHarness(StorePorts.Of(_database.Open()), _clock, new UuidV7Generator());
        var draft = Drafts.English() with { Channel = "pigeon" };
        (await here.Desk.RegisterAsync(draft)).Refusal.ShouldNotBeNull("the control");

        (await there.Definitions.PublishAsync(TenantId.Default, "channels", "default", Pigeon, DeskHarness.Administrator, default))
            .Refusal.ShouldBeNull();
        (await there.Desk.RegisterAsync(draft)).Refusal.ShouldBeNull("who published it has it at once");
        (await here.Desk.RegisterAsync(draft)).Refusal.ShouldNotBeNull("what it read is not half a minute old");
        _clock.Advance(Duration.FromSeconds(30));
        (await here.Desk.RegisterAsync(draft)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task X13_Of_two_thousand_versions_in_a_file_none_is_read_again_and_one_that_is_new_alone()
    {
        var store = _database.Open();
        for (var version = 1; version <= 2_000; version++)
            (await store.TryAddAsync(Version(version), default)).ShouldBeTrue();
        var other = _database.Open();
        var all = await other.NewerAsync(TenantId.Default, null, default);
        all.Added.Length.ShouldBe(2_000);

        (await other.NewerAsync(TenantId.Default, all.Mark, default)).Added.ShouldBeEmpty();
        (await store.TryAddAsync(Version(2_001), default)).ShouldBeTrue();
        (await other.NewerAsync(TenantId.Default, all.Mark, default)).Added.ShouldHaveSingleItem().Version.ShouldBe(2_001);
    }

    [Fact]
    public void X13_What_is_new_is_found_along_its_index()
    {
        const string Asked = "from definition where tenant = 'default' and";
        Plan($"select version {Asked} sequence > 5").ShouldContain("INDEX definition_sequence (tenant=? AND sequence>?)");
        Plan("select max(sequence) from definition where tenant = 'default'").ShouldContain("INDEX definition_sequence (tenant=?)");
        Plan($"select version {Asked} published_at > 5").ShouldNotContain("definition_sequence", customMessage: "the control");
    }

    private static Definition Version(int version) =>
        new(TenantId.Default, "repeats", "default", version, $$"""{"windowDays":{{version}}}""", Instant.FromUtc(2026, 9, 1, 0, 0), "adam");

    private string Plan(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_database.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "explain query plan " + sql;
        using var row = command.ExecuteReader();
        var lines = new List<string>();
        while (row.Read())
            lines.Add(row.GetString(3));
        return string.Join('\n', lines);
    }
}
