using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Complaints.Core;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;
using Complaints.Storage.Tests.Laws;
using Complaints.Storage.Tests.Scripts;
using Complaints.Testing;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>
/// What people write stands nowhere in the files in the clear, in no encoding, before or after the log is written back, before or after an
/// erasure (R17, R27). The canary is typed into every text of every command, as the catalogue names them: a new command plays along.
/// </summary>
public sealed class CanaryTests(ITestOutputHelper output)
{
    private const string Canary = "KANARIENVOGEL-金丝雀";

    /// <summary>Commands with words that no script can come to, with what they would need.</summary>
    private static readonly string[] NeedMore =
    [
        "recalculate", // a newer policy
        "request-extension", "decide-extension", // a policy that allows extensions
        "import", // is done below
    ];

    [Fact]
    public async Task R17_R27_No_word_of_any_command_stands_in_the_files_before_and_after_erasure()
    {
        await using var database = new TemporaryDatabase();
        var store = database.Open();
        var sent = new ConcurrentDictionary<string, int>();
        var harnesses = new List<(DeskHarness Harness, List<ComplaintId> Ids)>();
        var seed = 1;
        for (; seed <= 60 || seed <= 1_000 && Missing(sent).Except(NeedMore).Any(); seed++)
        {
            var tenant = new TenantId($"canary-{seed}");
            var (harness, ids, _) = await new Script(seed, sent, Dressed, Dressed).PlayAsync(StorePorts.Of(new TenantView(store, tenant)));
            harnesses.Add((harness, ids));
        }
        await ImportAsync(store);
        Missing(sent).ShouldBe(NeedMore, ignoreOrder: true, "every other command with words was accepted with the canary in them");
        output.WriteLine($"{seed - 1} scripts, {sent.Values.Sum()} commands with the canary, {sent.Count} kinds of commands");

        Found(database).ShouldBeEmpty("while the database is open");
        var erased = 0;
        foreach (var (harness, ids) in harnesses)
        {
            foreach (var id in ids)
            {
                var view = (await harness.Desk.ViewAsync(id))!;
                erased += await harness.Keys.DestroyAsync(TenantId.Default, view.Complaint.Receipt.Person, default) ? 1 : 0;
            }
        }
        output.WriteLine($"{erased} persons erased");
        erased.ShouldBeGreaterThan(60);
        Found(database).ShouldBeEmpty("after the erasure");
        await database.CloseAsync();
        Found(database).ShouldBeEmpty("with the log written back");
    }

    [Fact]
    public async Task Control_a_canary_in_an_attribute_is_found()
    {
        await using var database = new TemporaryDatabase();
        var harness = new DeskHarness(StorePorts.Of(database.Open()));
        await harness.FileAsync(Drafts.Chinese() with { Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("host", Canary) });

        Found(database).ShouldNotBeEmpty();
        await database.CloseAsync();
        Found(database).ShouldBe(["complaints.db utf-8"]);
    }

    [Fact]
    public void Control_the_canary_is_in_every_text_and_in_nothing_else()
    {
        var note = CommandCatalogue.Of(new AddNote("x"));
        note.Write(Dressed(new AddNote("x"))).ShouldContain("KANARIENVOGEL");
        Dressed(new LinkRepeat(default)).ShouldBe(new LinkRepeat(default));
        CommandCatalogue.All.SelectMany(command => command.Fields).Where(field => field.Kind == FieldKind.Text)
            .ShouldAllBe(field => field.IsPersonal, "a text is sealed, whatever it asks for");
    }

    /// <summary>The command with the canary in each of its texts.</summary>
    private static ComplaintCommand Dressed(ComplaintCommand command)
    {
        var known = CommandCatalogue.Of(command);
        var json = JsonNode.Parse(known.Write(command))!.AsObject();
        foreach (var field in known.Fields.Where(field => field.Kind == FieldKind.Text))
            json[field.Name] = Canary;
        return known.Read(json.ToJsonString()).Command!;
    }

    private static IntakeDraft Dressed(IntakeDraft draft) => draft with
    {
        Title = Canary,
        Complainant = new Complainant(
            Canary, draft.Complainant.CustomerRef is null ? null : Canary + draft.Complainant.CustomerRef,
            [.. draft.Complainant.Contacts, new ContactPoint(ContactPoint.Email, "KANARIENVOGEL@example.org")], Canary),
        Statement = new Statement(Canary, Canary, Canary, Canary),
        Item = new Item("product", Canary, Canary),
        ExternalRef = new ExternalRef("forum", $"{Canary}-{Guid.NewGuid()}"),
    };

    private static async Task ImportAsync(Complaints.Storage.Sqlite.SqliteStore store)
    {
        var harness = new DeskHarness(StorePorts.Of(store));
        var services = new DeskServices(
            store, store, harness.Keys, harness.Definitions, harness.Clock, new SequentialIds(), new NumberOptions(), store, harness.Clock);
        var run = new ImportDesk(services, store).Begin();
        var draft = Dressed(Drafts.English()) with { ReceivedAt = harness.Clock.GetCurrentInstant() };
        var prepared = await run.PrepareAsync([new ImportItem(new ImportComplaint(draft, []), Canary, HasRepeatText: true)]);
        (await run.CommitAsync(prepared)).ShouldBe(1);
    }

    private static IEnumerable<string> Missing(ConcurrentDictionary<string, int> sent) => CommandCatalogue.All
        .Where(command => command.Fields.Any(field => field.Kind == FieldKind.Text) || command.Name.Value == "import")
        .Select(command => command.Name.Value).Except(sent.Keys);

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
