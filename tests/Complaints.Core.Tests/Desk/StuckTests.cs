using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>No case without a next move: each deadlock is planted and named, and what is well is not.</summary>
public sealed class StuckTests
{
    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk;

    private async Task<List<string>> StuckAsync()
    {
        var found = new List<string>();
        await foreach (var stuck in Desk.StuckAsync())
            found.Add($"{stuck.Number} {stuck.Cause}");
        return found;
    }

    private async Task PublishAsync(string kind, string json)
    {
        (await _harness.Definitions.PublishAsync(TenantId.Default, kind, "default", json, DeskHarness.Administrator, default))
            .Refusal.ShouldBeNull();
        _harness.Clock.Advance(Duration.FromSeconds(31));
    }

    /// <summary>Amy and Ben handle, Sun may decide up to 2,000.</summary>
    private Task StaffAsync(string more = "", string ben = "", string sun = "") => PublishAsync("staff",
        $$"""
        {"people":[{"id":"amy","roles":["agent"],"teams":["north"]},{"id":"ben","roles":["agent"],"teams":["north"]{{ben}}},
        {"id":"sun","roles":["supervisor"]{{sun}}}{{more}}]}
        """);

    private async Task<ComplaintId> OwnedAsync(string owner = "amy", params ComplaintCommand[] more)
    {
        var id = await _harness.FileAsync(Drafts.English(Random.Shared.Next(1_000_000)));
        await _harness.DoAsync(id, [new HandOver(owner, null, "expertise"), .. more]);
        return id;
    }

    private async Task<ComplaintId> AskedAsync(decimal cost, Actor? by = null)
    {
        var id = await OwnedAsync("amy", new StartInvestigation());
        var desk = Desk.For(by ?? DeskHarness.Agent);
        (await desk.ExecuteAsync(id, new Propose(["compensation"], "Money.", cost))).Refusal.ShouldBeNull();
        (await desk.ExecuteAsync(id, new RequestApproval(1))).Refusal.ShouldBeNull();
        return id;
    }

    [Fact]
    public async Task X54_The_only_approver_asked_for_it()
    {
        await StaffAsync();
        await AskedAsync(500, DeskHarness.Supervisor);
        (await StuckAsync()).ShouldBe(["2026-000001 only-the-involved"]);
        await StaffAsync(""",{"id":"mia","roles":["manager"]}""");
        (await StuckAsync()).ShouldBeEmpty("Mia may as well");
    }

    [Fact]
    public async Task X54_Nobody_has_the_authority()
    {
        await StaffAsync();
        await AskedAsync(2_000);
        (await StuckAsync()).ShouldBeEmpty();
        await AskedAsync(2_000.01m);
        (await StuckAsync()).ShouldBe(["2026-000002 no-authority"]);
    }

    [Fact]
    public async Task X54_The_owner_left()
    {
        await StaffAsync();
        await OwnedAsync("ben");
        (await StuckAsync()).ShouldBeEmpty();
        await StaffAsync(ben: ""","left":"2026-08-31" """);
        (await StuckAsync()).ShouldBe(["2026-000001 owner-left"]);
    }

    [Fact]
    public async Task X54_The_team_is_empty()
    {
        await StaffAsync();
        var id = await _harness.FileAsync();
        await _harness.DoAsync(id, [new HandOver(null, "north", "expertise")]);
        (await StuckAsync()).ShouldBeEmpty();
        await _harness.DoAsync(id, [new HandOver(null, "south", "expertise")]);
        (await StuckAsync()).ShouldBe(["2026-000001 team-empty"]);
    }

    [Fact]
    public async Task X54_A_hold_without_a_review()
    {
        await StaffAsync();
        await OwnedAsync("amy", new PlaceOnHold("legal", new LocalDate(2026, 10, 1), "Waits."));
        (await StuckAsync()).ShouldBeEmpty();
        await OwnedAsync("amy", new PlaceOnHold("legal", Note: "Waits."));
        (await StuckAsync()).ShouldBe(["2026-000002 hold-without-review"]);
    }

    [Fact]
    public async Task X54_Consent_was_never_answered()
    {
        await StaffAsync();
        await OwnedAsync("amy", new StartInvestigation(), new Propose(["apology"], "Sorry."), new Present(1));
        (await StuckAsync()).ShouldBeEmpty();
        _harness.Clock.Advance(Duration.FromDays(7) + Duration.FromMinutes(1));
        (await StuckAsync()).ShouldBe(["2026-000001 consent-unanswered"]);
    }

    [Fact]
    public async Task X54_An_extension_was_not_decided()
    {
        await StaffAsync();
        (await _harness.Definitions.PublishAsync(TenantId.Default, "policy", "call-centre", Policies.Json(
            """{"objective":"resolution","limit":"50 hours","extensions":{"max":2,"longest":"20 days"}}""", order: 1000),
            Situation.Administrator, default))
            .Refusal.ShouldBeNull();
        _harness.Clock.Advance(Duration.FromSeconds(31));
        var id = await OwnedAsync();
        var due = (await Desk.ViewAsync(id))!.Clocks.Single(clock => clock.Objective == Objective.Resolution).Due!.Value;
        var later = new RequestExtension("resolution/1", due + Duration.FromDays(3), "waits-for-others");
        (await Desk.ExecuteAsync(id, later)).Refusal.ShouldBeNull();
        (await StuckAsync()).ShouldBeEmpty();
        _harness.Clock.Advance(due - _harness.Clock.GetCurrentInstant() + Duration.FromMinutes(1));
        (await StuckAsync()).ShouldBe(["2026-000001 extension-undecided"]);
    }

    [Fact]
    public async Task X54_A_merge_was_not_finished()
    {
        var store = new InMemoryComplaintStore();
        await using var torn = new TornMerge(store);
        var harness = new DeskHarness(StorePorts.Of(store) with { Store = torn });
        var (one, other) = (await harness.FileAsync(), await harness.FileAsync(Drafts.English(2)));
        torn.Fails = true;
        (await harness.Desk.ExecuteAsync(one, new Merge(other, "other", "The same."))).IsSuccess.ShouldBeTrue();
        var found = new List<StuckCase>();
        await foreach (var stuck in harness.Desk.StuckAsync())
            found.Add(stuck);
        found.ShouldBeEmpty("a sweep is on its way");
        harness.Clock.Advance(Duration.FromHours(2));
        await foreach (var stuck in harness.Desk.StuckAsync())
            found.Add(stuck);
        found.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            stuck => stuck.Cause.ShouldBe(StuckCause.MergeUnfinished), stuck => stuck.Number.ShouldBe("2026-000001"));
    }

    [Fact]
    public async Task X54_A_promise_of_somebody_who_is_away()
    {
        var due = _harness.Clock.GetCurrentInstant() + Duration.FromDays(3);
        await StaffAsync();
        await OwnedAsync("amy", new MakeCommitment("A call.", due, "ben"));
        (await StuckAsync()).ShouldBeEmpty();
        const string Away = ""","absent":[{"from":"2026-08-30","until":"2026-09-10"}]""";
        await StaffAsync(ben: Away);
        (await StuckAsync()).ShouldBe(["2026-000001 owner-away"]);
        await StaffAsync(ben: Away + ""","deputy":"amy" """);
        (await StuckAsync()).ShouldBeEmpty("amy stands in");
        (await Desk.WorkAsync(new() { Mine = true })).Items.Select(item => item.Row.Work)
            .ShouldBe(["promise", "handle"], ignoreOrder: true, "and finds it among her own");
    }

    [Fact]
    public async Task X54_A_review_was_not_answered()
    {
        await StaffAsync();
        await OwnedAsync("amy", new Resolve("solved", "Done."), new NotifyResult("phone"), new RequestReview("phone"));
        (await StuckAsync()).ShouldBeEmpty();
        _harness.Clock.Advance(Duration.FromDays(30));
        (await StuckAsync()).ShouldBe(["2026-000001 review-undecided"]);
    }

    [Fact]
    public async Task X54_Without_a_directory_only_time_and_holds_tell()
    {
        await AskedAsync(1_000_000);
        await OwnedAsync("nobody-known");
        (await StuckAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task X54_Whoever_sees_nothing_is_told_nothing()
    {
        await StaffAsync();
        await OwnedAsync("amy", new PlaceOnHold("legal", Note: "Waits."));
        await foreach (var _ in Desk.For(new Actor("eve", Role.Department)).StuckAsync())
            Assert.Fail("a department sees no cases");
    }

    [Fact]
    public void X54_Every_cause_has_its_words_in_both_languages()
    {
        StuckCause.All.Length.ShouldBe(11);
        foreach (var cause in StuckCause.All)
        {
            foreach (var label in (Label[])[cause.Label, StuckCause.Remedy(cause.Code)])
                (label.En.Length > 5 && label.Zh.Any(letter => letter > 0x4e00)).ShouldBeTrue(cause.Code);
        }
    }

    /// <summary>A store that takes nothing any more once it fails, but for the merge itself.</summary>
    private sealed class TornMerge(InMemoryComplaintStore good) : Core.Storage.IComplaintStore, IAsyncDisposable
    {
        private int _left = 1;

        public bool Fails { get; set; }

        public ValueTask<Core.Storage.LoadedComplaint> LoadAsync(
            TenantId tenant, ComplaintId id, CommandId command, CancellationToken token) => good.LoadAsync(tenant, id, command, token);

        public ValueTask<Core.Storage.LoadedIntake> LoadIntakeAsync(Core.Storage.IntakeQuery query, CancellationToken token) =>
            good.LoadIntakeAsync(query, token);

        public ValueTask<Core.Storage.CommitOutcome> CommitAsync(Core.Storage.ComplaintCommit commit, CancellationToken token) =>
            Fails && _left-- <= 0 ? throw new Core.Storage.StoreUnavailableException("torn") : good.CommitAsync(commit, token);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
