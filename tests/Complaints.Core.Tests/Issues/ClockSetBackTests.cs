using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Core.Tests.Issues;

/// <summary>A clock that was set back between two commands (R07): what happened stood before the receipt, and first answers took less than no time.</summary>
public sealed class ClockSetBackTests
{
    [Fact]
    public void R07_Nothing_happens_before_what_led_to_it()
    {
        var situation = Situation.Registered();
        var registered = situation.Decisions[^1].Moment.RecordedAt;
        situation.After(Duration.FromHours(-3)).Do(new Acknowledge()).Do(new AddNote("Called."));

        situation.Decisions.Select(decision => decision.Moment.RecordedAt).ShouldBeInOrder();
        situation.Decisions.ShouldAllBe(decision => decision.Moment.OccurredAt >= registered && decision.Moment.OccurredAt <= decision.Moment.RecordedAt);
        situation.Complaint!.Receipt.AcknowledgedAt.ShouldBe(registered);
    }
}
