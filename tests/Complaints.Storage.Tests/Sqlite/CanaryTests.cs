using System.Collections.Immutable;
using System.Text;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>Personal text stands nowhere in the files in the clear, in neither encoding, before or after the log is written back (R17, R27).</summary>
public sealed class CanaryTests
{
    private const string Canary = "KANARIENVOGEL-金丝雀";

    [Fact]
    public async Task R17_no_personal_text_stands_in_the_database_or_its_log()
    {
        await using var database = new TemporaryDatabase();
        await FileAsync(database, Drafts.Chinese());

        Found(database).ShouldBeEmpty();
        await database.CloseAsync();
        Found(database).ShouldBeEmpty();
    }

    [Fact]
    public async Task Control_a_canary_in_an_attribute_is_found()
    {
        await using var database = new TemporaryDatabase();
        await FileAsync(database, Drafts.Chinese() with { Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("host", Canary) });

        Found(database).ShouldNotBeEmpty();
        await database.CloseAsync();
        Found(database).ShouldBe(["complaints.db utf-8"]);
    }

    private static async Task FileAsync(TemporaryDatabase database, IntakeDraft draft)
    {
        var harness = new DeskHarness(StorePorts.Of(database.Open()));
        var id = await harness.FileAsync(draft with
        {
            Title = Canary,
            Complainant = new Complainant(Canary, Canary, [new ContactPoint(ContactPoint.Email, "KANARIENVOGEL@example.org")], Canary),
            Statement = new Statement(Canary, Canary, Canary, Canary),
        });
        await harness.DoAsync(id,
        [
            new AddNote(Canary), new AmendNarrative(Canary), new RecordInteraction(Direction.Inbound, "phone", Summary: Canary), new Propose([], Canary, NeedsExecution: false),
            new Present(1), new RejectProposal(1, "other", Canary), new PlaceOnHold("parts", Note: Canary), new Withdraw("other", Canary),
        ]);
    }

    private static List<string> Found(TemporaryDatabase database)
    {
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(database.File)!))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
            {
                foreach (var canary in new[] { "KANARIENVOGEL", "kanarienvogel", "金丝雀" })
                {
                    if (bytes.AsSpan().IndexOf(encoding.GetBytes(canary)) >= 0)
                        found.Add($"{Path.GetFileName(file)} {encoding.WebName}");
                }
            }
        }
        return [.. found.Distinct()];
    }
}
