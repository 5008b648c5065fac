using Complaints.Core.Capabilities;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>A point becomes a case of its own, once, whatever dies in the middle.</summary>
public sealed class SplitTests
{
    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk;

    [Fact]
    public async Task X30_X35_A_point_becomes_a_case_of_another_kind_of_the_same_person_and_is_dropped_here()
    {
        var id = await TwoPointsAsync();
        var made = (await Desk.SplitAsync(id, 2, "praise")).Value;

        var (here, there) = ((await Desk.ViewAsync(id))!, (await Desk.ViewAsync(made.Complaint))!);
        var dropped = here.Complaint.Points[1];
        (dropped.Dropped, dropped.Into).ShouldBe((PointDrop.SplitOff, new SplitTarget(made.Complaint, made.Number)));
        (there.Complaint.Receipt.Kind, there.Complaint.Receipt.Person, there.Complaint.Receipt.Channel).ShouldBe(
            ("praise", here.Complaint.Receipt.Person, here.Complaint.Receipt.Channel));
        (there.Complaint.Judgement.Category, there.Complaint.Judgement.Subcategory).ShouldBe(("service", "attitude"));
        var words = await Desk.RevealAsync(there, Purpose.CaseWork);
        words.Of(there.Complaint.Receipt.Title).ShouldBe("The doorman was very helpful.");
        words.Of(there.Complaint.Receipt.Complainant)!.Name.ShouldBe("Ann Smith");
        there.Complaint.Ties.ShouldBe([new(id, LinkKind.SplitOff)]);
        there.Complaint.Receipt.Split!.SettledAt.ShouldNotBeNull();
        there.Complaint.Receipt.RepeatOf.ShouldBeNull("a part is no repeat of the whole");
        there.Complaint.Receipt.Similar.ShouldBeEmpty();
        there.Complaint.Receipt.ReceivedAt.ShouldBe(here.History.Single(entry => entry.Event is PointRaised).Moment.OccurredAt);
        (await Desk.LinksAsync(AggregateId.Of(id))).ShouldHaveSingleItem().Number.ShouldBe(made.Number);
        SubjectWords.Of(here.Complaint, Subject.Of("point", 2), Core.Definitions.Rulebook.BuiltIn, new Wording(
            System.Globalization.CultureInfo.GetCultureInfo("zh-CN"))).ShouldBe($"2. 服务质量 / 服务态度 · 拆分至另一投诉 · {made.Number}");
    }

    [Fact]
    public async Task X30_S116_What_is_split_off_is_as_it_was_corrected_and_who_is_complained_about_keeps_out_of_it_too()
    {
        var id = await _harness.FileAsync(Drafts.English() with { Accused = ["lee"], Goals = ["respect"] });
        await _harness.DoAsync(id, [new RaisePoint("The guard was rude."), new AmendIntake { ItemSerial = "SN-9", ItemRef = "SKU-9" }]);
        var there = (await Desk.ViewAsync((await Desk.SplitAsync(id, 2)).Value.Complaint))!;
        there.Complaint.Participants.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            part => part.Role.ShouldBe(ParticipantRole.Accused), part => part.Staff.ShouldBe("lee"));
        (await Desk.For(new Actor("lee", Role.Agent)).ExecuteAsync(there.Complaint.Id, new Core.Resolution.Resolve("solved")))
            .Refusal!.Code.ShouldBe("approval.conflict");
        there.Complaint.Receipt.Goals.ShouldBe(["respect"]);
        var words = await Desk.RevealAsync(there, Purpose.CaseWork);
        there.ItemOf(words).ShouldNotBeNull().ShouldSatisfyAllConditions(
            item => item.Ref.ShouldBe("SKU-9"), item => item.Serial.ShouldBe("SN-9"));
    }

    [Fact]
    public async Task X30_The_first_point_takes_its_narrative_and_item_along()
    {
        var id = await TwoPointsAsync();
        var made = (await Desk.SplitAsync(id, 1)).Value;
        var (here, there) = ((await Desk.ViewAsync(id))!, (await Desk.ViewAsync(made.Complaint))!);
        var words = await Desk.RevealAsync(there, Purpose.CaseWork);
        var registered = there.History.Select(entry => entry.Event).OfType<ComplaintRegistered>().Single();
        words.Of(registered.Statement)!.Narrative.ShouldBe(Drafts.English().Statement.Narrative);
        words.Of(registered.Item).ShouldBe(Drafts.English().Item);
        (there.Complaint.Receipt.Kind, there.Complaint.Receipt.ReceivedAt).ShouldBe(("complaint", here.Complaint.Receipt.ReceivedAt));
        here.Complaint.Points[0].IsOpen.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task X30_Whatever_dies_in_the_middle_one_case_is_made_and_the_sweep_drops_the_point(int commits)
    {
        var id = await TwoPointsAsync();
        // The store is gone after so many of the four commits: that it begins, the registration, the drop, the note that it is done.
        var dying = new DeskHarness(
            _harness.Ports with { Store = new DiesAfter(_harness.Ports.Store, commits) }, _harness.Clock, new UuidV7Generator());
        if (commits < 2)
            await Should.ThrowAsync<StoreUnavailableException>(() => dying.Desk.SplitAsync(id, 2, "praise"));
        else
            (await dying.Desk.SplitAsync(id, 2, "praise")).IsSuccess.ShouldBeTrue("it was made: the rest follows");
        (await Desk.ViewAsync(id))!.Complaint.Points[1].IsOpen.ShouldBe(commits < 3);

        var refused = commits < 2 ? 0 : (await Desk.SweepAsync()).Refused.Length;
        refused.ShouldBe(0);
        var again = await Desk.SplitAsync(id, 2, "praise");
        again.IsSuccess.ShouldBeTrue();
        again.Repeated.ShouldBe(commits > 1);
        (await Desk.CountAsync(new())).Count.ShouldBe(2);
        (await Desk.ViewAsync(id))!.Complaint.Points[1].Into!.Case.ShouldBe(again.Value.Complaint);
        (await Desk.ViewAsync(again.Value.Complaint))!.Complaint.Receipt.Split!.SettledAt.ShouldNotBeNull();
        (await Desk.SweepAsync()).Changed.ShouldBe(0);
        (await Desk.WorkAsync(new() { })).Items.Where(item => item.Row.Work == "finish-split").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("judged")]
    [InlineData("ended")]
    public async Task X30_A_point_that_went_another_way_between_is_left_and_both_go_on(string between)
    {
        var id = await TwoPointsAsync();
        var dying = new DeskHarness(
            _harness.Ports with { Store = new DiesAfter(_harness.Ports.Store, 2) }, _harness.Clock, new UuidV7Generator());
        var made = (await dying.Desk.SplitAsync(id, 2)).Value;
        await _harness.DoAsync(id, [between switch
        {
            "judged" => new DecideValidity("established", "sufficient", "reasonable", "true", 2, "shop"),
            _ => new Withdraw("other", "Found it."),
        }]);
        (await Desk.SweepAsync()).Refused.ShouldBeEmpty();
        (await Desk.ViewAsync(id))!.Complaint.Points[1].IsOpen.ShouldBeTrue();
        (await Desk.ViewAsync(made.Complaint))!.Complaint.Receipt.Split!.SettledAt.ShouldNotBeNull();
        (await Desk.SweepAsync()).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task X30_A_point_of_a_complaint_that_was_merged_between_is_not_dropped_from_its_survivor()
    {
        var id = await TwoPointsAsync();
        var survivor = await TwoPointsAsync(2);
        var dying = new DeskHarness(
            _harness.Ports with { Store = new DiesAfter(_harness.Ports.Store, 2) }, _harness.Clock, new UuidV7Generator());
        (await dying.Desk.SplitAsync(id, 2)).IsSuccess.ShouldBeTrue();
        await _harness.DoAsync(id, [new Merge(survivor, "other", "The same.")]);
        (await Desk.SweepAsync()).Refused.ShouldBeEmpty();
        (await Desk.ViewAsync(survivor))!.Complaint.Points.ShouldAllBe(point => point.IsOpen);
    }

    [Fact]
    public async Task X30_What_cannot_be_split_off_is_refused_and_nothing_is_made()
    {
        var id = await _harness.FileAsync();
        (await Refused(id, 1)).ShouldBe("point.last");
        await _harness.DoAsync(id, [new RaisePoint("Late."), new RaisePoint("Rude.")]);
        (await Refused(id, 0)).ShouldBe("point.not_found");
        (await Refused(id, 9)).ShouldBe("point.not_found");
        (await Refused(id, 2, "miracle")).ShouldBe("validation.failed");
        (await Refused(id, 2, new string('x', 20_000))).ShouldBe("validation.failed");
        await _harness.DoAsync(id, [new DecideValidity("established", "sufficient", "reasonable", "true", 2, "shop")]);
        (await Refused(id, 2)).ShouldBe("point.decided");
        (await Desk.For(new Actor("quinn", Role.Quality)).SplitAsync(id, 3)).Refusal!.Code.ShouldBe("authority.role");
        (await Desk.For(new Actor("nobody")).SplitAsync(id, 3)).Refusal!.Code.ShouldBe("complaint.not_found");
        (await Refused(new ComplaintId(Guid.NewGuid()), 1)).ShouldBe("complaint.not_found");
        var merged = await TwoPointsAsync(3);
        await _harness.DoAsync(merged, [new Merge(id, "other", "The same.")]);
        (await Refused(merged, 2)).ShouldBe("merge.carried_on");
        (await Desk.CountAsync(new())).Count.ShouldBe(2);
        await _harness.Keys.DestroyAsync(TenantId.Default, (await Desk.ViewAsync(id))!.Complaint.Receipt.Person, default);
        (await Refused(id, 3)).ShouldBe("person.erased");
    }

    [Fact]
    public async Task X30_Two_who_split_the_same_point_make_one_case()
    {
        var id = await TwoPointsAsync();
        var dying = new DeskHarness(
            _harness.Ports with { Store = new DiesAfter(_harness.Ports.Store, 2) }, _harness.Clock, new UuidV7Generator());
        (await dying.Desk.SplitAsync(id, 2, "praise")).IsSuccess.ShouldBeTrue();
        (await Desk.SplitAsync(id, 2)).Refusal!.Code.ShouldBe("split.pending", "as another kind");
        (await Desk.For(DeskHarness.Supervisor).SplitAsync(id, 2, "praise")).Refusal!.Code.ShouldBe("split.pending");
        (await Desk.SplitAsync(id, 2, "praise")).Repeated.ShouldBeTrue("and completes it");
        (await Desk.For(DeskHarness.Supervisor).SplitAsync(id, 2, "praise")).Refusal!.Code.ShouldBe("point.not_found");
        (await Desk.CountAsync(new())).Count.ShouldBe(2);
    }

    /// <summary>The other begins just before this one registers, or has done all of it.</summary>
    [Fact]
    public async Task X30_Two_who_split_off_the_last_two_points_at_once_make_one_case()
    {
        var id = await TwoPointsAsync();
        CommandResult? other = null;
        var slow = new DeskHarness(_harness.Ports with
        {
            Store = new Before(_harness.Ports.Store, async () => other = await Desk.For(DeskHarness.Supervisor).SplitAsync(id, 2)),
        }, _harness.Clock, new UuidV7Generator());
        var made = await slow.Desk.SplitAsync(id, 1);

        made.IsSuccess.ShouldBeTrue();
        other!.Refusal!.Code.ShouldBe("point.last");
        (await Desk.CountAsync(new())).Count.ShouldBe(2);
        var points = (await Desk.ViewAsync(id))!.Complaint.Points;
        points.Select(point => point.IsOpen).ShouldBe([false, true]);
        (await Desk.ExecuteAsync(id, new DropPoint(2, PointDrop.Withdrawn))).Refusal!.Code.ShouldBe("point.last");
    }

    /// <summary>Ten minutes after a crash nobody counts on it; and whoever only stood still registers nothing then.</summary>
    [Fact]
    public async Task X30_Who_stood_still_while_the_other_point_went_registers_nothing()
    {
        var id = await TwoPointsAsync();
        CommandResult? other = null;
        var slow = new DeskHarness(_harness.Ports with
        {
            Store = new Before(_harness.Ports.Store, async () =>
            {
                _harness.Clock.Advance(Duration.FromMinutes(11));
                other = await Desk.For(DeskHarness.Supervisor).SplitAsync(id, 2);
            }),
        }, _harness.Clock, new UuidV7Generator());
        var made = await slow.Desk.SplitAsync(id, 1);

        other!.IsSuccess.ShouldBeTrue();
        made.Refusal!.Code.ShouldBe("split.pending");
        (await Desk.CountAsync(new())).Count.ShouldBe(2);
        (await Desk.ViewAsync(id))!.Complaint.Points.Select(point => point.IsOpen).ShouldBe([true, false]);
    }

    [Fact]
    public async Task X30_A_point_that_is_being_split_off_is_not_counted_on_and_what_comes_to_nothing_is_given_up()
    {
        var id = await TwoPointsAsync();
        var dying = new DeskHarness(
            _harness.Ports with { Store = new DiesAfter(_harness.Ports.Store, 2) }, _harness.Clock, new UuidV7Generator());
        (await dying.Desk.SplitAsync(id, 2)).IsSuccess.ShouldBeTrue("registered, and not dropped here yet");
        (await Desk.ExecuteAsync(id, new DropPoint(1, PointDrop.Withdrawn))).Refusal!.Code.ShouldBe("point.last");
        (await Desk.SweepAsync()).Refused.ShouldBeEmpty();
        (await Desk.ViewAsync(id))!.Complaint.Points.Select(point => point.IsOpen).ShouldBe([true, false]);

        var unwanted = await TwoPointsAsync(5);
        (await Refused(unwanted, 2, "miracle")).ShouldBe("validation.failed");
        (await Desk.ViewAsync(unwanted))!.History.ShouldNotContain(entry => entry.Event is PointParting, "nothing changed");
        (await Desk.ExecuteAsync(unwanted, new DropPoint(1, PointDrop.Withdrawn))).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task X35_Somebody_who_named_nobody_is_split_off_without_a_name()
    {
        var id = await _harness.FileAsync(Drafts.English() with { Kind = "report", Complainant = new(), Title = "Fire door locked" });
        await _harness.DoAsync(id, [new RaisePoint("The lift stands still.")]);
        var made = (await Desk.SplitAsync(id, 2)).Value;
        var there = (await Desk.ViewAsync(made.Complaint))!.Complaint;
        (there.Receipt.Kind, there.Receipt.Complainant).ShouldBe(("report", null));
        there.Receipt.Person.ShouldNotBe((await Desk.ViewAsync(id))!.Complaint.Receipt.Person, "nobody is no person that two share");
    }

    [Fact]
    public async Task X30_A_point_may_go_on_in_a_complaint_that_is_there_but_in_none_that_has_ended()
    {
        var (id, other) = (await TwoPointsAsync(), await _harness.FileAsync(Drafts.Chinese()));
        (await CodeAsync(new DropPoint(2, PointDrop.SplitOff))).ShouldBe("point.target_missing");
        (await CodeAsync(new DropPoint(2, PointDrop.SplitOff, Into: id))).ShouldBe("point.target_missing");
        (await CodeAsync(new DropPoint(2, PointDrop.SplitOff, Into: new(Guid.NewGuid())))).ShouldBe("point.target_missing");
        (await CodeAsync(new DropPoint(2, PointDrop.SplitOff, 1, other))).ShouldBe("point.target_unwanted");
        (await CodeAsync(new DropPoint(2, PointDrop.Withdrawn, Into: other))).ShouldBe("point.target_unwanted");
        var ended = await _harness.FileAsync(Drafts.Chinese(3) with { ExternalRef = new("web", "3") });
        await _harness.DoAsync(ended, [new Merge(other, "other", "The same.")]);
        (await CodeAsync(new DropPoint(2, PointDrop.SplitOff, Into: ended))).ShouldBe("point.target_ended");
        (await CodeAsync(new DropPoint(2, PointDrop.SplitOff, Into: other))).ShouldBeNull();
        (await Desk.ViewAsync(id))!.Complaint.Points[1].Into!.Case.ShouldBe(other);

        async Task<string?> CodeAsync(DropPoint drop) => (await Desk.ExecuteAsync(id, drop)).Refusal?.Code;
    }

    [Fact]
    public void X30_The_systems_halves_are_nobody_elses()
    {
        var situation = Situation.Registered();
        situation.Try(new DropSplitPoint(1, situation.Complaint!.Id, Situation.IdOf(2)), Situation.Director).Refusal!.Code
            .ShouldBe("authority.internal");
        situation.Try(new SettleSplit(Situation.IdOf(9)), Situation.Administrator).Refusal!.Code.ShouldBe("authority.internal");
        situation.Try(new SettleSplit(Situation.IdOf(9)), Actor.System).Refusal!.Code.ShouldBe("split.settled");
        situation.Try(new DropSplitPoint(1, situation.Complaint.Id, Situation.IdOf(2)), Actor.System).Refusal!.Code
            .ShouldBe("split.settled");
    }

    private async Task<ComplaintId> TwoPointsAsync(int customer = 1)
    {
        var id = await _harness.FileAsync(Drafts.English(customer));
        await _harness.DoAsync(id, [new RaisePoint("The doorman was very helpful.", "service", "attitude")]);
        return id;
    }

    private async Task<string?> Refused(ComplaintId id, int point, string? kind = null) =>
        (await Desk.SplitAsync(id, point, kind)).Refusal?.Code;

    /// <summary>A store before whose first registration something else happens.</summary>
    private sealed class Before(IComplaintStore store, Func<Task> act) : IComplaintStore
    {
        private Func<Task>? _act = act;

        public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken token) =>
            store.LoadAsync(tenant, id, command, token);

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken token) => store.LoadIntakeAsync(query, token);

        public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken token)
        {
            if (commit.ExpectedVersion == 0 && Interlocked.Exchange(ref _act, null) is { } first)
                await first();
            return await store.CommitAsync(commit, token);
        }
    }

    /// <summary>A store that is gone after so many commits.</summary>
    private sealed class DiesAfter(IComplaintStore store, int commits) : IComplaintStore
    {
        private int _left = commits;

        public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken token) =>
            store.LoadAsync(tenant, id, command, token);

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken token) => store.LoadIntakeAsync(query, token);

        public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken token) => _left-- > 0
            ? store.CommitAsync(commit, token)
            : throw new StoreUnavailableException("It is gone.");
    }
}
