using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Issues;

/// <summary>Seen on the sample host: a policy that another program had published seconds ago, and a node that had not read it yet took the clocks for gone.</summary>
public sealed class StaleDefinitionsTests
{
    private readonly InMemoryComplaintStore _store = new();
    private readonly FakeClock _clock = new();
    private readonly SequentialIds _ids = new();

    private DeskHarness Node() => new(StorePorts.Of(_store), _clock, _ids);

    [Fact]
    public async Task T9_A_node_that_has_not_read_the_newest_policy_yet_reads_it_before_it_decides()
    {
        DeskHarness here = Node(), there = Node();
        await here.FileAsync();
        var (_, refusal) = await there.Definitions.PublishAsync(
            TenantId.Default, "policy", "fast", Policies.Json("""{"objective":"resolution","limit":"10 hours","escalations":[{"at":"due","level":1,"role":"supervisor"}]}"""), Situation.Administrator, default);
        refusal.ShouldBeNull();
        var id = await there.FileAsync(Drafts.Chinese());
        (await there.Desk.ViewAsync(id))!.Complaint.Clocks.Policy!.Value.Id.ShouldBe("fast");

        (await here.Desk.ExecuteAsync(id, new AddNote("Called."))).IsSuccess.ShouldBeTrue();
        (await here.Ports.Store.LoadAsync(TenantId.Default, id, default, default)).Timers.ShouldNotBeEmpty("a deadline must not be lost");
        (await here.Desk.ViewAsync(id))!.Clocks.ShouldHaveSingleItem();
        _clock.Advance(Duration.FromHours(11));
        (await here.Desk.SweepAsync()).Changed.ShouldBe(2);
        (await here.Desk.ViewAsync(id))!.Complaint.Clocks.Level.ShouldBe(1);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(-7 * 24 * 3_600)]
    public async Task R41_A_clock_that_is_set_back_a_week_hides_no_definition(int seconds)
    {
        DeskHarness here = Node(), there = Node();
        await here.FileAsync();
        _clock.Advance(Duration.FromSeconds(seconds));
        (await there.Definitions.PublishAsync(TenantId.Default, "policy", "fast",
            Policies.Json("""{"objective":"resolution","limit":"10 hours"}"""), Situation.Administrator, default)).Refusal.ShouldBeNull();

        var id = await here.FileAsync(Drafts.Chinese());
        (await here.Desk.ViewAsync(id))!.Complaint.Clocks.Policy!.Value.Id.ShouldBe("fast");
    }

    [Fact]
    public async Task T9_A_complaint_whose_policy_is_gone_from_the_store_is_left_alone()
    {
        var here = Node();
        await here.Definitions.PublishAsync(TenantId.Default, "policy", "fast", Policies.Json("""{"objective":"resolution","limit":"10 hours"}"""), Situation.Administrator, default);
        var id = await here.FileAsync();
        // Another store with the complaint and without the definitions: half a backup.
        var lost = new DeskHarness(StorePorts.Of(_store) with { Definitions = new InMemoryComplaintStore() }, _clock, _ids);
        (await lost.Desk.ExecuteAsync(id, new AddNote("Called."))).Refusal!.Code.ShouldBe("definition.version_missing");
        (await here.Ports.Store.LoadAsync(TenantId.Default, id, default, default)).Timers.ShouldNotBeEmpty();
    }
}
