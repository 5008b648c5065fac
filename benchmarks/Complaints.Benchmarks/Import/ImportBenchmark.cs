using System.Diagnostics;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Import;
using Complaints.Import.Mapping;
using Complaints.Storage.Sqlite;
using NodaTime;

namespace Complaints.Benchmarks.Import;

/// <summary>
/// The import of the Boston ledger on SQLite with synchronous=FULL against a hand-written loop that parses the same file and inserts the same rows and bytes; and the
/// memory of an import, in a process of its own. Everything runs with the tool's runtime settings.
/// </summary>
internal static class ImportBenchmark
{
    /// <summary>What the project file of the tool says, as variables (numbers in hexadecimal), because the other benchmarks run with a host's settings.</summary>
    private static readonly Dictionary<string, string> Settings = new() { ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcConcurrent"] = "0", ["DOTNET_GCGen0MaxBudget"] = "1000000" };

    internal static readonly string Ledger = Path.Combine(Shared, "data", "boston311_2011.csv.gz");

    public static async Task<int> RunAsync(bool once)
    {
        if (!File.Exists(Ledger))
        {
            Console.Error.WriteLine($"There is no '{Ledger}': set COMPLAINTS_SHARED to the folder that holds data/.");
            return 2;
        }
        if (Settings.Any(setting => Environment.GetEnvironmentVariable(setting.Key) != setting.Value))
            return await AgainAsync(once);
        var folder = Directory.CreateTempSubdirectory("complaints-benchmark-");
        try
        {
            if (once)
                await OnceAsync(folder.FullName);
            else
                await CompareAsync(folder.FullName);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(string folder)
    {
        await AgainAsync(once: true);
        var recorded = Path.Combine(folder, "recorded.db");
        var result = await ImportAsync(recorded);
        var raw = new RawImportArm(Ledger, folder, RecordedRow.Of(recorded), new ImportOptions().BatchSize);
        string? file = null;
        string? judged = null;
        Rounds.Print($"{result.Imported:N0} complaints of {result.Rows:N0} rows an import, 5 rounds; speed as a multiple of the first line");
        var ratios = await Rounds.CompareAsync(
            [
                new("hand-written parse + inserts in batches", raw.RunAsync, raw.PrepareAsync),
                new("ComplaintImport.RunAsync", async _ => await ImportAsync(file!), _ =>
                {
                    Forget(file);
                    file = Path.Combine(folder, $"library-{Guid.NewGuid():N}.db");
                    return Task.CompletedTask;
                }),
                new("the same, judged by our own clocks too", async _ => await ImportAsync(judged!, new OwnClocks("call-centre")), _ =>
                {
                    Forget(judged);
                    judged = Path.Combine(folder, $"judged-{Guid.NewGuid():N}.db");
                    return Task.CompletedTask;
                }),
            ],
            (int)result.Imported, rounds: 5);
        await ProveEqualAsync(raw.File, file!, judged!);
        Rounds.Print($"import : hand-written  {ratios[1]:F2}  (goal 0.5)");
    }

    private static async Task OnceAsync(string folder)
    {
        await ImportAsync(Path.Combine(folder, "once.db"), new OwnClocks("call-centre"));
        using var process = Process.GetCurrentProcess();
        Rounds.Print($"peak working set of an import  {process.PeakWorkingSet64 / 1024 / 1024:N0} MB  (goal below 300)");
    }

    internal static async Task<ImportResult> ImportAsync(string file, OwnClocks? own = null)
    {
        await using var store = new SqliteStore(file);
        var keys = new PersonKeys(store, new FileKeyProtector(new byte[32]), SystemClock.Instance);
        var services = new DeskServices(store, store, keys, new DefinitionLibrary(store, SystemClock.Instance, []), SystemClock.Instance, new UuidV7Generator());
        var (mapping, refusal) = ImportMapping.Load(Path.Combine(Root, "samples", "mappings", "boston311.json"));
        if (refusal is not null)
            throw new InvalidOperationException(refusal.Message);
        return await new ComplaintImport(new ImportDesk(services, store)).RunAsync(Ledger, mapping!, new ImportOptions { BadRowsPath = file + ".bad.csv", OwnClocks = own });
    }

    private static async Task ProveEqualAsync(params string[] files)
    {
        var counts = new List<StoreCounts>();
        foreach (var file in files)
        {
            await using var store = new SqliteStore(file);
            counts.Add(await store.CountAsync(TenantId.Default, default));
        }
        Rounds.Print($"rows afterwards  {string.Join("  ", counts)}");
        if (counts.Distinct().Count() != 1)
            throw new InvalidOperationException("The arms did not write the same.");
    }

    private static async Task<int> AgainAsync(bool once)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, once ? ["import", "once"] : ["import"]);
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public static void Forget(string? file)
    {
        foreach (var ending in file is null ? Array.Empty<string>() : ["", "-wal", "-shm"])
            File.Delete(file + ending);
    }

    private static string Shared => Environment.GetEnvironmentVariable("COMPLAINTS_SHARED") is { Length: > 0 } folder ? folder : Path.Combine(Root, "..", "shared");

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Complaints.Core.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("Complaints.Core.sln was not found above " + AppContext.BaseDirectory);
        }
    }
}
