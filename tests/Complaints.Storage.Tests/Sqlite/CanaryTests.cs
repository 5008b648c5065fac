using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>
/// What people write stands nowhere in the files in the clear, in no encoding, before or after the log is written back, before or after an
/// erasure (R17, R27).
/// </summary>
public sealed class CanaryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R17_R27_No_word_of_any_command_stands_in_the_files_before_and_after_erasure()
    {
        await using var database = new TemporaryDatabase();
        var walk = new CanaryWalk(database.Open());
        output.WriteLine(await walk.PlayAsync(scripts: 60));
        walk.Missing.ShouldBeEmpty("every command with words was accepted with the canary in them");

        Found(database).ShouldBeEmpty("while the database is open");
        var erased = await walk.EraseAsync();
        output.WriteLine($"{erased} keys destroyed");
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
        var planted = ImmutableSortedDictionary<string, string>.Empty.Add("host", CanaryWalk.Bird.Word);
        await harness.FileAsync(Drafts.Chinese() with { Attributes = planted });

        Found(database).ShouldNotBeEmpty();
        await database.CloseAsync();
        Found(database).ShouldBe(["complaints.db utf-8"]);
    }

    [Fact]
    public void Control_the_canary_is_in_every_text_and_in_nothing_else()
    {
        var note = CommandCatalogue.Of(new AddNote("x"));
        note.Write(CanaryWalk.Dressed(new AddNote("x"))).ShouldContain("KANARIENVOGEL");
        CanaryWalk.Dressed(new Core.Resolution.Present(1)).ShouldBe(new Core.Resolution.Present(1));
        CommandCatalogue.All.Cast<CommandInfo>().Concat(CommandCatalogue.Improvements).SelectMany(command => command.Fields)
            .Where(field => field.Kind == FieldKind.Text).ShouldAllBe(field => field.IsPersonal, "a text is sealed, whatever it asks for");
    }

    private static List<string> Found(TemporaryDatabase database)
    {
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(database.File)!))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            found.AddRange(CanaryWalk.Bird.FoundIn(bytes).Select(encoding => $"{Path.GetFileName(file)} {encoding}"));
        }
        return found;
    }
}
