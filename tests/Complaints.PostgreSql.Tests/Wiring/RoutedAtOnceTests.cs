using Complaints.Core.DependencyInjection;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Tests.Shared;

namespace Complaints.PostgreSql.Tests.Wiring;

/// <summary>New cases are dealt out among people by programs on one server, each with connections of its own.</summary>
public sealed class RoutedAtOnceTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-routed-");
    private readonly PostgreSqlStoreOptions _options = new() { Schema = SharedServer.NewSchema() };
    private string _server = "";

    public async ValueTask InitializeAsync() => _server = (await SharedServer.GetAsync()).ConnectionString();

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task S038_A_hundred_cases_one_after_the_other_over_four_skilled_people_differ_by_at_most_one()
    {
        var loads = await RoutedCases.OneAfterTheOtherAsync(Store, cases: 100);
        output.WriteLine($"A hundred cases, one after the other: {loads}");
        (loads.Total, loads.OfOther).ShouldBe((100, 0));
        loads.Spread.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task S038_Eight_registrations_at_once_on_two_nodes_differ_by_at_most_eight()
    {
        var loads = await RoutedCases.EightAtOnceAsync(Store, rounds: 13);
        output.WriteLine($"A hundred and four cases, eight at once on two nodes: {loads}");
        (loads.Total, loads.OfOther).ShouldBe((104, 0));
        loads.Spread.ShouldBeLessThanOrEqualTo(RoutedCases.AtOnce);
    }

    [Fact]
    public async Task S038_control_a_row_that_names_one_person_is_seen_in_the_difference() =>
        (await RoutedCases.EightAtOnceAsync(Store, rounds: 2, RoutedCases.ToAmy)).Spread.ShouldBe(2 * RoutedCases.AtOnce);

    private void Store(ComplaintsBuilder builder) => builder
        .UsePostgreSql(_server, _options).UseKeyFile(Path.Combine(_folder.FullName, "a.key"));
}
