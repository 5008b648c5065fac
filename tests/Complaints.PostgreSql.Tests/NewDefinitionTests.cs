using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using NodaTime;

namespace Complaints.PostgreSql.Tests;

/// <summary>A node on a server asks for what is newer than what it has.</summary>
public sealed class NewDefinitionTests
{
    [Fact]
    public async Task X13_Of_two_thousand_versions_on_a_server_none_is_read_again_and_one_that_is_new_alone()
    {
        var server = await SharedServer.GetAsync();
        await using var store = new PostgreSqlStore(server.ConnectionString(),
            new PostgreSqlStoreOptions { Schema = SharedServer.NewSchema(), WakeUp = false });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(node => Task.Run(async () =>
        {
            for (var version = 1; version <= 500; version++)
                (await store.TryAddAsync(Version($"of-{node}", version), default)).ShouldBeTrue();
        })));
        var clock = new FakeClock();
        var library = new DefinitionLibrary(store, clock, []);
        await library.RulesAsync(TenantId.Default, default);
        var all = await store.NewerAsync(TenantId.Default, null, default);
        all.Added.Length.ShouldBeGreaterThanOrEqualTo(2_000);
        all.Mark.Sequence.ShouldBe(all.Added.Length, "no place is left out and none is taken twice");

        var before = store.RoundTrips;
        clock.Advance(Duration.FromSeconds(31));
        await library.RulesAsync(TenantId.Default, default);
        (store.RoundTrips - before).ShouldBe(1);
        (await store.NewerAsync(TenantId.Default, all.Mark, default)).Added.ShouldBeEmpty();
        (await store.TryAddAsync(Version("one-more", 1), default)).ShouldBeTrue();
        (await store.NewerAsync(TenantId.Default, all.Mark, default)).Added.ShouldHaveSingleItem().Id.ShouldBe("one-more");
    }

    private static Definition Version(string id, int version) => new(TenantId.Default, "calendar", id, version,
        """{"zone":"Asia/Shanghai","week":{"monday":["09:00-10:00"]}}""", Instant.FromUtc(2026, 9, 1, 0, 0), "adam");
}
