using Complaints.Storage.Sqlite;
using Complaints.Testing;

namespace Complaints.Storage.Tests.Sqlite;

public sealed class KeyRotationTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-rotation-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task R27_R38_desks_go_on_through_rotations_and_nobody_who_was_erased_comes_back()
    {
        var file = Path.Combine(_folder.FullName, "complaints.db");
        await using var one = new SqliteStore(file);
        await using var other = new SqliteStore(file);
        var race = await RotationRace.RunAsync(StorePorts.Of(one), StorePorts.Of(other), file + ".key", rotations: 8);
        output.WriteLine($"{race.Filed} filed, {race.Erased} erased, {race.Rewrapped} wrapped anew in 8 rotations");
        race.Wrong.ShouldBeEmpty();
        race.Rewrapped.ShouldBeGreaterThan(race.Filed);
        race.Erased.ShouldBeGreaterThan(0);
    }
}
