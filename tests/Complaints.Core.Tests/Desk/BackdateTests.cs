using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Resolution;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>Why something was recorded late stands in the history once a command, as words of the person that it is about.</summary>
public sealed class BackdateTests
{
    private const string Reason = "王小明的电话未及时录入";

    private static readonly Wording Chinese = new(new("zh-CN"), DateTimeZone.Utc);

    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk.For(DeskHarness.Supervisor);

    private CommandOptions Late => new()
    {
        OccurredAt = _harness.Clock.GetCurrentInstant() - Duration.FromMinutes(30), BackdateReason = Reason,
    };

    [Fact]
    public async Task R27_Why_a_command_on_a_complaint_came_late_is_read_by_who_may_and_gone_after_erasure()
    {
        var id = await _harness.FileAsync(Drafts.Chinese());
        _harness.Clock.Advance(Duration.FromHours(1));
        (await Desk.ExecuteAsync(id, new Sequence(new AddNote("a"), new AddNote("b")), Late)).IsSuccess.ShouldBeTrue();

        var view = (await Desk.ViewAsync(id))!;
        view.History.TakeLast(3).Select(entry => entry.Type).ShouldBe(["note-added", "note-added", "backdated"], "once for both");
        var entry = view.History[^1];
        entry.Title(Chinese).ShouldBe("事后补录");
        entry.Details(Chinese, Rulebook.BuiltIn, await Desk.RevealAsync(view, Purpose.CaseWork)).ShouldBe([new("理由", Reason)]);
        (view.Complaint.Version, view.Complaint.UpdatedAt).ShouldBe((2, _harness.Clock.GetCurrentInstant()));

        await _harness.Keys.DestroyAsync(TenantId.Default, view.Complaint.Receipt.Person, default);
        var clear = await Desk.RevealAsync(view, Purpose.CaseWork);
        entry.Details(Chinese, Rulebook.BuiltIn, clear).ShouldBe([new("理由", "（已删除）")]);
        var after = await Desk.ExecuteAsync(id, new StartInvestigation(), Late);
        after.Value.WordsLeftOut.ShouldBeTrue("the reason alone was one");
    }

    [Fact]
    public async Task R27_Why_a_command_on_an_improvement_came_late_is_read_by_who_may_and_gone_with_its_key()
    {
        var desk = _harness.Desk.For(new Actor("qiu", Role.Quality)).Improvements;
        var id = (await desk.OpenAsync(new OpenImprovement("systemic-issue", "北仓包裹延误"), Late)).Value.Improvement;

        var view = (await desk.ViewAsync(id))!;
        view.History.Select(entry => entry.Type).ShouldBe(["improvement-opened", "improvement-backdated"], "it begins with what began it");
        var entry = view.History[^1];
        entry.Title(Chinese).ShouldBe("事后补录");
        entry.Details(Chinese, Rulebook.BuiltIn, await desk.RevealAsync(view, Purpose.CaseWork)).ShouldBe([new("理由", Reason)]);

        await _harness.Keys.DestroyAsync(TenantId.Default, new SubjectId(id.Value), default);
        entry.Details(Chinese, Rulebook.BuiltIn, await desk.RevealAsync(view, Purpose.CaseWork)).ShouldBe([new("理由", "（已删除）")]);
    }

    [Fact]
    public void A_reason_changes_nothing_moves_no_clock_and_stands_before_what_follows_by_itself()
    {
        var situation = Situation.Registered();
        var context = situation.Context() with { OccurredAt = situation.Now - Duration.FromMinutes(1), BackdateReason = Reason };
        var decision = Complaint.Decide(situation.Complaint, new Resolve("solved"), context);
        decision.Refusal.ShouldBeNull();
        var at = decision.Events.Select((happened, i) => (happened, i)).Single(one => one.happened is ComplaintBackdated).i;
        decision.Events.Take(at).ShouldAllBe(happened => happened is ComplaintResolved);
        decision.Events.Skip(at + 1).ShouldNotBeEmpty("clocks are settled by it");
        var happened = decision.Events[at];
        happened.ApplyTo(situation.Complaint!, decision.Moment).ShouldBeSameAs(situation.Complaint);
        happened.Facts(decision.Moment).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, "Late.")]
    [InlineData(null, "Late.")]
    public void Without_an_earlier_instant_a_reason_is_none(int? minutes, string reason)
    {
        var situation = Situation.Registered();
        var context = situation.Context() with
        {
            OccurredAt = minutes is { } m ? situation.Now - Duration.FromMinutes(m) : null, BackdateReason = reason,
        };
        Complaint.Decide(situation.Complaint, new AddNote("x"), context).Events.ShouldAllBe(happened => happened is NoteAdded);
    }
}
