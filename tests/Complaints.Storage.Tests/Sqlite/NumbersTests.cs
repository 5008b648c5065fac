using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>How complaints are numbered where nobody says anything.</summary>
public sealed class NumbersTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-numbers-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null, 2)]
    [InlineData(true, 2)]
    [InlineData(false, 33)]
    public async Task After_a_restart_a_small_host_goes_on_with_the_next_number_unless_the_tenant_says_otherwise(bool? gapFree, int second)
    {
        (await RegisterAsync(gapFree)).ShouldBe(1);
        (await RegisterAsync(gapFree)).ShouldBe(second);
    }

    [Fact]
    public async Task In_a_transaction_of_the_host_that_is_rolled_back_no_number_is_lost()
    {
        await using var provider = Program(null);
        var desk = provider.GetRequiredService<ComplaintDesk>().For(DeskHarness.Agent);
        await desk.PrepareAsync();
        await using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var transaction = connection.BeginTransaction();
            SerialOf((await desk.In(transaction).RegisterAsync(Drafts.English())).Value.Number).ShouldBe(1);
            await transaction.RollbackAsync();
        }
        SerialOf((await desk.RegisterAsync(Drafts.English())).Value.Number).ShouldBe(1);
    }

    [Fact]
    public void Stores_say_their_way_and_one_that_says_nothing_numbers_in_blocks()
    {
        new SqliteStore(File).PrefersGapFreeNumbers.ShouldBeTrue();
        ((IComplaintStore)new InMemoryComplaintStore()).PrefersGapFreeNumbers.ShouldBeFalse();
        BuiltIns.All.Single(definition => definition.Kind == SharedDefinitions.Tenant.Name).Json.ShouldNotContain("gapFreeNumbers");
    }

    private string File => Path.Combine(_folder.FullName, "a.db");

    private async Task<int> RegisterAsync(bool? gapFree)
    {
        await using var provider = Program(gapFree);
        return SerialOf((await provider.GetRequiredService<ComplaintDesk>().For(DeskHarness.Agent).RegisterAsync(Drafts.English())).Value.Number);
    }

    private ServiceProvider Program(bool? gapFree)
    {
        var services = new ServiceCollection();
        var complaints = services.AddComplaints().UseSqlite(File);
        if (gapFree is { } said)
            complaints.AddDefinition(SharedDefinitions.Tenant.Name, "default", said
                ? DeskHarness.GapFreeSettings
                : DeskHarness.BlockSettings);
        return services.BuildServiceProvider();
    }

    private static int SerialOf(string number) => int.Parse(number.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
}
