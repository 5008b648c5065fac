using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Testing;
using CrmTransaction;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Complaints.PostgreSql.Tests.HostTransactions;

/// <summary>A CRM on a database of its own, and a desk beside it.</summary>
internal sealed class CrmFixture : IAsyncDisposable
{
    private static int _databases;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-crm-");
    private readonly ServiceProvider _services;

    private CrmFixture(string database, bool gapFree)
    {
        Crm = Crm.On(database.Length == 0 ? Path.Combine(_folder.FullName, "crm.db") : database);
        var services = new ServiceCollection();
        var complaints = services.AddComplaints();
        Crm.Choose(complaints);
        complaints.UseKeyFile(Path.Combine(_folder.FullName, "complaints.key")).UseNumbers(new NumberOptions(2));
        complaints.AddDefinition(SharedDefinitions.Tenant.Name, "default", gapFree
            ? DeskHarness.GapFreeSettings
            : DeskHarness.BlockSettings);
        _services = services.BuildServiceProvider();
        Desk = _services.GetRequiredService<ComplaintDesk>().For(DeskHarness.Agent);
    }

    public Crm Crm { get; }

    public ComplaintDesk Desk { get; }

    public IComplaintReader Reader => _services.GetRequiredService<IComplaintReader>();

    public string Order { get; } = "order-1";

    public static async Task<CrmFixture> OpenAsync(string kind, bool gapFree = false)
    {
        var database = "";
        if (kind == "postgresql")
        {
            var server = await SharedServer.GetAsync();
            var name = $"crm_{Interlocked.Increment(ref _databases)}";
            await server.ExecuteAsync($"create database {name}");
            database = server.ConnectionString(name) + ";Maximum Pool Size=10";
        }
        var fixture = new CrmFixture(database, gapFree);
        await fixture.Desk.PrepareAsync();
        await fixture.Crm.CreateOrderAsync(fixture.Order);
        return fixture;
    }

    public Task<StoreCounts> CountAsync() => Reader.CountAsync(TenantId.Default, default).AsTask();

    /// <summary>Until somebody waits for a lock: what was begun beside has come to where it can get no further.</summary>
    public async Task SomebodyWaitsAsync()
    {
        await using var connection = (NpgsqlConnection)Crm.Connect();
        await connection.OpenAsync();
        await using var waiting = new NpgsqlCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", connection);
        while ((long)(await waiting.ExecuteScalarAsync())! == 0)
            await Task.Delay(10);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

internal static class Numbers
{
    /// <summary>What follows the year: the clock of these tests is the system's.</summary>
    public static int Serial(this string number) => int.Parse(number.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
}
