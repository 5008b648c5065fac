using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using NodaTime;

namespace Complaints.PostgreSql.Tests.Wiring;

/// <summary>Hosts of two releases on one database: each brings a policy of its own along, and neither has the other's in its options.</summary>
public sealed class DifferentPoliciesTests : IAsyncLifetime
{
    private readonly TestSchema _schema = new();
    private readonly FakeClock _clock = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _schema.DisposeAsync();

    [Fact]
    public async Task T23_Hosts_with_different_newest_policies_keep_each_complaint_on_its_own_and_sweep_each_others()
    {
        var older = await StartAsync("10 hours");
        var ten = await FileAsync(older);
        var newer = await StartAsync("30 hours");
        var thirty = await FileAsync(newer);
        // Started once more in the middle of it, the older one publishes its own again.
        older = await StartAsync("10 hours");
        _clock.Advance(Duration.FromMinutes(1));
        var again = await FileAsync(older);

        foreach (var host in new[] { older, newer })
        {
            foreach (var (complaint, hours) in new[] { (ten, 10), (thirty, 30), (again, 10) })
            {
                (await host.ExecuteAsync(complaint, new AddNote("Called."))).IsSuccess.ShouldBeTrue();
                var clock = (await host.ViewAsync(complaint))!.Clocks.ShouldHaveSingleItem();
                (clock.Due - clock.StartedAt).ShouldBe(Duration.FromHours(hours));
            }
        }

        _clock.Advance(Duration.FromHours(12));
        (await newer.SweepAsync()).ShouldBe(new SweepResult(2, 0, []));
        (await older.SweepAsync()).Changed.ShouldBe(0);
        _clock.Advance(Duration.FromHours(20));
        (await older.SweepAsync()).ShouldBe(new SweepResult(1, 0, []));
        foreach (var complaint in new[] { ten, thirty, again })
            (await older.ViewAsync(complaint))!.Complaint.Clocks.Results.ShouldHaveSingleItem().Verdict.ShouldBe(ClockVerdict.Breached);
    }

    private async Task<ComplaintDesk> StartAsync(string limit)
    {
        var store = await _schema.OpenAloneAsync();
        var policy = new DefinitionSeed(TenantId.Default, SlaDefinitions.Policies.Name, "call-centre",
            $$"""{"label":{"en":"Ours","zh":"我们的"},"order":1000,"objectives":[{"objective":"resolution","limit":"{{limit}}"}]}""");
        var keys = new PersonKeys(store, new FileKeyProtector(new byte[32]), _clock);
        return new ComplaintDesk(new DeskServices(store, store, keys, new DefinitionLibrary(store, _clock, [policy]), _clock, new UuidV7Generator(), timers: store, deadlines: _clock)).For(DeskHarness.Agent);
    }

    private static async Task<ComplaintId> FileAsync(ComplaintDesk desk) => (await desk.RegisterAsync(Drafts.Chinese())).Value.Complaint;
}
