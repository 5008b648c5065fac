using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Core.Tests.History;

/// <summary>Envelopes moved about in stored bytes: a page shows nothing of them, and is shown all the same.</summary>
public sealed partial class MovedWordsTests
{
    private static readonly Wording English = new(CultureInfo.GetCultureInfo("en"), DateTimeZone.Utc);

    private readonly Situation _situation = Situation.Registered().Do(new AddNote("first")).Do(new AmendNarrative("second"));

    private ClearWords Words => new([Sealed.KeyOf(_situation.Complaint!)]);

    [Fact]
    public void The_title_is_one_envelope_and_opens_in_event_state_and_list()
    {
        var commits = Sealed.Commits(_situation);
        var registered = (ComplaintRegistered)EventCodec.Read(commits[0].Events[0].Body.Span).Event!;
        var read = StateCodec.Read(commits[^1].State.Span);
        var (folded, _) = StateCodec.Fold(TenantId.Default, Sealed.Events(commits));
        foreach (var title in new[] { registered.Entry.Title, read.Receipt.Title, folded!.Receipt.Title, commits[^1].Summary.Title })
        {
            Words.Of(title).ShouldBe(Situation.Draft.Title);
            title!.Envelope.ShouldBe(registered.Entry.Title!.Envelope);
            title.Envelope!.Version.ShouldBe(Envelope.Bound);
        }
        foreach (var complainant in new[] { registered.Entry.Complainant, read.Receipt.Complainant, folded.Receipt.Complainant })
            Words.Of(complainant)!.Name.ShouldBe("王小明");
        Words.Of(registered.Statement)!.Narrative.ShouldBe("订的是双门冰箱，送来的是单门。");
    }

    [Fact]
    public void In_another_field_another_complaint_or_another_tenant_an_event_says_nothing_and_is_shown()
    {
        var events = Sealed.Commits(_situation).SelectMany(commit => commit.Events).Select(stored => Sealed.Text(stored.Body)).ToList();
        var note = events.Single(body => body.Contains("\"note-added\"", StringComparison.Ordinal));
        var amended = events.Single(body => body.Contains("\"narrative-amended\"", StringComparison.Ordinal));
        var id = _situation.Complaint!.Id.ToString();

        Shown(note).ShouldContain("first", "the control: it stands where it was sealed for");
        Shown(amended).ShouldContain("second", "the control: it stands where it was sealed for");
        var moved = JsonNode.Parse(amended)!;
        moved["data"]!["amendment"] = JsonNode.Parse(note)!["data"]!["note"]!.DeepClone();
        foreach (var body in new[]
        {
            moved.ToJsonString(),
            note.Replace(id, Situation.IdOf(9).ToString(), StringComparison.Ordinal),
            note.Replace("\"tenant\":\"default\"", "\"tenant\":\"other\"", StringComparison.Ordinal),
            note.Replace("\"v\":2", "\"v\":1", StringComparison.Ordinal),
            note.Replace("\"v\":2", "\"v\":3", StringComparison.Ordinal),
            note.Replace("\"v\":2,", "", StringComparison.Ordinal),
        })
        {
            body.ShouldNotBe(note);
            Shown(body).ShouldBe(["(erased)"], body);
        }
    }

    [Fact]
    public void In_a_state_the_title_of_another_complaint_of_the_same_person_says_nothing()
    {
        var state = Sealed.Text(Sealed.Commits(_situation)[^1].State);
        var other = StateCodec.Read(Encoding.UTF8.GetBytes(
            state.Replace(_situation.Complaint!.Id.ToString(), Situation.IdOf(9).ToString(), StringComparison.Ordinal)));
        (Words.Of(other.Receipt.Title), Words.Of(other.Receipt.Complainant)).ShouldBe((null, null));
        var (folded, _) = StateCodec.Fold(new TenantId("other"), Sealed.Events(Sealed.Commits(_situation)));
        Words.Of(folded!.Receipt.Title).ShouldBeNull("another tenant's desk reads it");
    }

    [Fact]
    public void Every_value_that_was_sealed_opens_when_it_is_read_again()
    {
        var opened = new HashSet<string>();
        foreach (var situation in GoldenEventTests.Situations())
        {
            var keys = Sealed.KeysOf(situation.Complaint!);
            var words = new ClearWords([.. situation.Complaint!.Persons.Select(person => keys.Of(person)!)]);
            foreach (var recorded in Sealed.Events(Sealed.Commits(situation)))
            {
                foreach (var (name, value) in recorded.Event!.PersonalValues.Where(field => field.Value is not null))
                {
                    object? clear = value switch
                    {
                        Personal<string> text => words.Of(text),
                        Personal<Complainant> complainant => words.Of(complainant),
                        Personal<Statement> statement => words.Of(statement),
                        Personal<Item> item => words.Of(item),
                        Personal<ContactCard> card => words.Of(card),
                        _ => null,
                    };
                    clear.ShouldNotBeNull($"{recorded.Type}: {name}");
                    opened.Add($"{recorded.Type}: {name}");
                }
            }
        }
        opened.Count.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void No_event_names_a_field_twice_and_names_are_lower_case_words()
    {
        var named = 0;
        foreach (var (type, fields) in GoldenEventTests.Situations().SelectMany(situation => situation.Decisions)
            .SelectMany(decision => decision.Events).Select(happened => (happened.GetType().Name, happened.PersonalValues)))
        {
            Faults(fields).ShouldBeEmpty(type);
            named += fields.Length;
        }
        named.ShouldBeGreaterThan(0);
        PersonalField[] twice = [new("note", null), new("note", null)], shouted = [new("Note", null)], under = [new("source_id", null)];
        new[] { twice, shouted, under }.ShouldAllBe(fields => Faults(fields).Any(), "the control");
    }

    private static IEnumerable<string> Faults(PersonalField[] fields) =>
        fields.GroupBy(field => field.Name).Where(field => field.Count() > 1 || !FieldName().IsMatch(field.Key)).Select(field => field.Key);

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex FieldName();

    private IEnumerable<string> Shown(string body) =>
        EventCodec.Read(Encoding.UTF8.GetBytes(body)).Details(English, Rulebook.BuiltIn, Words).Select(detail => detail.Text);
}
