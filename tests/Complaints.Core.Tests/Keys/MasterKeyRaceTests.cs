using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Keys;

/// <summary>What must never happen to a master key: a second one in its place.</summary>
public sealed class MasterKeyRaceTests : IDisposable
{
    private static readonly KeyOwner Wang = new(TenantId.Default, new SubjectId(Guid.NewGuid()));
    private readonly KeyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void R34_Of_many_that_make_the_file_at_once_one_makes_it_and_all_work_with_its_key()
    {
        var (rounds, overwritten, renamed) = (150, 0, 0);
        for (var round = 0; round < rounds; round++)
        {
            overwritten += Starts(_folder[$"{round}.key"], MakeByLinking) ? 0 : 1;
            renamed += Starts(_folder[$"{round}.renamed"], MakeByRenaming) ? 0 : 1;
        }
        overwritten.ShouldBe(0, $"of {rounds} starts of four");
        renamed.ShouldBe(rounds, "the control: whoever looks first and renames then replaces a key that is there");
        _folder.Files.Where(file => file.EndsWith(".new", StringComparison.Ordinal)).ShouldBeEmpty("no draft is left");
    }

    [Fact]
    public async Task R34_A_lost_file_is_said_to_be_lost_and_no_second_master_key_is_made()
    {
        var store = new InMemoryComplaintStore();
        PersonKeys Node() => new(store, new FileKeyProtector(_folder.Key), new FakeClock());
        await Node().TenantKeysAsync(TenantId.Default, default);
        var lost = File.ReadAllText(_folder.Key);
        File.Delete(_folder.Key);

        var wrong = await Should.ThrowAsync<MasterKeyException>(async () => await Node().TenantKeysAsync(new("new-tenant"), default));
        wrong.Error.Code.ShouldBe("keys.file_missing");
        (await Should.ThrowAsync<MasterKeyException>(async () => await Node().NewAsync(TenantId.Default, Wang.Subject, default)))
            .Error.Code.ShouldBe("keys.file_missing");
        File.Exists(_folder.Key).ShouldBeFalse();

        _folder.Hold(lost);
        await Node().TenantKeysAsync(new("new-tenant"), default);
    }

    [Fact]
    public async Task R34_First_starts_at_once_on_one_database_all_come_up_with_one_key()
    {
        for (var round = 0; round < 50; round++)
        {
            var (store, path) = (new InMemoryComplaintStore(), _folder[$"start{round}.key"]);
            var starts = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
                await new PersonKeys(store, new FileKeyProtector(path), new FakeClock()).TenantKeysAsync(TenantId.Default, default)));
            await Task.WhenAll(starts);
        }
    }

    [Fact]
    public async Task R34_A_first_wrap_that_failed_prepares_again()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }
        var store = new InMemoryComplaintStore();
        await new PersonKeys(store, new FileKeyProtector(_folder.Key), new FakeClock()).TenantKeysAsync(TenantId.Default, default);
        var node = new PersonKeys(store, new FileKeyProtector(_folder.Key), new FakeClock());
        File.SetUnixFileMode(_folder.Key, File.GetUnixFileMode(_folder.Key) | UnixFileMode.OtherRead);
        await Should.ThrowAsync<MasterKeyException>(async () => await node.TenantKeysAsync(new("new"), default));
        File.Delete(_folder.Key);
        (await Should.ThrowAsync<MasterKeyException>(async () => await node.TenantKeysAsync(new("new"), default)))
            .Error.Code.ShouldBe("keys.file_missing");
        File.Exists(_folder.Key).ShouldBeFalse();
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public async Task R34_A_file_that_others_may_read_or_change_is_refused(UnixFileMode more)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }
        await new FileKeyProtector(_folder.Key).WrapAsync(Wang, new byte[32], default);
        File.SetUnixFileMode(_folder.Key, File.GetUnixFileMode(_folder.Key) | more);
        var wrong = await Should.ThrowAsync<MasterKeyException>(async () =>
            await new FileKeyProtector(_folder.Key).WrapAsync(Wang, new byte[32], default));
        wrong.Error.Code.ShouldBe("keys.file_open");

        File.SetUnixFileMode(_folder.Key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        await new FileKeyProtector(_folder.Key).WrapAsync(Wang, new byte[32], default);
    }

    [Fact]
    public async Task R34_A_lock_that_is_a_link_opens_nothing()
    {
        var file = new MasterKeyFile(_folder.Key);
        file.Create().ShouldBeTrue();
        File.CreateSymbolicLink(_folder.Key + ".lock", _folder["elsewhere"]);
        await Should.ThrowAsync<IOException>(() => file.LockAsync(default));
        File.Exists(_folder["elsewhere"]).ShouldBeFalse();
    }

    [Fact]
    public async Task R34_The_tenants_own_key_is_not_destroyed()
    {
        var keys = new PersonKeys(new InMemoryComplaintStore(), new FileKeyProtector(new byte[32]), new FakeClock());
        await Should.ThrowAsync<ArgumentException>(async () => await keys.DestroyAsync(TenantId.Default, SubjectId.Tenant, default));
    }

    /// <summary>Four that start at once, each of which reads what it made or found.</summary>
    /// <returns>True when all read the same key, and it is the one that stayed.</returns>
    private static bool Starts(string path, Func<string, Barrier, string> make)
    {
        using var together = new Barrier(4);
        var read = new string[4];
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            together.SignalAndWait();
            read[i] = make(path, together);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return read.Append(File.ReadAllText(path)).Distinct().Count() == 1;
    }

    private static string MakeByLinking(string path, Barrier together)
    {
        new MasterKeyFile(path).Create();
        return File.ReadAllText(path);
    }

    /// <summary>As it was: .NET looks whether there is a file, and then renames over it; here all look before any renames.</summary>
    private static string MakeByRenaming(string path, Barrier together)
    {
        var (draft, key) = ($"{path}.{Guid.NewGuid():N}.new", MasterKey.New().Base64);
        File.WriteAllText(draft, key);
        var isThere = File.Exists(path);
        together.SignalAndWait();
        if (!isThere)
            File.Move(draft, path, overwrite: true);
        return key;
    }
}
