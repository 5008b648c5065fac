using System.Security.Cryptography;
using Complaints.Core.Tests.History;
using NodaTime;

namespace Complaints.Core.Tests.Keys;

/// <summary>Where the master key is, and what a wrapped key opens for.</summary>
public sealed class FileKeyProtectorTests : IDisposable
{
    private static readonly KeyOwner Wang = new(TenantId.Default, new SubjectId(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)));
    private static readonly byte[] Key = Sealed.SHA256Of("a person's key");
    private readonly KeyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_key_file_is_made_once_for_its_owner_only_and_its_loss_is_said()
    {
        var path = _folder["sub/complaints.key"];
        var made = new FileKeyProtector(path);
        var wrapped = await made.WrapAsync(Wang, Key, default);
        made.WasCreated.ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var again = new FileKeyProtector(path);
        (await again.UnwrapAsync(Wang, wrapped, default)).ShouldBe(Key);
        again.WasCreated.ShouldBeFalse();
        new FileKeyProtector(Path.GetRelativePath(Environment.CurrentDirectory, path)).Path.ShouldBe(path,
            "a full path, whatever was said");

        File.Delete(path);
        var missing = await Should.ThrowAsync<MasterKeyException>(async () =>
            await new FileKeyProtector(path).UnwrapAsync(Wang, wrapped, default));
        missing.Error.Code.ShouldBe("keys.file_missing");
        missing.Message.ShouldContain($"'{path}' is missing");
        File.Exists(path).ShouldBeFalse("a new key would hide that the old one is lost");
        (await Should.ThrowAsync<IOException>(async () => await new FileKeyProtector(_folder.Folder).WrapAsync(Wang, Key, default)))
            .Message.ShouldContain($"'{_folder.Folder}' is a folder");
        File.WriteAllText(path, "not a folder");
        (await Should.ThrowAsync<IOException>(async () =>
            await new FileKeyProtector(Path.Combine(path, "x.key")).WrapAsync(Wang, Key, default)))
            .Message.ShouldContain($"'{Path.Combine(path, "x.key")}' cannot be made");
    }

    [Theory]
    [InlineData("not a key", "keys.file_line")]
    [InlineData("# nothing but a comment\n\n", "keys.file_empty")]
    [InlineData("", "keys.file_empty")]
    [InlineData("AAAA", "keys.file_line")]
    [InlineData("0123456789abcdef AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "keys.file_line")]
    [InlineData("0123456789abcdef today AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "keys.file_line")]
    public async Task A_file_that_is_none_is_refused_by_code(string content, string code)
    {
        _folder.Hold(content);
        var wrong = await Should.ThrowAsync<MasterKeyException>(async () =>
            await new FileKeyProtector(_folder.Key).WrapAsync(Wang, Key, default));
        wrong.Error.Code.ShouldBe(code);
        wrong.Message.ShouldContain(_folder.Key);
        File.ReadAllText(_folder.Key).ShouldBe(content);
    }

    [Fact]
    public async Task A_file_that_is_too_large_or_has_too_many_keys_is_refused()
    {
        _folder.Hold(new string('#', MasterKeyRing.LargestFile + 1));
        (await CodeAsync(new FileKeyProtector(_folder.Key), new byte[60])).ShouldBe("keys.file_size");
        _folder.Hold(string.Join("\n", Enumerable.Range(0, 65).Select(_ => MasterKey.New().Base64)));
        (await CodeAsync(new FileKeyProtector(_folder.Key), new byte[60])).ShouldBe("keys.file_full");
        _folder.Hold(string.Join("\n", Enumerable.Range(0, 64).Select(_ => MasterKey.New().Base64)));
        (await CodeAsync(new FileKeyProtector(_folder.Key), new byte[60])).ShouldBe("keys.master_other");
    }

    [Fact]
    public async Task A_file_and_keys_from_before_there_were_ids_are_still_read()
    {
        var master = _folder.WriteAsBefore();
        var protector = new FileKeyProtector(_folder.Key);
        (await protector.UnwrapAsync(Wang, KeyFolder.WrapAsBefore(master, Key), default)).ShouldBe(Key);
        (await protector.WrapAsync(Wang, Key, default)).Length.ShouldBe(MasterKey.WrappedSize);
        _folder.Hold($"\r\n# ours\r\n  {Convert.ToBase64String(master)}  \r\n");
        (await new FileKeyProtector(_folder.Key).UnwrapAsync(Wang, KeyFolder.WrapAsBefore(master, Key), default)).ShouldBe(Key);
    }

    [Fact]
    public async Task R39_a_wrapped_key_opens_for_its_owner_only_and_any_changed_bit_is_found()
    {
        var protector = new FileKeyProtector(Sealed.SHA256Of("master"));
        var wrapped = await protector.WrapAsync(Wang, Key, default);
        (await protector.UnwrapAsync(Wang, wrapped, default)).ShouldBe(Key);

        foreach (var other in new[] { Wang with { Tenant = new("default2") }, Wang with { Tenant = new("defaul") },
            Wang with { Subject = SubjectId.Tenant } })
        {
            var moved = await Should.ThrowAsync<MasterKeyException>(async () => await protector.UnwrapAsync(other, wrapped, default));
            (moved.Error.Code, moved.Error.Data["owner"]).ShouldBe(("keys.wrapped_elsewhere", other.ToString()));
            moved.Message.ShouldContain(other.ToString());
        }
        for (var bit = 0; bit < wrapped.Length * 8; bit++)
        {
            var changed = wrapped.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            (await CodeAsync(protector, changed))
                .ShouldBe(bit < 8 ? "keys.wrapped_format" : bit < 72 ? "keys.master_unknown" : "keys.wrapped_elsewhere");
        }
        (await CodeAsync(protector, wrapped[..^1])).ShouldBe("keys.wrapped_format");
        (await CodeAsync(protector, [])).ShouldBe("keys.wrapped_format");
    }

    [Fact]
    public async Task A_wrapped_key_opens_under_its_master_only_and_names_it()
    {
        var wrapped = await new FileKeyProtector(Sealed.SHA256Of("master")).WrapAsync(Wang, Key, default);
        var wrong = await Should.ThrowAsync<MasterKeyException>(
            async () => await new FileKeyProtector(Sealed.SHA256Of("another")).UnwrapAsync(Wang, wrapped, default));
        wrong.Error.Code.ShouldBe("keys.master_unknown");
        wrong.Error.Data["value"].ShouldBe(new MasterKey(Sealed.SHA256Of("master")).Id);
        (await CodeAsync(new FileKeyProtector(Sealed.SHA256Of("another")), KeyFolder.WrapAsBefore(Sealed.SHA256Of("master"), Key)))
            .ShouldBe("keys.master_other");
    }

    [Fact]
    public async Task A_key_of_another_length_is_not_wrapped() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () =>
            await new FileKeyProtector(new byte[32]).WrapAsync(Wang, new byte[31], default));

    [Fact]
    public async Task A_changed_file_is_noticed_when_a_key_is_wrapped_or_a_strange_one_is_met()
    {
        var (one, other) = (Attentive(), new FileKeyProtector(_folder.Key));
        var before = await one.WrapAsync(Wang, Key, default);
        await other.UnwrapAsync(Wang, before, default);
        var added = AddKey();

        var after = await one.WrapAsync(Wang, Key, default);
        MasterKey.IdOf(after).ShouldBe(added);
        (await one.UnwrapAsync(Wang, before, default)).ShouldBe(Key);
        (await other.UnwrapAsync(Wang, after, default)).ShouldBe(Key);
    }

    [Fact]
    public async Task A_file_that_does_not_continue_the_one_in_use_is_not_taken_up_until_the_right_one_is_back()
    {
        var protector = Attentive();
        var wrapped = await protector.WrapAsync(Wang, Key, default);
        var right = File.ReadAllText(_folder.Key);
        _folder.Hold(Convert.ToBase64String(Sealed.SHA256Of("another database's")));

        var replaced = await Should.ThrowAsync<MasterKeyException>(async () => await protector.WrapAsync(Wang, Key, default));
        replaced.Error.Code.ShouldBe("keys.file_replaced");
        (await protector.UnwrapAsync(Wang, wrapped, default)).ShouldBe(Key, "what is known goes on");
        _folder.Hold(right);
        MasterKey.IdOf(await protector.WrapAsync(Wang, Key, default)).ShouldBe(MasterKey.IdOf(wrapped));

        File.Delete(_folder.Key);
        await protector.WrapAsync(Wang, Key, default);
        File.Exists(_folder.Key).ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_that_slept_through_a_rotation_and_a_retirement_goes_on()
    {
        var protector = Attentive();
        var old = MasterKey.IdOf(await protector.WrapAsync(Wang, Key, default))!;
        var added = AddKey();
        var file = new MasterKeyFile(_folder.Key);
        file.Replace(file.Read().Ring.Without([old], Situation.Morning));
        File.ReadAllText(_folder.Key).ShouldContain($"retired {old} ");

        MasterKey.IdOf(await protector.WrapAsync(Wang, Key, default)).ShouldBe(added);
    }

    [Fact]
    public void A_ring_keeps_what_people_wrote_into_the_file_and_forgets_what_was_retired_long_ago()
    {
        var first = MasterKey.New();
        var ring = MasterKeyRing.Parse($"# kept by Ann\n{first.Base64}\n", "x").With(MasterKey.New(Situation.Morning));
        ring.Text.ShouldStartWith($"# kept by Ann\n{first.Base64}\n{ring.Newest.Id} 2");
        for (var i = 0; i < 100; i++)
        {
            ring = ring.With(MasterKey.New(Situation.Morning));
            ring = ring.Without([ring.Keys[0].Id], Situation.Morning);
        }
        var read = MasterKeyRing.Parse(ring.Text, "x");
        read.Keys.Select(key => key.Id).ShouldBe(ring.Keys.Select(key => key.Id));
        read.Newest.AddedAt.ShouldBe(Situation.Morning.PlusTicks(-(Situation.Morning.ToUnixTimeTicks() % NodaConstants.TicksPerSecond)));
        read.Retired.Count().ShouldBe(64);
        read.Text.ShouldStartWith("# kept by Ann\n");
        MasterKeyRing.Parse($"{first.Base64}\n{ring.Newest.Base64}\n{first.Base64}\n", "x").Newest.Id
            .ShouldBe(first.Id, "the last line wraps");
    }

    [Fact]
    public async Task A_link_to_the_key_file_stays_a_link_and_its_target_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
            return;
        var protector = Attentive();
        await protector.WrapAsync(Wang, Key, default);
        File.Move(_folder.Key, _folder["real.key"]);
        File.SetUnixFileMode(_folder["real.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(_folder.Key, _folder["real.key"]);

        var added = AddKey();
        new FileInfo(_folder.Key).LinkTarget.ShouldNotBeNull();
        File.GetUnixFileMode(_folder["real.key"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        MasterKey.IdOf(await protector.WrapAsync(Wang, Key, default)).ShouldBe(added);
    }

    [Fact]
    public async Task Whoever_wraps_many_keys_looks_at_the_file_now_and_then()
    {
        var protector = new FileKeyProtector(_folder.Key);
        await protector.WrapAsync(Wang, Key, default);
        var added = AddKey();
        var tries = 0;
        for (var under = ""; under != added; tries++)
            under = MasterKey.IdOf(await protector.WrapAsync(Wang, Key, default))!;
        tries.ShouldBeLessThan(1_000_000, "a moment later it is noticed");
    }

    /// <summary>Looks every time.</summary>
    private FileKeyProtector Attentive() => new(_folder.Key) { LookEvery = TimeSpan.Zero };

    private string AddKey()
    {
        var file = new MasterKeyFile(_folder.Key);
        var ring = file.Read().Ring.With(MasterKey.New(Situation.Morning));
        file.Replace(ring);
        return ring.Newest.Id;
    }

    private static async Task<string> CodeAsync(FileKeyProtector protector, byte[] wrapped) =>
        (await Should.ThrowAsync<MasterKeyException>(async () => await protector.UnwrapAsync(Wang, wrapped, default))).Error.Code;
}
