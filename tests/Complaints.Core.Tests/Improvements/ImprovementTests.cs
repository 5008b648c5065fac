using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Improvements;

/// <summary>An improvement from its opening to its end, and what is refused on the way (S071, S086, S147, X08).</summary>
public sealed class ImprovementTests
{
    private static readonly Actor Quality = new("qiu", Role.Quality);
    private static readonly Actor Manager = new("ma", Role.Manager);

    private readonly DeskHarness _harness = new();

    private ImprovementDesk Desk => _harness.Desk.For(Quality).Improvements;

    [Fact]
    public async Task S071_Twelve_complaints_are_linked_and_each_says_so_itself()
    {
        var complaints = await FileAsync(12);
        var opened = (await Desk.OpenAsync(new OpenImprovement("systemic-issue", "北仓包裹延误", Complaints: [.. complaints]))).Value;
        opened.Number.ShouldBe("I-2026-0001");

        var view = (await Desk.ViewAsync(opened.Improvement))!;
        view.Improvement.Complaints.Select(link => link.Complaint).ShouldBe(complaints);
        view.Improvement.Links.ShouldAllBe(link => link.IsSettled);
        foreach (var complaint in complaints)
        {
            var seen = (await _harness.Desk.ViewAsync(complaint))!;
            (seen.Complaint.Improvements.ShouldHaveSingleItem() with { Since = null }).ShouldBe(
                new(opened.Improvement, "I-2026-0001", 1 + complaints.IndexOf(complaint), Stands: true));
            var said = seen.History[^1].Details(new Wording(new("zh-CN")), Rulebook.BuiltIn, ClearWords.None).ShouldHaveSingleItem();
            (said.Label, said.Text).ShouldBe(("整改", "I-2026-0001"));
        }
    }

    [Fact]
    public async Task X08_A_complaint_leaves_and_comes_back_and_is_linked_once()
    {
        var complaints = await FileAsync(3);
        var id = await OpenAsync(complaints);
        (await Desk.ExecuteAsync(id, new LinkComplaints([complaints[1]]))).Refusal!.Code.ShouldBe("link.exists");
        (await Desk.ExecuteAsync(id, new UnlinkComplaints([complaints[1]]))).IsSuccess.ShouldBeTrue();
        (await LinkOfAsync(complaints[1])).Stands.ShouldBeFalse();
        (await Desk.ViewAsync(id))!.Improvement.Links.Length.ShouldBe(2, "what has left, and knows it, is over");
        (await Desk.ExecuteAsync(id, new UnlinkComplaints([complaints[1]]))).Refusal!.Code.ShouldBe("link.none");
        (await Desk.ExecuteAsync(id, new LinkComplaints([complaints[1]]))).IsSuccess.ShouldBeTrue();
        (await LinkOfAsync(complaints[1])).ShouldSatisfyAllConditions(link => link.Stands.ShouldBeTrue(), link => link.Link.ShouldBe(5));
    }

    [Fact]
    public async Task X08_An_unknown_or_a_foreign_complaint_links_none_of_them()
    {
        var complaints = await FileAsync(2);
        var id = await OpenAsync([complaints[0]]);
        var unknown = new ComplaintId(Guid.NewGuid());
        var foreign = (await _harness.Desk.For(DeskHarness.Agent, new TenantId("other")).RegisterAsync(Drafts.English())).Value.Complaint;
        foreach (var wrong in new[] { unknown, foreign })
        {
            var refused = await Desk.ExecuteAsync(id, new LinkComplaints([complaints[1], wrong]));
            refused.Refusal!.Code.ShouldBe("link.target_missing");
        }
        (await Desk.ViewAsync(id))!.Improvement.Links.Length.ShouldBe(1);
        (await _harness.Desk.ViewAsync(complaints[1]))!.Complaint.Improvements.ShouldBeEmpty();
    }

    [Fact]
    public async Task X08_A_link_that_comes_late_does_not_undo_a_newer_one()
    {
        var complaint = (await FileAsync(1))[0];
        var id = await OpenAsync([complaint]);
        await Desk.ExecuteAsync(id, new UnlinkComplaints([complaint]));
        var system = _harness.Desk.For(Actor.System);
        (await system.ExecuteAsync(complaint, new Core.Investigation.FollowImprovement(id, "I-2026-0001", 1, Stands: true))).Refusal!.Code
            .ShouldBe("link.known");
        (await LinkOfAsync(complaint)).Stands.ShouldBeFalse();
        (await _harness.Desk.ExecuteAsync(complaint, new Core.Investigation.FollowImprovement(id, "I-2026-0001", 9,
            Stands: true))).Refusal!.Code
            .ShouldBe("authority.internal");
    }

    [Fact]
    public async Task S086_An_overdue_action_is_late_and_escalates_once_by_the_steps_of_its_kind()
    {
        var id = await OpenAsync([]);
        var start = _harness.Clock.GetCurrentInstant();
        (await Desk.ExecuteAsync(id, new PlanAction("corrective", "x", start))).Refusal!.Code.ShouldBe("time.not_in_future");
        var end = Instant.FromUtc(2100, 1, 1, 0, 0);
        (await Desk.ExecuteAsync(id, new PlanAction("corrective", "x", end))).Refusal!.Code.ShouldBe("action.too_far");
        (await Desk.ExecuteAsync(id, new PlanAction("corrective", "x", Instant.MaxValue))).Refusal!.Code.ShouldBe("time.out_of_range");
        (await Desk.ExecuteAsync(id, new PlanAction("training", "x", start + Duration.FromHours(1)))).Refusal!.Code
            .ShouldBe("improvement.no_action");
        (await Desk.ExecuteAsync(id, new PlanAction("corrective", "Two more vans.", start + Duration.FromHours(10), "dan"))).Value.Made
            .ShouldBe([Subject.Of("action", 1)]);

        _harness.Clock.Advance(Duration.FromHours(8));
        (await _harness.Desk.SweepAsync()).Changed.ShouldBe(1, "80 %");
        _harness.Clock.Advance(Duration.FromHours(2));
        (await _harness.Desk.SweepAsync()).Changed.ShouldBe(1, "the first rung stands at the due instant; late it is only after it");
        _harness.Clock.Advance(Duration.FromMinutes(1));
        (await _harness.Desk.SweepAsync()).Changed.ShouldBe(1);
        (await _harness.Desk.SweepAsync()).Changed.ShouldBe(0);
        (await TypesAsync(id)).ShouldBe(["improvement-opened", "action-planned", "action-reminded", "action-escalated", "action-overdue"]);

        _harness.Clock.Advance(Duration.FromDays(30));
        (await _harness.Desk.SweepAsync()).Changed.ShouldBe(1);
        _harness.Clock.Advance(Duration.FromDays(30));
        (await _harness.Desk.SweepAsync()).Changed.ShouldBe(0);
        var improvement = (await Desk.ViewAsync(id))!.Improvement;
        (improvement.Level, improvement.Actions[0].IsLate).ShouldBe((2, true));
        (await TypesAsync(id)).Count(type => type == "action-overdue").ShouldBe(1);
    }

    [Fact]
    public async Task S086_What_was_slept_through_is_told_at_once_and_once()
    {
        var id = await OpenAsync([]);
        await Desk.ExecuteAsync(id, new PlanAction("corrective", "Two more vans.",
            _harness.Clock.GetCurrentInstant() + Duration.FromHours(10)));
        _harness.Clock.Advance(Duration.FromDays(60));
        (await _harness.Desk.SweepAsync()).Changed.ShouldBe(1);
        (await TypesAsync(id)).ShouldBe(["improvement-opened", "action-planned", "action-overdue", "action-escalated"]);
        var escalated = (await Desk.ViewAsync(id))!.History.Select(entry => entry.Event).OfType<ActionEscalated>().Single();
        (escalated.Steps.Length, escalated.Level, escalated.Role).ShouldBe((2, 2, Role.Manager));
    }

    [Fact]
    public async Task S086_An_action_is_finished_by_its_owner_and_the_improvement_closed_when_nothing_is_open()
    {
        var id = await OpenAsync([]);
        await Desk.ExecuteAsync(id, new PlanAction("corrective", "Two more vans.",
            _harness.Clock.GetCurrentInstant() + Duration.FromHours(10), "dan"));
        var close = new CloseImprovement("effective");
        (await Desk.ExecuteAsync(id, close)).Refusal!.Code.ShouldBe("improvement.open_actions");

        var stranger = _harness.Desk.For(new Actor("wen", Role.Department)).Improvements;
        (await stranger.ExecuteAsync(id, new FinishAction(1, "Done."))).Refusal!.Code.ShouldBe("action.not_yours");
        var owner = _harness.Desk.For(new Actor("dan", Role.Department)).Improvements;
        (await owner.ExecuteAsync(id, new FinishAction(7, "Done."))).Refusal!.Code.ShouldBe("action.not_open");
        var finished = await owner.ExecuteAsync(id, new FinishAction(1, "Done."));
        (finished.IsSuccess, finished.Improvement).ShouldBe((true, null));
        (await owner.ViewAsync(id)).ShouldBeNull("a department sees none yet, and finishes what is its own");

        (await Desk.ExecuteAsync(id, close)).Refusal!.Code.ShouldBe("improvement.parts_missing");
        (await Desk.ExecuteAsync(id, new AmendImprovement("cause", "Vans were sold."))).IsSuccess.ShouldBeTrue();
        (await Desk.ExecuteAsync(id, new CloseImprovement("done"))).Refusal!.Code.ShouldBe("improvement.result_unknown");
        (await Desk.ExecuteAsync(id, close)).Value.Status.ShouldBe(ImprovementStatus.Closed);
        (await Desk.ExecuteAsync(id, new AmendImprovement("cause", "Again."))).Refusal!.Code.ShouldBe("lifecycle.not_permitted");
        _harness.Clock.Advance(Duration.FromDays(60));
        (await _harness.Desk.SweepAsync()).Changed.ShouldBe(0, "nothing of it is due any more");
    }

    [Fact]
    public async Task S147_Nothing_is_planned_for_a_bulletin_and_it_is_not_listed_as_possible()
    {
        var id = (await Desk.OpenAsync(new OpenImprovement("bulletin", "Late parcels"))).Value.Improvement;
        var due = _harness.Clock.GetCurrentInstant() + Duration.FromHours(10);
        (await Desk.ExecuteAsync(id, new PlanAction("corrective", "Vans.", due))).Refusal!.Code.ShouldBe("improvement.no_actions");
        (await Desk.ViewAsync(id))!.Commands.Single(command => command.Name.Value == "plan-action").IsPermitted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_refusal_names_complaints_by_their_numbers()
    {
        var complaints = await FileAsync(2);
        var id = await OpenAsync([complaints[0]]);
        var number = (await _harness.Desk.ViewAsync(complaints[1]))!.Complaint.Number;
        var chinese = new Wording(new("zh-CN"));
        chinese.Say((await Desk.ExecuteAsync(id, new UnlinkComplaints([complaints[1]]))).Refusal!).ShouldBe($"投诉 {number} 未与该整改事项关联。");
    }

    /// <summary>The fold says where a command leads, and the table says it to whoever asks before.</summary>
    [Fact]
    public async Task Each_command_leads_where_the_table_says()
    {
        var catalogue = ImprovementRooms.Current.Catalogue;
        var led = 0;
        foreach (var command in new ImprovementCommand[]
        {
            new AmendImprovement("cause", "x"), new PublishImprovement("departments", "x"), new CloseImprovement("effective"),
            new PlanAction("corrective", "x", _harness.Clock.GetCurrentInstant() + Duration.FromHours(1)),
            new LinkComplaints([await _harness.FileAsync()]),
        })
        {
            var id = await OpenAsync([]);
            await Desk.ExecuteAsync(id, new AmendImprovement("cause", "x"));
            for (var planned = 0; planned < 2; planned++)
            {
                var before = (await Desk.ViewAsync(id))!.Improvement;
                var result = await Desk.ExecuteAsync(id, command);
                if (result.IsSuccess)
                {
                    var said = ImprovementRooms.Current.Table.Next(before, catalogue.Of(command), 0);
                    ((int)result.Value.Status).ShouldBe(said, command.ToString());
                    led++;
                }
                await Desk.ExecuteAsync(id, new PlanAction("corrective", "x", _harness.Clock.GetCurrentInstant() + Duration.FromHours(1)));
            }
        }
        led.ShouldBeGreaterThan(6);
    }

    [Fact]
    public async Task S086_Two_actions_with_the_same_instants_are_both_reminded_of()
    {
        var id = await OpenAsync([]);
        var (start, due) = (_harness.Clock.GetCurrentInstant(), _harness.Clock.GetCurrentInstant() + Duration.FromHours(10));
        var options = new CommandOptions { OccurredAt = start, BackdateReason = "Written down after the meeting." };
        await Desk.ExecuteAsync(id, new PlanAction("corrective", "Vans.", due));
        _harness.Clock.Advance(Duration.FromHours(9));
        await _harness.Desk.SweepAsync();
        await Desk.ExecuteAsync(id, new PlanAction("corrective", "Drivers.", due), options);
        await _harness.Desk.SweepAsync();
        (await TypesAsync(id)).Count(type => type == "action-reminded").ShouldBe(
            2, "the look is at the same instant, and in another version");
        _harness.Clock.Advance(Duration.FromDays(30));
        await _harness.Desk.SweepAsync();
        (await TypesAsync(id)).Count(type => type == "action-overdue").ShouldBe(2);
    }

    [Fact]
    public async Task X08_A_complaint_that_cannot_be_told_holds_up_neither_the_others_nor_the_clocks()
    {
        var complaints = await FileAsync(3);
        var id = await OpenAsync([]);
        await Desk.ExecuteAsync(id, new PlanAction("corrective", "Vans.", _harness.Clock.GetCurrentInstant() + Duration.FromHours(10)));
        var store = new OneIsDamaged(_harness.Ports.Store, complaints[1]);
        var harness = new DeskHarness(_harness.Ports with { Store = store }, _harness.Clock, new UuidV7Generator());
        var linked = await harness.Desk.For(Quality).Improvements.ExecuteAsync(id, new LinkComplaints([.. complaints]));
        linked.IsSuccess.ShouldBeTrue("the command itself is done");
        linked.Improvement!.Links.Count(link => link.IsSettled).ShouldBe(2);
        _harness.Clock.Advance(Duration.FromDays(1));
        var sweep = await harness.Desk.SweepAsync(batch: 1);
        sweep.Refused.ShouldContain(refused => refused.Of == AggregateId.Of(id));
        (await TypesAsync(id)).ShouldContain("action-overdue");

        (await _harness.Desk.SweepAsync()).Refused.ShouldBeEmpty();
        (await LinkOfAsync(complaints[1])).Stands.ShouldBeTrue("a later sweep comes back to it");
    }

    [Fact]
    public async Task S086_What_was_done_in_time_and_is_told_late_is_not_late()
    {
        var id = await OpenAsync([]);
        var due = _harness.Clock.GetCurrentInstant() + Duration.FromHours(10);
        await Desk.ExecuteAsync(id, new PlanAction("corrective", "Vans.", due));
        _harness.Clock.Advance(Duration.FromDays(1));
        var before = new CommandOptions { OccurredAt = due - Duration.FromHours(11), BackdateReason = "By paper." };
        (await Desk.ExecuteAsync(id, new FinishAction(1, "Done."), before)).Refusal!.Code.ShouldBeOneOf("action.before_planned",
            "time.before_receipt");
        var options = new CommandOptions { OccurredAt = due - Duration.FromHours(1), BackdateReason = "By paper." };
        (await Desk.ExecuteAsync(id, new FinishAction(1, "Done."), options)).IsSuccess.ShouldBeTrue();
        (await TypesAsync(id)).ShouldNotContain("action-overdue");
        (await Desk.ViewAsync(id))!.Improvement.Actions[0].IsLate.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_may_not_do_it_makes_the_store_look_for_nothing()
    {
        var store = new OneIsDamaged(_harness.Ports.Store, default);
        var harness = new DeskHarness(_harness.Ports with { Store = store }, _harness.Clock, new UuidV7Generator());
        ComplaintId[] many = [.. Enumerable.Range(0, 1_000).Select(_ => new ComplaintId(Guid.NewGuid()))];
        var refused = await harness.Desk.For(new Actor("nobody")).Improvements.OpenAsync(
            new OpenImprovement("bulletin", "x", Complaints: [.. many]));
        refused.Refusal!.Code.ShouldBe("authority.role");
        (await harness.Desk.For(Quality).Improvements.OpenAsync(new OpenImprovement("bulletin", "x", Complaints: [.. many]))).Refusal!.Code
            .ShouldBe("number.out_of_range");
        store.Loads.ShouldBe(0);
    }

    [Fact]
    public async Task Only_its_owner_and_quality_change_it()
    {
        var agents = _harness.Desk.Improvements;
        var id = (await agents.OpenAsync(new OpenImprovement("systemic-issue", "Late parcels"))).Value.Improvement;
        (await agents.ExecuteAsync(id, new AmendImprovement("problem", "Late."))).IsSuccess.ShouldBeTrue();
        (await _harness.Desk.For(DeskHarness.Supervisor).Improvements.ExecuteAsync(id,
            new AmendImprovement("problem", "Late."))).Refusal!.Code
            .ShouldBe("improvement.not_yours");
        (await Desk.ExecuteAsync(id, new AmendImprovement("problem", "Very late."))).IsSuccess.ShouldBeTrue();
        (await Desk.ExecuteAsync(id, new AmendImprovement("summary", "?"))).Refusal!.Code.ShouldBe("improvement.part_unknown");
        (await agents.ExecuteAsync(id, new PublishImprovement("departments", "Late parcels."))).Refusal!.Code.ShouldBe("authority.role");
        (await _harness.Desk.For(new Actor("nobody")).Improvements.OpenAsync(new OpenImprovement("bulletin", "x"))).Refusal!.Code.ShouldBe(
            "authority.role");
        (await _harness.Desk.For(new Actor("nobody")).Improvements.ExecuteAsync(id, new AmendImprovement("problem", "x"))).Refusal!.Code
            .ShouldBe("improvement.not_found");
        (await _harness.Desk.For(new Actor("nobody")).Improvements.ListAsync(new())).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("李小明投诉包裹延误。")]
    [InlineData("Call 138 0013 8000 before noon.")]
    [InlineData("请联系 13900139000。")]
    [InlineData("Write to somebody@example.com.")]
    [InlineData("Ring 0138-0013-8000, extension 2.")]
    public async Task S147_A_bulletin_that_names_a_person_is_not_published(string text)
    {
        var complaint = (await _harness.Desk.RegisterAsync(Drafts.English() with
        {
            Complainant = new Complainant("李小明", null, [new ContactPoint(ContactPoint.Phone, "+86 138 0013 8000")]),
        })).Value.Complaint;
        var id = (await Desk.OpenAsync(new OpenImprovement("bulletin", "Late parcels", Complaints: [complaint]))).Value.Improvement;
        var manager = _harness.Desk.For(Manager).Improvements;
        (await manager.ExecuteAsync(id, new PublishImprovement("departments", text))).Refusal!.Code.ShouldBe("publish.not_redacted");
        (await manager.ExecuteAsync(id, new PublishImprovement("everybody", "Late parcels."))).Refusal!.Code.ShouldBe(
            "publish.no_audience");
        var published = await manager.ExecuteAsync(id, new PublishImprovement("departments",
            "Parcels come late: order 20260712, delivery in 7 days."));
        published.Value.Made.ShouldBe([Subject.Of("publication", 1)]);
    }

    [Theory]
    [InlineData("Bea Jones told us so.")]
    [InlineData("Ring 020 7946 0018.")]
    public async Task S147_A_bulletin_that_names_somebody_who_takes_part_is_not_published(string text)
    {
        var complaint = await _harness.FileAsync();
        var participant = new AddParticipant("witness", "Bea Jones", "+44 20 7946 0018");
        (await _harness.Desk.ExecuteAsync(complaint, participant)).IsSuccess.ShouldBeTrue();
        var id = await OpenAsync([complaint]);
        (await Desk.ExecuteAsync(id, new PublishImprovement("departments", text))).Refusal!.Code.ShouldBe("publish.not_redacted");
        (await Desk.ExecuteAsync(id, new PublishImprovement("departments", "A witness told us so."))).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task S147_A_short_name_is_sought_as_a_word_and_not_within_others()
    {
        var complaint = (await _harness.Desk.RegisterAsync(Drafts.English(
            ) with { Complainant = new Complainant("Li", null, [new ContactPoint(ContactPoint.Phone, "13800138000")]) }))
            .Value.Complaint;
        var id = await OpenAsync([complaint]);
        (await Desk.ExecuteAsync(id, new PublishImprovement("departments", "All deliveries are late."))).IsSuccess.ShouldBeTrue();
        (await Desk.ExecuteAsync(id, new PublishImprovement("departments", "Mr. Li was right."))).Refusal!.Code.ShouldBe(
            "publish.not_redacted");
    }

    [Fact]
    public async Task Its_words_are_sealed_and_told_for_a_purpose()
    {
        var id = await OpenAsync([]);
        await Desk.ExecuteAsync(id, new AmendImprovement("cause", "CANARY-CAUSE"));
        await Desk.ExecuteAsync(id, new PlanAction("corrective", "CANARY-PLAN",
            _harness.Clock.GetCurrentInstant() + Duration.FromHours(10)));
        var chain = await _harness.Ports.Chains.ChainAsync(TenantId.Default, id.Value, default);
        chain.Events.Select(stored => System.Text.Encoding.UTF8.GetString(stored.Body.Span)).ShouldAllBe(body => !body.Contains("CANARY"));

        var view = (await Desk.ViewAsync(id))!;
        var words = await Desk.RevealAsync(view, Purpose.CaseWork);
        view.History.SelectMany(entry => entry.Details(new Wording(new("en")), Rulebook.BuiltIn, words)).Select(said => said.Text)
            .ShouldContain("CANARY-CAUSE");
        var page = await Desk.ListAsync(new());
        (await Desk.RevealAsync(page, Purpose.Search)).Of(page.Items[0].Title).ShouldBe("Late parcels");
        (await _harness.Desk.For(new Actor("nobody")).Improvements.RevealAsync(page, Purpose.Search)).Of(page.Items[0].Title).ShouldBeNull(
            );
    }

    [Fact]
    public async Task A_command_id_takes_effect_once_and_another_command_under_it_is_refused()
    {
        var options = new CommandOptions { CommandId = new CommandId(Guid.NewGuid()) };
        var first = await Desk.OpenAsync(new OpenImprovement("bulletin", "Late parcels"), options);
        var again = await Desk.OpenAsync(new OpenImprovement("bulletin", "Late parcels"), options);
        (again.Repeated, again.Value).ShouldBe((true, first.Value));
        (await Desk.OpenAsync(new OpenImprovement("bulletin", "Other"), options)).Refusal!.Code.ShouldBe("command.id_reused");
        (await Desk.ListAsync(new())).Items.Length.ShouldBe(1);
        var conflict = await Should.ThrowAsync<ConflictException>(Desk.ExecuteAsync(
            first.Value.Improvement, new AmendImprovement("summary", "Late."), new CommandOptions { ExpectedVersion = 7 }));
        conflict.Error.Code.ShouldBe("improvement.changed");
    }

    [Fact]
    public async Task R28_Both_kinds_of_histories_are_verified_and_reconciled()
    {
        var complaints = await FileAsync(2);
        var id = await OpenAsync(complaints);
        await Desk.ExecuteAsync(id, new PlanAction("corrective", "Vans.", _harness.Clock.GetCurrentInstant() + Duration.FromHours(10)));
        var keys = await _harness.Keys.TenantKeysAsync(TenantId.Default, default);
        await Checkpoints.TakeAsync(_harness.Ports.Chains, TenantId.Default, keys.Checkpoints, _harness.Clock.GetCurrentInstant(), default);
        var report = await ChainVerifier.VerifyAsync(_harness.Ports.Chains, TenantId.Default, keys, default);
        (report.IsIntact, report.Complaints, report.Others["improvement"]).ShouldBe((true, 2, 1));

        var run = new TimerReconciliation(_harness.Desk, _harness.Ports.Timers, _harness.Ports.Chains);
        (await run.RepairAsync()).ShouldBeEmpty();
        await _harness.Ports.Aggregates.LookAgainAsync(TenantId.Default, new(AggregateId.Of(id), 3, null), default);
        var drift = (await run.RepairAsync()).ShouldHaveSingleItem();
        (drift.Of, drift.Kind).ShouldBe((AggregateId.Of(id), TimerDriftKind.Missing));
        (await run.RepairAsync()).ShouldBeEmpty("it was put right");
    }

    private async Task<ImprovementId> OpenAsync(List<ComplaintId> complaints) =>
        (await Desk.OpenAsync(new OpenImprovement("systemic-issue", "Late parcels", Complaints: [.. complaints]))).Value.Improvement;

    private async Task<List<ComplaintId>> FileAsync(int count)
    {
        var complaints = new List<ComplaintId>();
        for (var i = 0; i < count; i++)
            complaints.Add(await _harness.FileAsync());
        return complaints;
    }

    private async Task<Core.Investigation.ImprovementLink> LinkOfAsync(ComplaintId complaint) =>
        (await _harness.Desk.ViewAsync(complaint))!.Complaint.Improvements.ShouldHaveSingleItem();

    private async Task<IEnumerable<string>> TypesAsync(ImprovementId id) => (await Desk.ViewAsync(id))!.History.Select(entry => entry.Type);

    /// <summary>A store on which the state of one complaint cannot be read.</summary>
    private sealed class OneIsDamaged(IComplaintStore store, ComplaintId damaged) : IComplaintStore
    {
        public int Loads { get; private set; }

        public async ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command,
            CancellationToken cancellationToken)
        {
            Loads++;
            var loaded = await store.LoadAsync(tenant, id, command, cancellationToken);
            // Whoever only looks, without a command, sees it as it was.
            return id != damaged || command == default ? loaded
                : loaded with { Complaint = loaded.Complaint! with { State = new byte[] { 1 }, Head = new byte[32] } };
        }

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
            store.LoadIntakeAsync(query, cancellationToken);

        public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
            store.CommitAsync(commit, cancellationToken);
    }
}
