using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Desk;

/// <summary>What an actor may see: the same in a list, a count, a search and a view; words are revealed for a purpose that is
/// kept.</summary>
public sealed class ReadingTests
{
    private readonly DeskHarness _harness = new();

    [Theory]
    [InlineData(true, Role.Agent)]
    [InlineData(true, Role.Supervisor)]
    [InlineData(true, Role.Administrator)]
    [InlineData(true, Role.Department, Role.Agent)]
    [InlineData(false, Role.Department)]
    [InlineData(false, Role.Customer)]
    [InlineData(false, "clerk")]
    [InlineData(false)]
    public async Task R26_Who_may_do_nothing_sees_nothing_in_list_count_scan_search_and_view(bool sees, params string[] roles)
    {
        var filed = await FileAsync();
        var desk = _harness.Desk.For(new Actor("zoe", roles));

        (await desk.ListAsync(new())).Items.Length.ShouldBe(sees ? 1 : 0);
        (await desk.CountAsync(new())).Count.ShouldBe(sees ? 1 : 0);
        (await desk.TotalsAsync()).Complaints.ShouldBe(sees ? 1 : 0);
        (await desk.ScanAsync().CountAsync()).ShouldBe(sees ? 1 : 0);
        (await desk.FindAsync(filed.Value.Number)).HasValue.ShouldBe(sees);
        (await desk.FindAsync(new ExternalRef("forum", "王小明的帖子"))).HasValue.ShouldBe(sees);
        var view = await desk.ViewAsync(filed.Value.Complaint);
        (view is not null).ShouldBe(sees);

        var seen = (await _harness.Desk.ViewAsync(filed.Value.Complaint))!;
        (await desk.RevealAsync(seen, Purpose.CaseWork)).Of(seen.Complaint.Receipt.Title).ShouldBe(sees ? Drafts.Chinese().Title : null);
        var page = await _harness.Desk.ListAsync(new());
        (await desk.RevealAsync(page, Purpose.Search)).Of(page.Items[0].Title).ShouldBe(sees ? Drafts.Chinese().Title : null);
    }

    [Fact]
    public async Task A_role_of_the_tenants_own_sees_as_what_it_counts_and_a_command_that_nobody_may_send_shows_nothing()
    {
        var filed = await FileAsync();
        await PublishAsync("""
            {"zone":"Asia/Shanghai","roles":{"handler":["agent"],"branch":["department"]},"permissions":{"archive":["branch","keeper"]}}
            """);

        (await SeesAsync("handler")).ShouldBeTrue();
        (await SeesAsync("keeper")).ShouldBeTrue("it may archive");
        (await SeesAsync(Role.Department)).ShouldBeFalse();
        (await SeesAsync("branch")).ShouldBeTrue("the tenant says itself that it may archive");
        (await SeesAsync("nobody")).ShouldBeFalse();

        async Task<bool> SeesAsync(string role) =>
            await _harness.Desk.For(new Actor("zoe", role)).ViewAsync(filed.Value.Complaint) is not null;
    }

    [Theory]
    [InlineData("clerk")]
    [InlineData(Role.Department)]
    public async Task R26_Who_sees_nothing_learns_nothing_by_commands_previews_and_registrations(string role)
    {
        var filed = await FileAsync();
        var id = filed.Value.Complaint;
        var stranger = _harness.Desk.For(new Actor("zoe", role));
        foreach (var known in new[] { id, new ComplaintId(Guid.NewGuid()) })
        {
            var told = await stranger.ExecuteAsync(known, new Core.Resolution.Close(), new CommandOptions { ExpectedVersion = 9 });
            (told.Refusal!.Code, told.Complaint).ShouldBe(("complaint.not_found", null), $"{known} is one of {id}");
            (await stranger.PreviewAsync(known, new Acknowledge())).ShouldBeNull();
        }

        foreach (var draft in new[] { Drafts.Chinese() with { ExternalRef = new("forum", "王小明的帖子") },
            Drafts.Chinese() with { SamePersonAs = id } })
        {
            var told = await stranger.RegisterAsync(draft);
            (told.Refusal!.Code, told.Complaint).ShouldBe(("authority.role", null));
        }
        (await _harness.Desk.TotalsAsync()).Complaints.ShouldBe(1);
    }

    [Fact]
    public async Task R26_A_department_that_may_register_is_not_told_whom_the_complaint_resembles()
    {
        await PublishAsync("""{"zone":"Asia/Shanghai","permissions":{"register":["agent","department"]}}""");
        var known = Drafts.Chinese() with { ExternalRef = new("forum", "王小明的帖子") };
        var filed = await _harness.Desk.RegisterAsync(known);
        var department = _harness.Desk.For(new Actor("zoe", Role.Department));

        var told = await department.RegisterAsync(Drafts.Chinese());
        told.IsSuccess.ShouldBeTrue();
        (told.Similar.Length, told.Complaint).ShouldBe((0, null));
        (await _harness.Desk.RegisterAsync(Drafts.Chinese())).Similar.ShouldNotBeEmpty("the control: an agent is told");
        (await department.RegisterAsync(Drafts.Chinese() with { SamePersonAs = filed.Value.Complaint })).Refusal!.Code
            .ShouldBe("complaint.not_found");
        var again = (await department.RegisterAsync(known)).Refusal!;
        again.Code.ShouldBe("complaint.exists");
        again.ToString().ShouldNotContain(filed.Value.Complaint.ToString());
        again.ToString().ShouldNotContain("王小明");
    }

    [Theory]
    [InlineData("clerk", "mistake")]
    [InlineData(Role.Agent, "mistake")]
    [InlineData(Role.Administrator, "made-up")]
    [InlineData(Role.Administrator, "other")]
    [InlineData(Role.Administrator, "made-up", false)]
    public async Task A_recalculation_that_nobody_may_do_or_that_gives_no_reason_does_not_end_in_silence(
        string role, string reason, bool isAnyThere = true)
    {
        if (isAnyThere)
            await FileAsync();
        var desk = _harness.Desk.For(new Actor("zoe", role));
        await Should.ThrowAsync<ArgumentException>(() => new Recalculation(desk).ApplyAsync(reason));
    }

    [Fact]
    public async Task What_a_desk_returns_is_sealed_and_tells_nothing_by_itself()
    {
        var filed = await FileAsync();
        var view = (await _harness.Desk.ViewAsync(filed.Value.Complaint))!;
        view.Complaint.Receipt.Title!.TryReveal(null, out _).ShouldBeFalse();
        view.ToString().ShouldNotContain("冰箱");
        ClearWords.None.Of(view.Complaint.Receipt.Title).ShouldBeNull();

        var words = await _harness.Desk.RevealAsync(view, Purpose.CaseWork);
        words.ToString().ShouldNotContain("冰箱");
        words.Of<Complainant>(null).ShouldBeNull();
        var stranger = await _harness.Desk.RegisterAsync(Drafts.English());
        var other = (await _harness.Desk.ViewAsync(stranger.Value.Complaint))!;
        words.Of(other.Complaint.Receipt.Title).ShouldBeNull("it was asked for another person's");
    }

    [Fact]
    public async Task Who_was_shown_whose_words_and_what_for_is_written_down_first()
    {
        var log = new Disclosures();
        var desk = Desk(log);
        var filed = await FileAsync();
        var view = (await desk.ViewAsync(filed.Value.Complaint))!;
        await desk.RevealAsync(view, new Purpose("quality-check"));
        var page = await desk.ListAsync(new());
        await desk.RevealAsync(page, Purpose.Search);
        await desk.For(new Actor("zoe", "clerk")).RevealAsync(page, Purpose.Search);

        log.Written.Select(entry => (entry.Actor.Id, entry.Purpose.Value, entry.Persons.Single())).ShouldBe(
            [("amy", "quality-check", view.Complaint.Receipt.Person), ("amy", "search", view.Complaint.Receipt.Person)]);
        log.Written.ShouldAllBe(entry => entry.Tenant == TenantId.Default && entry.At == _harness.Clock.GetCurrentInstant());

        log.Fails = true;
        await Should.ThrowAsync<TimeoutException>(async () => await desk.RevealAsync(view, Purpose.CaseWork));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u0000b")]
    [InlineData(null)]
    public async Task Words_are_not_revealed_for_no_purpose(string? purpose)
    {
        var view = (await _harness.Desk.ViewAsync((await FileAsync()).Value.Complaint))!;
        (await Should.ThrowAsync<ArgumentException>(async () => await _harness.Desk.RevealAsync(view, new Purpose(purpose!))))
            .ParamName.ShouldBe("purpose");
    }

    private Task<CommandResult> FileAsync() =>
        _harness.Desk.RegisterAsync(Drafts.Chinese() with { ExternalRef = new("forum", "王小明的帖子") });

    private async Task PublishAsync(string settings)
    {
        var (_, refusal) = await _harness.Definitions.PublishAsync(
            TenantId.Default, SharedDefinitions.Tenant.Name, "default", settings, DeskHarness.Administrator, default);
        refusal.ShouldBeNull(refusal?.ToString());
    }

    private ComplaintDesk Desk(IDisclosureLog log)
    {
        var ports = _harness.Ports;
        return new ComplaintDesk(new DeskServices(
            ports.Store, ports.Reader, _harness.Keys, _harness.Definitions, _harness.Clock, new UuidV7Generator(), timers: ports.Timers,
            deadlines: _harness.Clock, disclosures: log)).For(DeskHarness.Agent);
    }

    private sealed class Disclosures : IDisclosureLog
    {
        public List<Disclosure> Written { get; } = [];

        public bool Fails { get; set; }

        public ValueTask WriteAsync(Disclosure disclosure, CancellationToken cancellationToken)
        {
            if (Fails)
                throw new TimeoutException();
            Written.Add(disclosure);
            return default;
        }
    }
}
