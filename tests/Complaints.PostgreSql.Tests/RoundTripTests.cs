using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests;

/// <summary>SPEED 3: a command is two round trips, counted on the wire. The hint for other hosts is sent beside commands, at its own pace, and left out here.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_costs_two_round_trips(bool wall)
    {
        var server = await SharedServer.GetAsync();
        await using var proxy = new CountingProxy(server.Port);
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString()) { Port = proxy.Port, SslMode = Npgsql.SslMode.Disable, MaxPoolSize = 1 };
        await using var store = new PostgreSqlStore(connection.ConnectionString, new PostgreSqlStoreOptions { Schema = SharedServer.NewSchema(), RowLevelSecurity = wall, WakeUp = false });
        var harness = new DeskHarness(StorePorts.Of(store));
        var id = await harness.FileAsync();
        await harness.FileAsync(Drafts.Chinese());
        for (var i = 0; i < 8; i++)
            await harness.Desk.ExecuteAsync(id, new AddNote("warm"));

        (await CountAsync(proxy, () => harness.Desk.ExecuteAsync(id, new AddNote("one")))).ShouldBe(2);
        (await CountAsync(proxy, () => harness.Desk.ExecuteAsync(id, new Core.Investigation.StartInvestigation("two")))).ShouldBe(2);
        (await CountAsync(proxy, () => harness.Desk.ExecuteAsync(id, new AddParticipant("witness", "Carl Wu")))).ShouldBe(2);
        (await CountAsync(proxy, () => harness.Desk.ExecuteAsync(id, new AddParticipant("representative", "Bea Jones")))).ShouldBe(2);
        var talk = new RecordInteraction(Direction.Inbound, "phone", Summary: "told", Participant: 2);
        (await CountAsync(proxy, () => harness.Desk.ExecuteAsync(id, talk))).ShouldBe(2, "with three persons in the complaint");
        var technician = harness.Desk.For(new Actor("tao", Role.Department) { Teams = ["technical"] });
        var task = new Core.Assignment.SendTask("technical", "technical", "Why does it stop?");
        (await CountAsync(proxy, () => harness.Desk.ExecuteAsync(id, task))).ShouldBe(2);
        (await CountAsync(proxy, () => technician.ExecuteAsync(id, new Core.Assignment.SignTask(1)))).ShouldBe(2);
        (await CountAsync(proxy, () => technician.ExecuteAsync(id, new Core.Assignment.AnswerTask(1, "done", "Changed.", "DZ-1"))))
            .ShouldBe(2, "with what was filed and signals that look at it");
        (await CountAsync(proxy, () => harness.Desk.RegisterAsync(Drafts.English(7)))).ShouldBe(2);
        var gapFree = new DeskHarness(StorePorts.Of(store), ids: new UuidV7Generator());
        await gapFree.Definitions.PublishAsync(TenantId.Default, SharedDefinitions.Tenant.Name, "default", DeskHarness.GapFreeSettings,
            DeskHarness.Administrator, default);
        await gapFree.FileAsync(Drafts.English(8));
        (await CountAsync(proxy, () => gapFree.Desk.RegisterAsync(Drafts.English(9)))).ShouldBe(2);
        foreach (var (kind, json) in Routed)
        {
            (await gapFree.Definitions.PublishAsync(TenantId.Default, kind, "default", json, DeskHarness.Administrator, default))
                .Refusal.ShouldBeNull();
        }
        await gapFree.FileAsync(Drafts.English(10));
        (await CountAsync(proxy, () => gapFree.Desk.RegisterAsync(Drafts.English(11)))).ShouldBe(2, "the loads come with the intake");
        (await gapFree.Desk.ListAsync(new() { Owner = "ben" })).Items.ShouldHaveSingleItem();
        var looked = store.RoundTrips;
        await harness.Desk.FindSimilarAsync(Drafts.English(7) with { Area = "north" });
        (store.RoundTrips - looked).ShouldBe(1, "others about the same, with the customer's own");
        (await CountAsync(proxy, () => harness.Desk.ExecuteAsync(id, new Core.Resolution.Close()))).ShouldBe(1, "a refusal writes nothing");
        var counted = store.RoundTrips;
        (await CountAsync(proxy, () => harness.Desk.ExecuteAsync(id, new AddNote("three")))).ShouldBe((int)(store.RoundTrips - counted), "the store counts as the wire does");
    }

    private static (string Kind, string Json)[] Routed =>
    [
        ("staff", """{ "people": [ { "id": "amy", "teams": ["first"] }, { "id": "ben", "teams": ["first"] } ] }"""),
        ("routing", """{ "rows": [ { "team": "first" } ] }"""),
    ];

    private static async Task<int> CountAsync(CountingProxy proxy, Func<Task<CommandResult>> command)
    {
        var before = proxy.RoundTrips;
        await command();
        return proxy.RoundTrips - before;
    }
}
