using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

public sealed class SweepTests
{
    private const string Short = """
        {"objective":"resolution","limit":"10 hours","warnings":["50%"],"escalations":[{"at":"due","level":1,"role":"supervisor"},{"at":"5 hours after","level":2,"role":"manager"}]}
        """;

    private readonly InMemoryComplaintStore _store = new();
    private readonly FakeClock _clock = new();
    private readonly SequentialIds _ids = new();

    private DeskHarness Start() => new(StorePorts.Of(_store), _clock, _ids);

    private static async Task<DeskHarness> WithPolicyAsync(DeskHarness harness)
    {
        var (_, refusal) = await harness.Definitions.PublishAsync(TenantId.Default, "policy", "call-centre", Policies.Json(Short, order: 1000), Situation.Administrator, default);
        refusal.ShouldBeNull();
        return harness;
    }

    [Fact]
    public async Task T21_A_clock_passes_warning_breach_and_two_escalations_across_restarts_each_once()
    {
        var harness = await WithPolicyAsync(Start());
        var id = await harness.FileAsync();
        var steps = new List<string>();
        for (var hour = 0; hour < 24; hour++)
        {
            // A new process every hour, and two sweeps that know nothing of each other.
            await Start().Desk.SweepAsync();
            await Start().Desk.SweepAsync();
            _clock.Advance(Duration.FromHours(1));
        }
        foreach (var entry in (await Start().Desk.ViewAsync(id))!.History)
        {
            if (entry.Event is ClockWarned or ClockBreached or ComplaintEscalated)
                steps.Add(entry.Type);
        }
        steps.ShouldBe(["clock-warned", "clock-breached", "escalated", "escalated"]);
        (await harness.Ports.Reader.CountAsync(TenantId.Default, default)).Timers.ShouldBe(0);
    }

    [Fact]
    public async Task R09_Many_sweeps_at_once_fire_each_step_once()
    {
        var harness = await WithPolicyAsync(Start());
        var id = await harness.FileAsync();
        _clock.Advance(Duration.FromHours(30));
        var changed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Start().Desk.SweepAsync())));
        changed.Sum(result => result.Changed).ShouldBe(1);
        (await harness.Desk.ViewAsync(id))!.History.Count(entry => entry.Event is ClockBreached).ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_due_changes_nothing()
    {
        var harness = await WithPolicyAsync(Start());
        await harness.FileAsync();
        (await harness.Desk.SweepAsync()).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task What_fires_leaves_a_message_with_ids_and_codes_only()
    {
        var harness = await WithPolicyAsync(Start());
        await harness.FileAsync();
        var before = (await harness.Ports.Reader.CountAsync(TenantId.Default, default)).Outbox;
        _clock.Advance(Duration.FromHours(30));
        await harness.Desk.SweepAsync();
        (await harness.Ports.Reader.CountAsync(TenantId.Default, default)).Outbox.ShouldBe(before + 2, "one for the breach, one for the highest rung");
    }
}
