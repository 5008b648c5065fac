using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Complaints.Core.History;
using Complaints.Core.Tests.History;

namespace Complaints.Core.Tests.Evolution;

/// <summary>
/// Whole histories with the states to which they lead, a line each in <c>Golden/histories.ndjson</c>. Their events are read-only. When one
/// leads to another state, <see cref="StateCodec.FoldNumber"/> must rise, so that stored states are built anew; then
/// <c>COMPLAINTS_APPROVE_GOLDEN=1</c> writes the new states down, and histories of events that have none yet.
/// </summary>
public sealed class GoldenHistoryTests
{
    [Fact]
    public void Every_golden_history_leads_to_the_state_that_it_led_to_under_the_same_fold_number()
    {
        var lines = File.Exists(Golden()) ? File.ReadAllLines(Golden()).ToList() : [];
        if (Environment.GetEnvironmentVariable("COMPLAINTS_APPROVE_GOLDEN") == "1")
        {
            lines = [.. lines.Select(Approved), .. Missing(lines)];
            File.WriteAllLines(Golden(), lines);
        }

        lines.SelectMany(Findings).ShouldBeEmpty();
        TypesIn(lines).ShouldBe(ComplaintRooms.Current.Catalogue.Events.Select(happened => happened.Name), ignoreOrder: true,
            "each event is in one of them");
    }

    [Fact]
    public void Control_another_state_under_the_same_fold_number_is_found_and_cannot_be_approved()
    {
        var line = File.ReadAllLines(Golden())[0];
        var other = line.Replace("\"handOvers\":0", "\"handOvers\":9", StringComparison.Ordinal);
        other.ShouldNotBe(line);
        Findings(line).ShouldBeEmpty();
        Findings(other).ShouldHaveSingleItem().ShouldContain("FoldNumber");
        Approved(other).ShouldBe(other);
        Approved(other.Replace($"\"fold\":{StateCodec.FoldNumber}", "\"fold\":0", StringComparison.Ordinal)).ShouldBe(line);
        Findings(line.Replace($"\"fold\":{StateCodec.FoldNumber}", "\"fold\":0", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldContain("COMPLAINTS_APPROVE_GOLDEN");
    }

    private static IEnumerable<string> Findings(string line)
    {
        using var golden = JsonDocument.Parse(line);
        var fold = golden.RootElement.GetProperty("fold").GetInt32();
        var name = golden.RootElement.GetProperty("name").GetString();
        if (fold != StateCodec.FoldNumber)
            yield return $"{name}: its state is that of fold {fold}; run with COMPLAINTS_APPROVE_GOLDEN=1 and look at what changes";
        else if (golden.RootElement.GetProperty("state").GetRawText() is var was && StateOf(golden) is var now && was != now)
            yield return $"{name}: its events lead to another state; raise StateCodec.FoldNumber. Was {was}, is {now}";
    }

    /// <summary>Only a higher fold number lets a state change.</summary>
    private static string Approved(string line)
    {
        using var golden = JsonDocument.Parse(line);
        return golden.RootElement.GetProperty("fold").GetInt32() == StateCodec.FoldNumber ? line
            : Line(golden.RootElement.GetProperty("name").GetString()!, golden.RootElement.GetProperty("events").GetRawText(),
                StateOf(golden));
    }

    private static string StateOf(JsonDocument golden)
    {
        var events = golden.RootElement.GetProperty("events").EnumerateArray()
            .Select(body => EventCodec.Read(Encoding.UTF8.GetBytes(body.GetRawText())));
        var (state, unknown) = StateCodec.Fold(TenantId.Default, events);
        unknown.ShouldBeNull();
        return Sealed.Text(StateCodec.Write(state!));
    }

    private static string Line(string name, string events, string state) =>
        $$"""{"name":"{{name}}","fold":{{StateCodec.FoldNumber}},"events":{{events}},"state":{{state}}}""";

    private static HashSet<string> TypesIn(IEnumerable<string> lines)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            using var golden = JsonDocument.Parse(line);
            foreach (var body in golden.RootElement.GetProperty("events").EnumerateArray())
                types.Add(body.GetProperty("type").GetString()!);
        }
        return types;
    }

    /// <summary>Situations that bring a type of event that no line has.</summary>
    private static IEnumerable<string> Missing(IEnumerable<string> lines)
    {
        var types = TypesIn(lines);
        foreach (var situation in GoldenEventTests.Situations().OrderByDescending(situation => situation.Decisions.Count))
        {
            var commits = Sealed.Commits(situation);
            var bodies = commits.SelectMany(commit => commit.Events).Select(stored => Sealed.Text(stored.Body)).ToList();
            var fresh = Sealed.Events(commits).Select(recorded => recorded.Type).Where(types.Add).Distinct().ToList();
            if (fresh.Count > 0)
                yield return Line(string.Join(' ', fresh), $"[{string.Join(',', bodies)}]", Sealed.Text(commits[^1].State));
        }
        // What is no longer written, but must be read for ever.
        foreach (var old in ComplaintRooms.Current.Catalogue.Events.Where(happened => types.Add(happened.Name)))
        {
            var events = $"[{Body("registered", 1)},{Body(old.Name, old.Version)}]";
            using var golden = JsonDocument.Parse($$"""{"events":{{events}}}""");
            yield return Line(old.Name, events, StateOf(golden));
        }
    }

    private static string Body(string name, int version) => File.ReadAllText(GoldenEventTests.PathOf($"{name}.v{version}.json"));

    private static string Golden([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "Golden", "histories.ndjson");
}
