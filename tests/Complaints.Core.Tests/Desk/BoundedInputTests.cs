using System.Collections.Immutable;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>What comes in at, above and far above its bounds is a refusal with a code, and never an exception.</summary>
public sealed class BoundedInputTests
{
    private const int Huge = 5_000_000;
    private readonly DeskHarness _harness = new();

    [Fact]
    public async Task R40_A_draft_filled_to_every_bound_is_taken()
    {
        var filed = await _harness.Desk.RegisterAsync(Full());
        filed.IsSuccess.ShouldBeTrue(filed.Refusal?.ToString());
    }

    [Theory]
    [InlineData(21)]
    [InlineData(100)]
    public async Task R40_Lists_of_a_draft_are_bounded(int count)
    {
        var numbers = Enumerable.Range(0, count).ToArray();
        var contacts = numbers.Select(i => new ContactPoint("phone", $"1380013{i:D4}"));
        (await CodesAsync(Drafts.English() with { Complainant = new("Ann", Contacts: [.. contacts]) })).ShouldBe(["list.too_long"]);
        (await CodesAsync(Drafts.English() with { Risks = [.. numbers.Select(i => $"risk-{i}")] })).ShouldBe(["list.too_long"]);
        var facts = numbers.SelectMany(i => new[] { i, i + 10_000, i + 20_000 }).ToImmutableSortedDictionary(i => $"fact-{i}", _ => "x");
        (await CodesAsync(Drafts.English() with { Attributes = facts })).ShouldBe(["list.too_long"]);
        var wishes = new ContactPreference(Windows: [.. numbers.Select(_ => "09:00-10:00")]);
        (await CodesAsync(Drafts.English() with { Contact = wishes })).ShouldBe(["list.too_long"]);
    }

    [Theory]
    [InlineData(-62_135_596_800)]
    [InlineData(-1)]
    public async Task R40_A_receipt_before_1970_is_refused(long seconds) =>
        (await CodesAsync(Drafts.English() with { ReceivedAt = Instant.FromUnixTimeSeconds(seconds) })).ShouldBe(["time.out_of_range"]);

    [Fact]
    public async Task R40_Blanks_are_not_read_before_they_are_counted()
    {
        var blanks = new string(' ', 30_000);
        (await CodesAsync(Drafts.English() with { Statement = new(blanks) })).ShouldBe(["text.too_long"]);
        (await CodesAsync(Drafts.English() with { Severity = blanks })).ShouldBe(["code.unknown"]);
        (await CodesAsync(Drafts.English() with { Complainant = new(blanks) })).ShouldContain("text.too_long");
    }

    [Fact]
    public async Task R40_A_command_is_bounded_as_a_whole_before_it_is_hashed()
    {
        var id = await _harness.FileAsync();
        (await RefusalAsync(id, new AddNote(new string(' ', Huge)))).ShouldBe("command.too_large");
        (await RefusalAsync(id, new Propose([.. Enumerable.Repeat("exchange", Huge / 10)]))).ShouldBe("command.too_large");
        (await CodesAsync(Drafts.English() with { Statement = new(new string('x', Huge)) })).ShouldBe(["command.too_large"]);
        (await _harness.Desk.Improvements.OpenAsync(new("bulletin", new string('x', Huge)))).Refusal!.Code.ShouldBe("command.too_large");
        // Twenty notes, each as long as a note may be, in the characters that take the most room.
        var notes = new Sequence([.. Enumerable.Repeat<ComplaintCommand>(new AddNote(new string('字', Text.Long)), Sequence.Most)]);
        (await RefusalAsync(id, notes)).ShouldBeNull();
    }

    [Fact]
    public async Task R40_Lists_that_are_default_and_entries_that_are_null_are_nothing()
    {
        var id = await _harness.FileAsync();
        (await RefusalAsync(id, new Sequence(default(ImmutableArray<ComplaintCommand>)))).ShouldBe("sequence.length");
        (await RefusalAsync(id, new Sequence(new AddNote("a"), null!))).ShouldBe("sequence.length");
        (await RefusalAsync(id, new Propose(default))).ShouldBe((await RefusalAsync(id, new Propose([]))));
        (await RefusalAsync(id, new Propose(["exchange", null!]))).ShouldBeNull();
        var draft = Drafts.English() with
        {
            Complainant = new("Ann", Contacts: [null!, new(ContactPoint.Phone, "13800138000")]), Risks = [null!],
            Contact = new(Windows: [null!]),
        };
        (await CodesAsync(draft)).ShouldBeEmpty();
        (await CodesAsync(draft with { Complainant = draft.Complainant with { Contacts = default }, Risks = default })).ShouldBeEmpty();
        var facts = ImmutableSortedDictionary<string, string>.Empty.Add("shop", null!);
        (await CodesAsync(Drafts.English() with { Attributes = facts })).ShouldBe(["text.required"]);
    }

    [Theory]
    [InlineData(2101)]
    [InlineData(9000)]
    public async Task R40_With_a_clock_beyond_2100_everything_is_refused_and_cases_are_shown(int year)
    {
        var id = await _harness.FileAsync();
        _harness.Clock.Set(Instant.FromUtc(year, 1, 1, 0, 0));
        (await _harness.Desk.RegisterAsync(Drafts.English())).Refusal!.Code.ShouldBe("clock.out_of_range");
        (await RefusalAsync(id, new AddNote("late"))).ShouldBe("clock.out_of_range");
        (await RefusalAsync(id, new Recalculate("other", Remark: "late"))).ShouldNotBeNull();
        (await _harness.Desk.Improvements.OpenAsync(new("bulletin", "late"))).Refusal!.Code.ShouldBe("clock.out_of_range");
        (await _harness.Desk.ViewAsync(id)).ShouldNotBeNull().Complaint.Id.ShouldBe(id);
        (await _harness.Desk.ListAsync(new ComplaintQuery())).Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task R40_What_happened_before_1970_is_refused()
    {
        var id = await _harness.FileAsync();
        var options = new CommandOptions { OccurredAt = Instant.MinValue, BackdateReason = "paper" };
        (await _harness.Desk.ExecuteAsync(id, new AddNote("old"), options)).Refusal!.Code.ShouldBe("time.before_receipt");
        (await _harness.Desk.RegisterAsync(Drafts.English(), options)).Refusal!.Code.ShouldBe("time.too_far_back");
        var late = options with { OccurredAt = Instant.MaxValue };
        (await _harness.Desk.ExecuteAsync(id, new AddNote("new"), late)).Refusal!.Code.ShouldBe("time.in_future");
    }

    [Fact]
    public async Task R40_A_limit_that_ends_beyond_2100_is_refused()
    {
        _harness.Clock.Set(Instant.FromUtc(2099, 6, 1, 0, 0));
        var policy = Sla.Policies.Json("""{"objective":"resolution","limit":"10000 working days"}""", order: 1);
        (await _harness.Definitions.PublishAsync(TenantId.Default, "policy", "long", policy, Situation.Administrator, default))
            .Refusal.ShouldBeNull();
        (await _harness.Desk.RegisterAsync(Drafts.English())).Refusal!.Code.ShouldBe("calendar.out_of_range");
    }

    [Fact]
    public async Task R40_What_is_looked_up_is_bounded()
    {
        var huge = new string('9', Huge);
        await Should.ThrowAsync<ArgumentException>(async () => await _harness.Desk.LookupAsync(LookupText.Phone(huge)));
        await Should.ThrowAsync<ArgumentException>(async () => await _harness.Desk.SourceHashAsync(new(huge, "1")));
        await Should.ThrowAsync<ArgumentException>(async () => await _harness.Desk.FindAsync(new ExternalRef("crm", huge)));
        (await _harness.Desk.FindAsync(huge)).ShouldBeNull();
        (await _harness.Desk.LookupAsync(LookupText.Phone(new string('9', 400)))).ShouldNotBeEmpty();
    }

    private async Task<string?> RefusalAsync(ComplaintId id, ComplaintCommand command) =>
        (await _harness.Desk.ExecuteAsync(id, command)).Refusal?.Code;

    private async Task<IEnumerable<string>> CodesAsync(IntakeDraft draft) =>
        (await _harness.Desk.RegisterAsync(draft)).Refusal is not { } refusal ? []
            : refusal.Details.IsEmpty ? [refusal.Code] : refusal.Details.Select(detail => detail.Code);

    /// <summary>The largest draft that there is, in the characters that take the most room.</summary>
    private static IntakeDraft Full() => Drafts.English() with
    {
        Title = Of(Text.Title), Language = "zh-CN", ExternalRef = new(Of(Text.Id), Of(Text.Title)),
        Complainant = new(Of(Text.Id), Of(Text.Id), [.. Enumerable.Repeat(new ContactPoint(Of(Text.Id), Of(Text.Title)), 20)],
            Of(Text.Short)),
        Statement = new(Of(Text.Narrative), Of(Text.Long), Of(Text.Short), Of(Text.Id)),
        Item = new("product", Of(Text.Title), Of(Text.Title)),
        Risks = [.. Enumerable.Repeat(Of(Text.Id), 20)],
        Attributes = Enumerable.Range(10, 50).ToImmutableSortedDictionary(i => Of(Text.Id - 2) + i, _ => Of(Text.Short)),
    };

    private static string Of(int length) => new('字', length);
}
