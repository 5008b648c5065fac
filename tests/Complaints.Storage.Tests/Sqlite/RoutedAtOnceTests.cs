using Complaints.Core.DependencyInjection;
using Complaints.Storage.Sqlite;
using Complaints.Tests.Shared;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>New cases are dealt out among people by programs of one file that do not know of each other.</summary>
public sealed class RoutedAtOnceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-routed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task S038_Eight_registrations_at_once_on_two_nodes_differ_by_at_most_eight()
    {
        var loads = await RoutedCases.EightAtOnceAsync(Store, rounds: 5);
        TestContext.Current.TestOutputHelper?.WriteLine($"Forty cases, eight at once on two nodes: {loads}");
        (loads.Total, loads.OfOther).ShouldBe((40, 0));
        loads.Spread.ShouldBeLessThanOrEqualTo(RoutedCases.AtOnce);
    }

    [Fact]
    public async Task S038_A_hundred_cases_one_after_the_other_differ_by_at_most_one()
    {
        var loads = await RoutedCases.OneAfterTheOtherAsync(Store, cases: 100);
        (loads.Total, loads.OfOther).ShouldBe((100, 0));
        loads.Spread.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task S038_control_a_row_that_names_one_person_is_seen_in_the_difference()
    {
        (await RoutedCases.EightAtOnceAsync(Store, rounds: 2, RoutedCases.ToAmy)).Spread.ShouldBe(2 * RoutedCases.AtOnce);
    }

    private void Store(ComplaintsBuilder builder) => builder
        .UseSqlite($"Data Source={Path.Combine(_folder.FullName, "a.db")}")
        .UseKeyFile(Path.Combine(_folder.FullName, "a.key"));
}
