using Complaints.Core;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests;

/// <summary>The keys of all tenants are wrapped anew by a role that sees one tenant at a time.</summary>
public sealed class KeyRotationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-rotation-");
    private readonly TestSchema _schema = new();
    private readonly string _role = $"role_{Guid.NewGuid():N}"[..20];

    private string KeyFile => Path.Combine(_folder.FullName, "complaints.key");

    public async ValueTask InitializeAsync()
    {
        await (await SharedServer.GetAsync()).ExecuteAsync($"create role {_role} login");
        await (await _schema.OpenAsync(options => options with { RuntimeRole = _role, RowLevelSecurity = true, Partitions = 4 }))
            .MigrateAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _schema.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task R27_R38_desks_go_on_through_rotations_and_nobody_who_was_erased_comes_back()
    {
        var (one, other) = (await WalledAsync(), await WalledAsync());
        var race = await RotationRace.RunAsync(StorePorts.Of(one), StorePorts.Of(other), KeyFile, rotations: 8);
        output.WriteLine($"{race.Filed} filed, {race.Erased} erased, {race.Rewrapped} wrapped anew in 8 rotations");
        race.Wrong.ShouldBeEmpty();
        race.Rewrapped.ShouldBeGreaterThan(race.Filed);
        race.Erased.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task With_row_level_security_the_keys_of_all_tenants_are_wrapped_anew()
    {
        var store = await WalledAsync();
        var (protector, clock) = (new FileKeyProtector(KeyFile), new FakeClock());
        var keys = new PersonKeys(store, protector, clock);
        foreach (var tenant in Enumerable.Range(0, 20).Select(number => new TenantId($"tenant-{number}")))
            await keys.TenantKeysAsync(tenant, default);

        var result = await new MasterKeyRotation(store, protector, clock).RotateAsync();
        (result.Added, result.Rewrapped, result.Failed).ShouldBe((true, 20, 0));
        (await new MasterKeyRotation(store, new FileKeyProtector(KeyFile), clock).CountAsync()).Masters[1].Keys.ShouldBe(20);
    }

    private async Task<PostgreSqlStore> WalledAsync() => await _schema.OpenAloneAsync(options => options with { Migrate = false }, _role);
}
