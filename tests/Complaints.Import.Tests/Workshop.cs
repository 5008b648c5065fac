using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Import.Mapping;
using Complaints.Reporting;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Import.Tests;

/// <summary>A store on a file of its own, with everything that an import needs.</summary>
public sealed class Workshop : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("complaints-import-tests-").FullName;

    /// <param name="gapFree">How complaints are numbered; <c>null</c> for the store's way.</param>
    /// <param name="validators">The host's own rules.</param>
    public Workshop(bool? gapFree = null, IEnumerable<FluentValidation.IValidator<IntakeDraft>>? validators = null)
    {
        Store = new SqliteStore(new SqliteStoreOptions(Path.Combine(_folder, "complaints.db")) { Durability = Durability.Normal });
        var clock = SystemClock.Instance;
        Keys = new PersonKeys(Store, new FileKeyProtector(new byte[32]), clock);
        Services = new DeskServices(
            Store, Store, Keys, new DefinitionLibrary(Store, clock, gapFree is { } said ? [Numbers(said)] : []), clock,
            new UuidV7Generator(), validators: new HostValidators(validators ?? []));
    }

    private static DefinitionSeed Numbers(bool gapFree) =>
        new(TenantId.Default, SharedDefinitions.Tenant.Name, "default", gapFree ? DeskHarness.GapFreeSettings : DeskHarness.BlockSettings);

    public SqliteStore Store { get; }

    public PersonKeys Keys { get; }

    public DeskServices Services { get; }

    public ComplaintDesk Desk => new(Services);

    public ComplaintImport Import => new(new ImportDesk(Services, Store));

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Where bad rows of a file that must not be written beside go.</summary>
    public ImportOptions Options(int batch = 500) => new() { BadRowsPath = Path.Combine(_folder, "bad.csv"), BatchSize = batch, TempFolder = _folder };

    public string[] BadRows() => File.Exists(Path.Combine(_folder, "bad.csv")) ? File.ReadAllLines(Path.Combine(_folder, "bad.csv")) : [];

    public static ImportMapping Shipped(string name) => Read(File.ReadAllText(Repository.At("samples", "mappings", name)));

    public static ImportMapping Read(string json)
    {
        var (mapping, refusal) = ImportMapping.Read(json);
        refusal.ShouldBeNull(refusal?.Message);
        return mapping!;
    }

    public async Task<Report> ReportAsync(
        string zone, string? definition = null, Instant? asOf = null, LocalDate? from = null, LocalDate? to = null)
    {
        var (wanted, refusal) = definition is null ? (new ReportDefinition(), null) : ReportDefinition.Read(File.ReadAllText(Repository.At("samples", "reports", definition)));
        refusal.ShouldBeNull();
        var result = await Desk.ReportAsync(new ReportRequest
        {
            Zone = DateTimeZoneProviders.Tzdb[zone], AsOf = asOf, From = from, To = to, Definition = wanted!,
        });
        return result.Value;
    }

    /// <summary>The complaint that a source knows under an id.</summary>
    public async Task<ComplaintId?> IdOfAsync(string source, string id) => await Store.FindAsync(
        TenantId.Default, new ComplaintName(SourceHash: await Desk.SourceHashAsync(new ExternalRef(source, id))), default);

    /// <summary>The same as SQLite writes the bytes of its id.</summary>
    public async Task<string> BlobOfAsync(string source, string id) =>
        $"x'{Convert.ToHexString((await IdOfAsync(source, id))!.Value.Value.ToByteArray(bigEndian: true))}'";

    public async Task<ComplaintSummary> FindAsync(string source, string id)
    {
        var found = await IdOfAsync(source, id);
        found.ShouldNotBeNull($"{source} {id}");
        await foreach (var complaint in Store.ScanAsync(TenantId.Default, default))
        {
            if (complaint.Id == found)
                return complaint;
        }
        throw new InvalidOperationException($"{found} is found and not listed.");
    }

    public async Task<string> TitleAsync(ComplaintSummary complaint)
    {
        complaint.Title!.TryReveal(await Keys.FindAsync(TenantId.Default, complaint.Person, default), out var title).ShouldBeTrue();
        return title!;
    }

    /// <summary>Changes stored rows behind the library's back.</summary>
    public int Sql(string command)
    {
        using var connection = new SqliteConnection($"Data Source={Store.Path};Pooling=False");
        connection.Open();
        using var statement = connection.CreateCommand();
        statement.CommandText = command;
        return statement.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
