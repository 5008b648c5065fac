using System.Diagnostics;
using Complaints.Core.History;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Keys;

/// <summary>Whose key file a program works with. Most of it only root can show, as only root can give a file away.</summary>
public sealed class FileOwnerTests : IDisposable
{
    private const uint Root = 0, Service = 101, Mallory = 102, Nobody = 65534;
    private static readonly KeyOwner Wang = new(TenantId.Default, new SubjectId(Guid.NewGuid()));
    private readonly KeyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Service, Service, Service, true)]
    [InlineData(Root, Root, Service, true)]
    [InlineData(Root, Service, Service, true)]
    [InlineData(Service, Root, Service, true)]
    [InlineData(Service, Service, Root, true)]
    [InlineData(Service, Service, Nobody, true)]
    [InlineData(Mallory, Service, Service, false)]
    [InlineData(Mallory, Root, Service, false)]
    [InlineData(Mallory, Root, Root, false)]
    [InlineData(Mallory, Service, Root, false)]
    public void R34_A_file_is_trusted_that_is_the_runners_or_roots_or_its_folders(uint file, uint folder, uint runner, bool isTrusted) =>
        new FileOwner(file, file).IsTrusted(new(folder, folder), runner).ShouldBe(isTrusted);

    [Fact]
    public void R34_The_owner_is_read_of_a_file_a_folder_and_what_a_link_points_at()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Owners are looked at on Linux.");
        _folder.Hold("x");
        File.CreateSymbolicLink(_folder["link"], _folder.Key);
        FileOwner.Of(_folder.Key).User.ShouldBe(FileOwner.Runner);
        FileOwner.Of(_folder.Folder).User.ShouldBe(FileOwner.Runner);
        FileOwner.Of(_folder["link"]).ShouldBe(FileOwner.Of(_folder.Key));
        using (var file = File.OpenRead(_folder.Key))
            FileOwner.Of(file.SafeFileHandle).ShouldBe(FileOwner.Of(_folder.Key));
        Should.Throw<IOException>(() => FileOwner.Of(_folder["missing"])).Message.ShouldContain(_folder["missing"]);
    }

    [Fact]
    public async Task R34_A_file_of_somebody_else_is_refused_and_one_of_the_folders_owner_is_not()
    {
        OnlyRoot();
        var wrapped = await new FileKeyProtector(_folder.Key).WrapAsync(Wang, new byte[32], default);
        Give(_folder.Key, Mallory);
        var wrong = await Should.ThrowAsync<MasterKeyException>(async () =>
            await new FileKeyProtector(_folder.Key).UnwrapAsync(Wang, wrapped, default));
        (wrong.Error.Code, wrong.Error.Data["value"]).ShouldBe(("keys.file_owner", $"{Mallory}"));
        wrong.Message.ShouldContain(_folder.Key);
        // What stands behind a link is judged by the folder that was named.
        Directory.CreateDirectory(_folder["mallory"]);
        File.Move(_folder.Key, _folder["mallory/key"]);
        Give(_folder["mallory"], Mallory);
        File.CreateSymbolicLink(_folder.Key, _folder["mallory/key"]);
        (await Should.ThrowAsync<MasterKeyException>(async () =>
            await new FileKeyProtector(_folder.Key).UnwrapAsync(Wang, wrapped, default)))
            .Error.Code.ShouldBe("keys.file_owner");

        (await new FileKeyProtector(_folder["mallory/key"]).UnwrapAsync(Wang, wrapped, default)).ShouldBe(new byte[32]);
    }

    [Fact]
    public async Task R34_Roots_rotation_leaves_the_file_and_its_lock_to_the_service()
    {
        OnlyRoot();
        var store = new InMemoryComplaintStore();
        await new PersonKeys(store, new FileKeyProtector(_folder.Key), new FakeClock()).TenantKeysAsync(TenantId.Default, default);
        Give(_folder.Key, Service);
        Give(_folder.Folder, Service);
        (await new MasterKeyRotation(store, new FileKeyProtector(_folder.Key), new FakeClock()).RotateAsync()).Rewrapped.ShouldBe(1);
        FileOwner.Of(_folder.Key).ShouldBe(new(Service, Service));
        FileOwner.Of(_folder.Key + ".lock").ShouldBe(new(Service, Service));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_folder.Key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _folder.Files.ShouldBe(["complaints.key", "complaints.key.lock"]);
    }

    private static void OnlyRoot() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux can give a file away.");

    private static void Give(string path, uint user)
    {
        using var chown = Process.Start("chown", [$"{user}:{user}", path]);
        chown.WaitForExit();
        chown.ExitCode.ShouldBe(0);
    }
}
