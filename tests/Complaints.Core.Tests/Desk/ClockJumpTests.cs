using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>What is told after a host's clock stood ahead.</summary>
public sealed class ClockJumpTests
{
    private readonly DeskHarness _harness = new();

    [Fact]
    public async Task R41_What_was_fired_by_a_clock_that_stood_ahead_is_named_by_one_that_is_right()
    {
        var right = _harness.Clock.GetCurrentInstant();
        var fired = await _harness.FileAsync(Drafts.English(1));
        (await FoundAsync()).ShouldBeNull();
        _harness.Clock.Advance(Duration.FromDays(365));
        (await _harness.Desk.SweepAsync()).Changed.ShouldBe(1);
        await _harness.FileAsync(Drafts.English(2));
        (await FoundAsync()).ShouldBeNull("by the clock that stands ahead itself");

        _harness.Clock.Set(right);
        var found = (await FoundAsync()).ShouldNotBeNull();
        var number = (await _harness.Desk.ViewAsync(fired))!.Complaint.Number;
        (found.Code, found.Data["value"], found.Data["known"]).ShouldBe(("clock.jumped", "2", number));

        _harness.Clock.Set(right + Duration.FromDays(364));
        (await FoundAsync()).ShouldNotBeNull().Data["known"].ShouldBe("-", "all that was missed is over by now");
        _harness.Clock.Set(right + Duration.FromDays(366));
        (await FoundAsync()).ShouldBeNull("the clock has caught up");
    }

    [Fact]
    public async Task R41_control_a_clock_that_is_off_by_no_more_than_clocks_are_is_not_told()
    {
        await _harness.FileAsync();
        _harness.Clock.Advance(-IDeadlineClock.LargestSkew);
        (await FoundAsync()).ShouldBeNull();
        _harness.Clock.Advance(-Duration.FromSeconds(1));
        (await FoundAsync()).ShouldNotBeNull();
    }

    private async Task<ComplaintError?> FoundAsync() => await ClockJump.FindAsync(_harness.Desk, _harness.Clock.GetCurrentInstant());
}
