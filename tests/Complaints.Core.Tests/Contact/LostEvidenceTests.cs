using System.Security.Cryptography;
using Complaints.Core.Contact;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Contact;

/// <summary>A file of evidence that is not there any more.</summary>
public sealed class LostEvidenceTests : IDisposable
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, .. RandomNumberGenerator.GetBytes(2_000)];
    private static readonly AddEvidence Add = new(
        "photo", "leak.jpg", Convert.ToHexStringLower(SHA256.HashData(Photo)), Photo.Length, "image/jpeg");

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"evidence-{Guid.NewGuid():N}");
    private readonly DeskHarness _harness;

    public LostEvidenceTests() => _harness = new DeskHarness(
        StorePorts.Of(new InMemoryComplaintStore()), evidence: new FolderEvidenceStore(_folder));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ComplaintDesk Desk => _harness.Desk;

    private string[] Files => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);

    [Fact]
    public async Task S025_A_file_that_got_lost_is_handed_in_again_as_the_same_evidence()
    {
        var id = await _harness.FileAsync();
        await HandInAsync(id, Photo);
        File.Delete(Files.ShouldHaveSingleItem());
        (await Desk.OpenEvidenceAsync(id, 1, Purpose.CaseWork)).ShouldBeNull("it is lost");
        byte[] another = [.. Photo[..^1], (byte)(Photo[^1] ^ 1)];
        (await HandInAsync(id, another)).Refusal!.Code.ShouldBe("evidence.hash_mismatch");
        Files.ShouldBeEmpty();

        (await HandInAsync(id, Photo)).Answer!.Made.ShouldBe([new Subject("evidence", "1")]);
        var view = (await Desk.ViewAsync(id))!;
        view.Complaint.Contact.Evidence.ShouldHaveSingleItem().Number.ShouldBe(1);
        view.History[^1].Event.ShouldBe(new EvidenceRestored(1));
        await using (var content = (await Desk.OpenEvidenceAsync(id, 1, Purpose.CaseWork))!.Content)
        {
            using var read = new MemoryStream();
            await content.CopyToAsync(read);
            read.ToArray().ShouldBe(Photo);
        }
        (await HandInAsync(id, Photo)).Refusal!.Code.ShouldBe("evidence.twice", "now it is there");
        (await Desk.ExecuteAsync(id, Add)).Refusal!.Code.ShouldBe("evidence.twice", "of a host that keeps files itself");
    }

    private Task<CommandResult> HandInAsync(ComplaintId id, byte[] file) => Desk.AddEvidenceAsync(id, Add, new MemoryStream(file));
}
