using Complaints.Core.Classification;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>A host whose clock is ahead of the one by which deadlines are judged.</summary>
public sealed class TwoClocksTests
{
    private const string Slow = """{"objective":"resolution","limit":"20 hours"}""";
    private const string Fast = """{"objective":"resolution","limit":"5 hours"}""";

    private readonly InMemoryComplaintStore _store = new();
    private readonly FakeClock _host = new();
    private readonly FakeClock _deadlines = new();
    private readonly SequentialIds _ids = new();

    [Fact]
    public async Task T12_T17_R07_What_a_new_target_puts_into_the_last_minute_is_told_by_the_sweep_with_its_reason()
    {
        var desk = await StartAsync(_deadlines);
        var id = (await desk.RegisterAsync(Drafts.Chinese())).Value.Complaint;
        var received = (await desk.ViewAsync(id))!.Complaint.Receipt.ReceivedAt;
        _deadlines.Set(received + Duration.FromHours(5) - Duration.FromSeconds(10));
        _host.Set(_deadlines.GetCurrentInstant() + Duration.FromSeconds(50));
        var urgent = new Classify(Severity: "critical", Urgency: "urgent");

        (await desk.PreviewAsync(id, urgent))!.Events.OfType<ClockBreached>().ShouldBeEmpty();
        (await desk.ExecuteAsync(id, urgent)).IsSuccess.ShouldBeTrue();
        (await desk.SweepAsync()).Changed.ShouldBe(0, "ten seconds are left");
        (await ResultsAsync(desk, id)).ShouldBeEmpty();
        _deadlines.Advance(Duration.FromSeconds(11));
        (await desk.SweepAsync()).Changed.ShouldBe(1);
        (await ResultsAsync(desk, id)).ShouldHaveSingleItem().Verdict.ShouldBe(ClockVerdict.Breached);
        var breached = (await desk.ViewAsync(id))!.History.Select(entry => entry.Event).OfType<ClockBreached>().ShouldHaveSingleItem();
        breached.Reason.ShouldBe("by-retarget");
    }

    [Fact]
    public async Task T12_Where_there_is_one_clock_a_new_target_in_the_past_is_a_breach_at_once()
    {
        var desk = await StartAsync(_host);
        var id = (await desk.RegisterAsync(Drafts.Chinese())).Value.Complaint;
        _host.Advance(Duration.FromHours(5) + Duration.FromSeconds(20));
        var urgent = new Classify(Severity: "critical", Urgency: "urgent");

        (await desk.PreviewAsync(id, urgent))!.Events.OfType<ClockBreached>().ShouldHaveSingleItem();
        (await desk.ExecuteAsync(id, urgent)).IsSuccess.ShouldBeTrue();
        (await ResultsAsync(desk, id)).ShouldHaveSingleItem().Verdict.ShouldBe(ClockVerdict.Breached);
    }

    [Fact]
    public async Task T17_A_clock_that_really_ran_out_has_no_reason()
    {
        var desk = await StartAsync(_host);
        var id = (await desk.RegisterAsync(Drafts.Chinese())).Value.Complaint;
        (await desk.ExecuteAsync(id, new Classify(Severity: "critical", Urgency: "urgent"))).IsSuccess.ShouldBeTrue();
        _host.Advance(Duration.FromHours(6));

        (await desk.SweepAsync()).Changed.ShouldBe(1);
        (await desk.ViewAsync(id))!.History.Select(entry => entry.Event).OfType<ClockBreached>().ShouldHaveSingleItem().Reason.ShouldBeNull();
    }

    [Fact]
    public async Task T15_R07_A_merge_by_a_host_that_is_ahead_breaches_nothing_early()
    {
        var desk = await StartAsync(_deadlines);
        var first = (await desk.RegisterAsync(Drafts.Chinese())).Value.Complaint;
        var received = (await desk.ViewAsync(first))!.Complaint.Receipt.ReceivedAt;
        _host.Advance(Duration.FromHours(2));
        var second = (await desk.RegisterAsync(Drafts.English())).Value.Complaint;
        _deadlines.Set(received + Duration.FromHours(20) - Duration.FromSeconds(5));
        _host.Set(_deadlines.GetCurrentInstant() + Duration.FromSeconds(50));

        (await desk.ExecuteAsync(first, new Merge(second, "other", "The same."))).IsSuccess.ShouldBeTrue();
        (await desk.ViewAsync(first))!.Complaint.Progress.Merges!.AbsorbedAt.ShouldNotBeNull();
        (await ResultsAsync(desk, second)).ShouldBeEmpty();
        _deadlines.Advance(Duration.FromSeconds(6));
        (await desk.SweepAsync()).Changed.ShouldBe(1);
        (await ResultsAsync(desk, second)).ShouldHaveSingleItem().Verdict.ShouldBe(ClockVerdict.Breached);
    }

    private static async Task<IEnumerable<ClockResult>> ResultsAsync(ComplaintDesk desk, ComplaintId id) => (await desk.ViewAsync(id))!.Complaint.Clocks.Results.Where(result => result.Verdict != ClockVerdict.Cancelled);

    private async Task<ComplaintDesk> StartAsync(FakeClock deadlines)
    {
        var harness = new DeskHarness(StorePorts.Of(_store), _host, _ids);
        foreach (var (policy, objectives, appliesTo) in new[] { ("call-centre", Slow, null), ("urgent", Fast, """{"priorities":["p1"]}""") })
        {
            var json = Policies.Json(objectives, appliesTo, appliesTo is null ? 1_000 : 100);
            (await harness.Definitions.PublishAsync(TenantId.Default, "policy", policy, json, Situation.Administrator, default)).Refusal.ShouldBeNull();
        }
        return new ComplaintDesk(new DeskServices(_store, _store, harness.Keys, harness.Definitions, _host, _ids, timers: _store, deadlines: deadlines)).For(DeskHarness.Agent);
    }
}
