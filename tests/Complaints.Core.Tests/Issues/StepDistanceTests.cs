using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Issues;

/// <summary>Steps at a distance in elapsed minutes were counted in hours: <c>5 minutes after</c> escalated five hours late. The simulation's clients waited for it.</summary>
public sealed class StepDistanceTests
{
    [Theory]
    [InlineData("30 minutes before", -30)]
    [InlineData("5 minutes after", 5)]
    [InlineData("2 hours before", -120)]
    [InlineData("2 hours after", 120)]
    [InlineData("30 working minutes before", -30)]
    [InlineData("5 working minutes after", 5)]
    [InlineData("2 working hours after", 120)]
    public void T18_A_distance_counts_in_the_unit_that_it_names(string at, int minutesFromDue)
    {
        var rules = Policies.Of(("steps", Policies.Json($$"""
            {"objective":"resolution","limit":"{{(at.Contains("working", StringComparison.Ordinal) ? "4 working hours" : "4 hours")}}","escalations":[{"at":"{{at}}","level":1,"role":"supervisor"}]}
            """)));
        var complaint = new Situation { Rules = rules }.Do(new Core.Intake.Register(Situation.Draft)).Complaint!;
        var clock = Clocks.Project(complaint, rules).Single(clock => clock.Objective == Objective.Resolution);
        clock.Steps.Single(step => step.Escalation is not null).At.ShouldBe(clock.Due!.Value + Duration.FromMinutes(minutesFromDue));
    }
}
