using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>New cases are dealt out among people by programs of one file that do not know of each other.</summary>
public sealed class RoutedAtOnceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-routed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task S038_Eight_registrations_at_once_on_two_nodes_differ_by_at_most_eight()
    {
        await using var one = Program();
        await using var other = Program();
        var desks = new[] { one, other }.Select(node => node.GetRequiredService<ComplaintDesk>().For(DeskHarness.Agent)).ToArray();
        await desks[0].PrepareAsync();
        await desks[1].PrepareAsync();

        for (var round = 0; round < 5; round++)
        {
            var at = round;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
                (await desks[i % 2].RegisterAsync(Drafts.English(at * 8 + i))).Refusal.ShouldBeNull())));
        }

        var loads = new List<int>();
        foreach (var person in new[] { "amy", "ben", "cai", "dan" })
            loads.Add((int)(await desks[0].CountAsync(new() { Owner = person })).Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"Forty cases, eight at once on two nodes: {string.Join(", ", loads)}");
        loads.Sum().ShouldBe(40);
        (loads.Max() - loads.Min()).ShouldBeLessThanOrEqualTo(8);
    }

    private ServiceProvider Program()
    {
        var people = string.Join(", ", new[] { "amy", "ben", "cai", "dan" }.Select(id => $$"""{ "id": "{{id}}", "teams": ["first"] }"""));
        var services = new ServiceCollection();
        services.AddComplaints()
            .UseSqlite($"Data Source={Path.Combine(_folder.FullName, "a.db")}")
            .UseKeyFile(Path.Combine(_folder.FullName, "a.key"))
            .AddDefinition("staff", "default", $$"""{ "people": [ {{people}} ] }""")
            .AddDefinition("routing", "default", """{ "rows": [ { "team": "first" } ] }""");
        return services.BuildServiceProvider();
    }
}
