using System.Text.Json.Nodes;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Import;
using Complaints.Import.Mapping;
using Complaints.Import.Tests.Ledgers;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Reporting;
using Complaints.Reporting.Rendering;
using Complaints.Storage.Relational;
using Complaints.Storage.Tests.Laws;
using NodaTime;

namespace Complaints.PostgreSql.Tests.Wiring;

/// <summary>Both ledgers give the same report from PostgreSQL and from SQLite, figure by figure.</summary>
public sealed class LedgerTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-ledger-");

    public void Dispose() => _folder.Delete(recursive: true);

    [LedgerFact]
    public Task Boston_gives_the_same_report() => SameAsync("boston311_2011.csv.gz", "boston311", "America/New_York", Instant.FromUtc(2012, 1, 1, 5, 0), 58_251);

    [LedgerFact]
    public Task Cfpb_gives_the_same_report() => SameAsync("cfpb_boa.csv.gz", "cfpb", "UTC", null, null);

    private async Task SameAsync(string file, string name, string zone, Instant? asOf, int? rows)
    {
        await using var database = new TemporaryDatabase();
        await using var schema = new TestSchema();
        var sqlite = database.Open(options => options with { Durability = Storage.Sqlite.Durability.Normal });
        var postgres = await schema.OpenAsync();
        var expected = await FiguresAsync(sqlite, file, name, zone, asOf);
        var actual = await FiguresAsync(postgres, file, name, zone, asOf);

        actual.Count.ShouldBe(expected.Count);
        foreach (var (figure, value) in expected)
            actual[figure]!.ToJsonString().ShouldBe(value!.ToJsonString(), figure);
        var counts = await postgres.CountAsync(TenantId.Default, default);
        counts.ShouldBe(await sqlite.CountAsync(TenantId.Default, default));
        if (rows is { } wanted)
            counts.Complaints.ShouldBe(wanted);
        output.WriteLine($"{expected.Count} figures of {counts.Complaints} complaints are equal");
    }

    private async Task<JsonObject> FiguresAsync(RelationalStore store, string file, string name, string zone, Instant? asOf)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var clock = SystemClock.Instance;
        var keys = new PersonKeys(store, new FileKeyProtector(new byte[32]), clock);
        var services = new DeskServices(store, store, keys, new DefinitionLibrary(store, clock, []), clock, new UuidV7Generator());
        var (mapping, refusal) = ImportMapping.Read(File.ReadAllText(Repository.At("samples", "mappings", name + ".json")));
        refusal.ShouldBeNull();
        var result = await new ComplaintImport(new ImportDesk(services, store)).RunAsync(
            LedgerFiles.Of(file), mapping!, new ImportOptions { BadRowsPath = Path.Combine(_folder.FullName, "bad.csv"), TempFolder = _folder.FullName });
        output.WriteLine($"{store.GetType().Name}: {result.Imported} imported in {System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        var (definition, unread) = ReportDefinition.Read(File.ReadAllText(Repository.At("samples", "reports", name + ".report.json")));
        unread.ShouldBeNull();
        var request = new ReportRequest { Zone = DateTimeZoneProviders.Tzdb[zone], AsOf = asOf, Definition = definition! };
        var report = (await new ComplaintDesk(services).ReportAsync(request)).Value;
        return JsonNode.Parse(ReportJson.ToText(report))!["figures"]!.AsObject();
    }
}
