using Complaints.Reporting;
using NodaTime;

namespace Complaints.Import.Tests.Ledgers;

/// <summary>A ledger that was imported once for all tests on it.</summary>
public abstract class LedgerFixture(string file, string mapping) : IAsyncLifetime
{
    public Workshop Workshop { get; } = new();

    public ImportResult Result { get; private set; } = new();

    public List<ImportProgress> Progress { get; } = [];

    public abstract Task<Report> ReportAsync();

    public async Task<ImportResult> ImportAsync() =>
        await Workshop.Import.RunAsync(LedgerFiles.Of(file), Workshop.Shipped(mapping), Workshop.Options(), new Listener(Progress));

    public async ValueTask InitializeAsync()
    {
        if (LedgerFiles.Folder is not null)
            Result = await ImportAsync();
    }

    public async ValueTask DisposeAsync() => await Workshop.DisposeAsync();

    private sealed class Listener(List<ImportProgress> heard) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => heard.Add(value);
    }
}

public sealed class BostonFixture() : LedgerFixture("boston311_2011.csv.gz", "boston311.json")
{
    public override Task<Report> ReportAsync() =>
        Workshop.ReportAsync("America/New_York", "boston311.report.json", DateTimeZoneProviders.Tzdb["America/New_York"].AtStrictly(new LocalDateTime(2012, 1, 1, 0, 0)).ToInstant());
}

public sealed class CfpbFixture() : LedgerFixture("cfpb_boa.csv.gz", "cfpb.json")
{
    public override Task<Report> ReportAsync() => Workshop.ReportAsync("UTC", "cfpb.report.json");
}
