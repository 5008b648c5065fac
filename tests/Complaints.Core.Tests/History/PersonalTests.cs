using System.Security.Cryptography;
using Complaints.Core.History;
using Complaints.Core.Intake;

namespace Complaints.Core.Tests.History;

public sealed class PersonalTests
{
    private static readonly SubjectId Wang = new(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    [Fact]
    public void A_sealed_value_is_read_with_its_key_and_with_no_other()
    {
        var key = SubjectKey.New(Wang);
        var value = Personal.Of(new Complainant("王小明", Contacts: [new("phone", "13800138000")]));
        ((IPersonal)value).Seal(key);
        var stored = new Personal<Complainant>(value.Envelope!, IntakePersonalJson.Default.Complainant);
        stored.TryReveal(key, out var clear).ShouldBeTrue();
        clear!.Name.ShouldBe("王小明");
        clear.Contacts.Single().Value.ShouldBe("13800138000");
        stored.TryReveal(null, out _).ShouldBeFalse("the key was destroyed");
        stored.TryReveal(SubjectKey.New(new SubjectId(Guid.Empty)), out _).ShouldBeFalse("the key is another person's");
        Should.Throw<AuthenticationTagMismatchException>(() => stored.TryReveal(SubjectKey.New(Wang), out _));
    }

    [Fact]
    public void A_changed_envelope_does_not_open()
    {
        var key = SubjectKey.New(Wang);
        var envelope = key.Seal("secret"u8);
        var changed = envelope.Ciphertext.ToArray();
        changed[0] ^= 1;
        Should.Throw<AuthenticationTagMismatchException>(() => key.Open(envelope with { Ciphertext = changed }));
    }

    [Fact]
    public void An_unsealed_value_cannot_be_written()
    {
        var situation = Situation.Registered();
        Should.Throw<InvalidOperationException>(() => StateCodec.Write(situation.Complaint!)).Message.ShouldContain("sealed");
    }

    [Fact]
    public void After_erasure_words_are_left_out_and_the_rest_goes_on()
    {
        var situation = Situation.Registered();
        Sealed.Commits(situation);
        var note = situation.Try(new AddNote("calls again"));
        var left = CommitBuilder.Build(note, null, default, key: null, situation.Rules);
        System.Text.Encoding.UTF8.GetString(left.Events.Single().Body.Span).ShouldContain("\"n\":\"\",\"c\":\"\",\"t\":\"\"");
        (left.SealedUnder.IsEmpty, left.LeavesWordsOut).ShouldBe((true, true));
        var classified = situation.Try(new Core.Classification.Classify(Severity: "major"));
        CommitBuilder.Build(classified, null, default, key: null, situation.Rules).Events.Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_key_file_is_made_once_for_its_owner_only_and_its_loss_is_said()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-key-");
        try
        {
            var path = Path.Combine(folder.FullName, "sub", "complaints.key");
            var made = new FileKeyProtector(path);
            var wrapped = await made.WrapAsync(SubjectKey.New(Wang).Bytes, default);
            made.WasCreated.ShouldBeTrue();
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var again = new FileKeyProtector(path);
            await again.UnwrapAsync(wrapped, default);
            again.WasCreated.ShouldBeFalse();
            new FileKeyProtector(Path.GetRelativePath(Environment.CurrentDirectory, path)).Path.ShouldBe(path, "a full path, whatever was said");
            File.Delete(path);
            (await Should.ThrowAsync<InvalidDataException>(async () => await new FileKeyProtector(path).UnwrapAsync(wrapped, default))).Message.ShouldContain($"'{path}' is missing");
            File.Exists(path).ShouldBeFalse("a new key would hide that the old one is lost");
            File.WriteAllText(path, "not a key");
            (await Should.ThrowAsync<InvalidDataException>(async () => await new FileKeyProtector(path).WrapAsync(wrapped, default))).Message.ShouldContain("backup");
            (await Should.ThrowAsync<IOException>(async () => await new FileKeyProtector(folder.FullName).WrapAsync(wrapped, default))).Message.ShouldContain($"'{folder.FullName}' is a folder");
            (await Should.ThrowAsync<IOException>(async () => await new FileKeyProtector(Path.Combine(path, "x.key")).WrapAsync(wrapped, default))).Message.ShouldContain($"'{Path.Combine(path, "x.key")}' cannot be made");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_wrapped_key_opens_under_its_master_only()
    {
        var key = SubjectKey.New(Wang);
        var master = new FileKeyProtector(Sealed.SHA256Of("master"));
        var wrapped = await master.WrapAsync(key.Bytes, default);
        (await master.UnwrapAsync(wrapped, default)).ShouldBe(key.Bytes.ToArray());
        await Should.ThrowAsync<CryptographicException>(async () => await new FileKeyProtector(Sealed.SHA256Of("another")).UnwrapAsync(wrapped, default));
    }
}
