using Complaints.Core;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.Tests.Laws;
using Complaints.Storage.Tests.Scripts;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests.Scripts;

/// <summary>The same scripts on every store. All of them with COMPLAINTS_FULL=1.</summary>
public sealed class ThreeStoreTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R33_memory_sqlite_and_postgresql_give_the_same_histories()
    {
        var scripts = Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1" ? 1_000 : 100;
        await using var database = new TemporaryDatabase();
        await using var schema = new TestSchema();
        var sqliteStore = database.Open(options => options with { Durability = Storage.Sqlite.Durability.Normal });
        var postgresStore = await schema.OpenAsync();
        var answered = 0;
        for (var seed = 1; seed <= scripts; seed++)
        {
            var tenant = new TenantId($"script-{seed}");
            var memory = await new Script(seed).PlayAsync(StorePorts.Of(new InMemoryComplaintStore()));
            var sqlite = await new Script(seed).PlayAsync(StorePorts.Of(new TenantView(sqliteStore, tenant)));
            var postgres = await new Script(seed).PlayAsync(StorePorts.Of(new TenantView(postgresStore, tenant)));

            sqlite.Answers.ShouldBe(memory.Answers, $"seed {seed}");
            postgres.Answers.ShouldBe(memory.Answers, $"seed {seed}");
            var expected = await Canonical.TextAsync(memory.Harness, memory.Ids);
            (await Canonical.TextAsync(sqlite.Harness, sqlite.Ids)).ShouldBe(expected, $"seed {seed}");
            (await Canonical.TextAsync(postgres.Harness, postgres.Ids)).ShouldBe(expected, $"seed {seed}");
            answered += memory.Answers.Count;
        }
        output.WriteLine($"{scripts} scripts, {answered} answers, the same on three stores");
    }
}
