using System.Security.Cryptography;
using System.Text;
using Complaints.Core.Contact;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Contact;

/// <summary>Evidence: a file is kept whole with its record, or not at all.</summary>
public sealed class EvidenceTests : IDisposable
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, .. RandomNumberGenerator.GetBytes(200_000)];
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"evidence-{Guid.NewGuid():N}");
    private readonly DeskHarness _harness;

    public EvidenceTests() => _harness = new DeskHarness(
        StorePorts.Of(new InMemoryComplaintStore()), evidence: new FolderEvidenceStore(_folder));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private ComplaintDesk Desk => _harness.Desk;

    private string[] Files => Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*", SearchOption.AllDirectories) : [];

    private static AddEvidence Of(byte[] file, string type = "image/jpeg", string kind = "photo") =>
        new(kind, "王小明的水管.jpg", Convert.ToHexStringLower(SHA256.HashData(file)), file.Length, type);

    [Fact]
    public async Task S025_A_file_is_stored_with_its_record_and_read_back()
    {
        var id = await _harness.FileAsync();
        var result = await Desk.AddEvidenceAsync(id, Of(Photo), new Trickle(Photo));
        result.Answer!.Made.ShouldBe([new Subject("evidence", "1")]);
        Files.ShouldHaveSingleItem();
        (await Desk.ViewAsync(id))!.Complaint.Contact.Evidence.ShouldBe([new(1, "photo", Of(Photo).Sha256)]);
        var opened = (await Desk.OpenEvidenceAsync(id, 1, Purpose.CaseWork))!;
        (opened.Name, opened.Type, opened.Size).ShouldBe(("王小明的水管.jpg", "image/jpeg", Photo.Length));
        (await ReadAsync(opened.Content)).ShouldBe(Photo);
        (await Desk.OpenEvidenceAsync(id, 2, Purpose.CaseWork)).ShouldBeNull();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Files[0]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Path.GetFileName(Files[0]).ShouldNotContain("jpg");
    }

    [Fact]
    public async Task S025_Of_a_file_that_is_not_the_announced_one_nothing_stays()
    {
        var id = await _harness.FileAsync();
        byte[] other = [.. Photo[..^1], (byte)(Photo[^1] + 1)];
        foreach (var sent in new[] { other, Photo[..^1], [.. Photo, 1], [] })
        {
            (await Desk.AddEvidenceAsync(id, Of(Photo), new Trickle(sent))).Refusal!.Code
                .ShouldBe(sent.Length == 0 ? "evidence.type" : "evidence.hash_mismatch");
            Files.ShouldBeEmpty();
        }
        (await Desk.ViewAsync(id))!.Complaint.Contact.Evidence.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("MZ this is a program")]
    [InlineData("<html><script>")]
    [InlineData("%PDF-1.7")]
    public async Task S025_A_file_of_a_false_type_is_told_by_its_first_bytes_and_nothing_stays(string text)
    {
        var id = await _harness.FileAsync();
        byte[] file = [.. Encoding.ASCII.GetBytes(text), .. new byte[600]];
        (await Desk.AddEvidenceAsync(id, Of(file), new Trickle(file))).Refusal!.Code.ShouldBe("evidence.type");
        Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task S025_Two_gigabytes_are_refused_without_being_read()
    {
        var id = await _harness.FileAsync();
        var huge = new Trickle(Photo);
        (await Desk.AddEvidenceAsync(id, Of(Photo) with { Size = 2L * 1024 * 1024 * 1024 }, huge)).Refusal!.Code
            .ShouldBe("evidence.too_large");
        huge.Taken.ShouldBe(0);
        // One that lies about its size is read no further than it said.
        var liar = new Endless();
        (await Desk.AddEvidenceAsync(id, Of(Photo) with { Size = 1000 }, liar)).Refusal!.Code.ShouldBe("evidence.hash_mismatch");
        liar.Taken.ShouldBeLessThan(1_000_000);
        Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task S025_A_file_whose_reading_fails_leaves_nothing()
    {
        var id = await _harness.FileAsync();
        await Should.ThrowAsync<IOException>(() => Desk.AddEvidenceAsync(id, Of(Photo), new Trickle(Photo) { BreaksAt = 100_000 }));
        Files.ShouldBeEmpty();
        (await Desk.ViewAsync(id))!.Complaint.Contact.Evidence.ShouldBeEmpty();
    }

    [Fact]
    public async Task S025_The_same_again_is_answered_as_then_and_another_time_refused()
    {
        var id = await _harness.FileAsync();
        var options = new CommandOptions { CommandId = new CommandId(Guid.Parse("0197aaaa-0000-7000-8000-000000000001")) };
        await Desk.AddEvidenceAsync(id, Of(Photo), new Trickle(Photo), options);
        (await Desk.AddEvidenceAsync(id, Of(Photo), new Trickle(Photo), options)).Repeated.ShouldBeTrue();
        (await Desk.AddEvidenceAsync(id, Of(Photo), new Trickle(Photo))).Refusal!.Code.ShouldBe("evidence.twice");
        Files.ShouldHaveSingleItem("what is there already stays");
    }

    [Fact]
    public async Task S025_Who_may_not_leaves_no_file_and_is_told_so_beforehand()
    {
        var id = await _harness.FileAsync();
        var stranger = Desk.For(new Actor("eve", Role.Department));
        var refused = await stranger.AddEvidenceAsync(id, Of(Photo), new Trickle(Photo));
        refused.IsSuccess.ShouldBeFalse();
        Files.ShouldBeEmpty();
        (await Desk.AddEvidenceAsync(id, Of(Photo), new Trickle(Photo))).IsSuccess.ShouldBeTrue();
        (await stranger.OpenEvidenceAsync(id, 1, Purpose.CaseWork)).ShouldBeNull();
    }

    [Fact]
    public async Task R27_The_files_of_a_person_go_with_the_person_and_others_stay()
    {
        var id = await _harness.FileAsync();
        var other = await _harness.FileAsync(Drafts.Chinese());
        await Desk.AddEvidenceAsync(id, Of(Photo), new Trickle(Photo));
        await Desk.AddEvidenceAsync(other, Of(Photo), new Trickle(Photo));
        Files.Length.ShouldBe(2);
        var person = (await Desk.ViewAsync(id))!.Complaint.Receipt.Person;
        (await _harness.Keys.DestroyAsync(TenantId.Default, person, default)).ShouldBeTrue();
        Files.ShouldHaveSingleItem();
        (await Desk.OpenEvidenceAsync(id, 1, Purpose.CaseWork)).ShouldBeNull();
        (await ReadAsync((await Desk.OpenEvidenceAsync(other, 1, Purpose.CaseWork))!.Content)).ShouldBe(Photo);
        byte[] later = [0xFF, 0xD8, 0xFF, 1];
        (await Desk.AddEvidenceAsync(id, Of(later), new Trickle(later))).Refusal!.Code.ShouldBe("evidence.person_erased");
        Files.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task S025_A_file_that_somebody_changed_is_not_given_out_as_the_one_that_came()
    {
        var id = await _harness.FileAsync();
        await Desk.AddEvidenceAsync(id, Of(Photo), new Trickle(Photo));
        var bytes = File.ReadAllBytes(Files[0]);
        bytes[1000] ^= 1;
        File.WriteAllBytes(Files[0], bytes);
        var opened = (await Desk.OpenEvidenceAsync(id, 1, Purpose.CaseWork))!;
        await Should.ThrowAsync<IOException>(() => ReadAsync(opened.Content));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(131_072)]
    [InlineData(200_000)]
    public async Task R27_A_file_is_kept_sealed_and_neither_cut_off_nor_moved_nor_taken_for_another(int size)
    {
        byte[] file = [0x68, .. Enumerable.Range(0, size - 1).Select(i => (byte)('a' + i % 26))];
        var id = await _harness.FileAsync();
        (await Desk.AddEvidenceAsync(id, Of(file, "text/plain", "message"), new Trickle(file))).Refusal.ShouldBeNull();
        var kept = File.ReadAllBytes(Files.Single());
        if (size > 1000)
            Encoding.ASCII.GetString(kept).ShouldNotContain("abcdefgh");
        (await ReadAsync((await Desk.OpenEvidenceAsync(id, 1, Purpose.CaseWork))!.Content)).ShouldBe(file);
        byte[][] broken = [kept[..^1], kept[..17], [2, .. kept[1..]], [kept[0], (byte)(kept[1] ^ 1), .. kept[2..]], [.. kept[..^1],
            (byte)(kept[^1] ^ 1)]];
        foreach (var other in broken)
        {
            File.WriteAllBytes(Files.Single(), other);
            await Should.ThrowAsync<IOException>(async () => await ReadAsync((await Desk.OpenEvidenceAsync(id, 1,
                Purpose.CaseWork))!.Content));
        }
        // Of the same person and content, and yet of another case.
        var twin = await _harness.FileAsync();
        (await Desk.AddEvidenceAsync(twin, Of(file, "text/plain", "message"), new Trickle(file))).Refusal.ShouldBeNull();
        foreach (var one in Files)
            File.WriteAllBytes(one, kept);
        await Should.ThrowAsync<IOException>(async () => await ReadAsync((await Desk.OpenEvidenceAsync(twin, 1,
            Purpose.CaseWork))!.Content));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000/..")]
    [InlineData("")]
    public async Task S025_No_name_leads_out_of_the_folder(string hash)
    {
        var key = new EvidenceKey(new TenantId("../../x"), new SubjectId(Guid.Empty), Situation.IdOf(1), hash);
        var store = new FolderEvidenceStore(_folder);
        await Should.ThrowAsync<ArgumentException>(() => store.PutAsync(key, new MemoryStream([1]), default));
        var good = key with { Sha256 = new string('a', 64) };
        await store.PutAsync(good, new MemoryStream([1]), default);
        Files.ShouldHaveSingleItem().ShouldStartWith(_folder + Path.DirectorySeparatorChar);
        (await store.DeleteAllAsync(good.Tenant, good.Person, default)).ShouldBe(1);
        Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("portrait", "a.jpg", "image/jpeg", 10, "code.unknown")]
    [InlineData("photo", " ", "image/jpeg", 10, "text.required")]
    [InlineData("photo", "a.exe", "application/x-msdownload", 10, "evidence.type")]
    [InlineData("photo", "a.pdf", "application/pdf", 10, "evidence.type")]
    [InlineData("photo", "a.jpg", "image/jpeg", 0, "number.out_of_range")]
    [InlineData("photo", "a.jpg", "image/jpeg", 52_428_801, "evidence.too_large")]
    public void S025_What_is_no_evidence_is_refused_and_changes_nothing(string kind, string name, string type, long size, string code)
    {
        var refused = Situation.Registered().Try(new AddEvidence(kind, name, new string('a', 64), size, type));
        refused.Refusal!.Code.ShouldBe(code);
        refused.Events.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg")]
    public void S025_A_hash_is_whole_or_none(string hash) =>
        Situation.Registered().Try(new AddEvidence("photo", "a.jpg", hash, 1, "image/jpeg")).Refusal!.Code.ShouldBe("evidence.hash");

    [Fact]
    public void S025_A_hundred_pieces_are_enough()
    {
        var situation = Situation.Registered();
        for (var i = 0; i < 100; i++)
            situation.Do(new AddEvidence("photo", "a.jpg", $"{i:x64}", 1, "image/jpeg"));
        situation.Try(new AddEvidence("photo", "a.jpg", $"{100:x64}", 1, "image/jpeg")).Refusal!.Code.ShouldBe("list.full");
        Situation.In(ComplaintState.Withdrawn).Try(new AddEvidence("photo", "a.jpg", $"{1:x64}", 1, "image/jpeg")).Refusal!.Code
            .ShouldBe("lifecycle.not_permitted");
    }

    [Theory]
    [InlineData("image/png", "89504E470D0A1A0A00", true)]
    [InlineData("image/png", "FFD8FF", false)]
    [InlineData("image/webp", "524946460000000057454250", true)]
    [InlineData("audio/wav", "524946460000000057415645", true)]
    [InlineData("audio/wav", "524946460000000057454250", false)]
    [InlineData("video/mp4", "00000018667479706D703432", true)]
    [InlineData("image/heic", "000000186674797068656963", true)]
    [InlineData("audio/mpeg", "494433", true)]
    [InlineData("text/plain", "E4BDA0E5A5BD0A", true)]
    [InlineData("text/plain", "686900", false)]
    [InlineData("text/plain", "2321", false)]
    [InlineData("text/plain", "203C68746D6C3E", false)]
    [InlineData("image/svg+xml", "3C737667", false)]
    [InlineData("image/jpeg", "", false)]
    public void S025_Types_are_told_by_their_first_bytes(string type, string hex, bool fits) =>
        EvidenceType.Fits(type, Convert.FromHexString(hex)).ShouldBe(fits);

    [Theory]
    [InlineData("""{"kinds":[]}""", "definition.empty")]
    [InlineData("""{"kinds":[{"code":"a","label":{"en":"A","zh":"甲"},"types":[]}]}""", "definition.empty")]
    [InlineData("""{"kinds":[{"code":"a","label":{"en":"A","zh":"甲"},"types":["text/html"]}]}""", "definition.missing")]
    [InlineData("""{"kinds":[{"code":"a","label":{"en":"A","zh":"甲"},"types":["text/plain"]}],"maxBytes":2000000000}""",
        "number.out_of_range")]
    public void S025_Rules_of_evidence_that_make_no_sense_are_not_published(string json, string code) =>
        DefinitionKinds.Check("evidence", "default", json, Core.Definitions.Rulebook.BuiltIn)!.Details.ShouldHaveSingleItem().Code
            .ShouldBe(code);

    private static async Task<byte[]> ReadAsync(Stream content)
    {
        await using (content)
        {
            using var kept = new MemoryStream();
            await content.CopyToAsync(kept);
            return kept.ToArray();
        }
    }

    /// <summary>A file as it comes over a wire: a few bytes at a time.</summary>
    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public int Taken { get; private set; }

        public int BreaksAt { get; init; } = int.MaxValue;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= BreaksAt)
                throw new IOException("The line broke off.");
            var read = Read(buffer.Span[..Math.Min(buffer.Length, Position < 100 ? 3 : 4096)]);
            Taken += read;
            return new(read);
        }
    }

    private sealed class Endless : MemoryStream
    {
        public long Taken { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Photo.AsSpan(0, Math.Min(4, buffer.Length)).CopyTo(buffer.Span);
            Taken += buffer.Length;
            return new(buffer.Length);
        }
    }
}
