using System.Text.RegularExpressions;
using CallCentreStory;
using Complaints.Core.Assignment;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Tests.Stories;

/// <summary>The stories that the sample tells, and that it tells them in words.</summary>
public sealed partial class CallCentreStoryTests
{
    [Fact]
    public async Task S009_S019_S041_S067_A_product_that_crashes_from_the_call_to_its_cause()
    {
        var (story, told) = await TellAsync(UnstableProduct.TellAsync);
        var complaint = story.Now;
        complaint.State.ShouldBe(ComplaintState.Investigating);
        complaint.Points.Select(point => point.Validity).ShouldBe([PointValidity.Established, PointValidity.Established]);
        complaint.Talk.Chasers.ShouldBe(1);
        complaint.Contact.Checks.Length.ShouldBe(6);
        complaint.Inquiry.Findings.ShouldHaveSingleItem().Causes.ShouldBe(["design-defect"]);
        complaint.Clocks.ResultOf("first-response/1")!.Verdict.ShouldBe(ClockVerdict.Met, "the call was answered");
        complaint.Clocks.Agreed.ShouldHaveSingleItem();
        complaint.Tasks.ShouldHaveSingleItem().Status.ShouldBe(DepartmentTaskStatus.Accepted);
        (complaint.Tasks[0].Result, complaint.Tasks[0].SignedBy).ShouldBe((TaskResult.Cannot, "tao"));
        complaint.Contact.Stands("task-cannot", 1).ShouldBeTrue();
        complaint.Clocks.ResultOf("technical-solution/1@task/1")!.Verdict.ShouldBe(ClockVerdict.Met);
        Words(told, steps: 14);
        var stored = (await story.Harness.Ports.Store.LoadAsync(TenantId.Default, story.Case, default, default)).Complaint!;
        stored.State.Length.ShouldBeLessThan(6 * 1024);
    }

    [Fact]
    public async Task X22_X27_X06_A_task_that_nobody_wants_and_the_customers_clock_without_a_gap()
    {
        var (story, told) = await TellAsync(UnwantedTask.TellAsync);
        var complaint = story.Now;
        var (lead, assistant) = (complaint.Tasks[0], complaint.Tasks[1]);
        (lead.Status, lead.Department, lead.Bounces).ShouldBe((DepartmentTaskStatus.Accepted, "carrier", 3));
        assistant.Status.ShouldBe(DepartmentTaskStatus.Cancelled);
        complaint.Contact.Stands("task-bounced", 1).ShouldBeTrue();
        complaint.Clocks.Level.ShouldBe(1, "it was escalated");
        var clocks = Clocks.Project(complaint, Complaints.Core.Definitions.Rulebook.BuiltIn);
        clocks.Where(clock => clock is { Objective: "service-solution", CancelledAt: not null }).Count().ShouldBe(2, "each redirection");
        var resolution = clocks.Single(clock => clock.Objective == Objective.Resolution);
        resolution.Pauses.ShouldBeEmpty();
        resolution.StartedAt.ShouldBe(complaint.Receipt.ReceivedAt);
        Words(told, steps: 13);
    }

    [Fact]
    public async Task S008_S062_S066_A_letter_that_is_not_established()
    {
        var (story, told) = await TellAsync(LetterNotEstablished.TellAsync);
        var complaint = story.Now;
        complaint.State.ShouldBe(ComplaintState.NotEstablished);
        complaint.Receipt.CallbackPending.ShouldBeFalse();
        complaint.Inquiry.Steps.Select(step => step.Result).ShouldBe([StepResult.Done, StepResult.Done]);
        complaint.Inquiry.Findings.ShouldHaveSingleItem().Fault.ShouldBe("customer");
        Words(told, steps: 11);
    }

    [Fact]
    public async Task S023_S065_S116_A_member_complains_about_attitude()
    {
        var (story, told) = await TellAsync(AttitudeOfStaff.TellAsync);
        var complaint = story.Now;
        complaint.State.ShouldBe(ComplaintState.Investigating);
        complaint.Responsibility.Owner.ShouldNotBe(AttitudeOfStaff.Accused.Id);
        complaint.Points.ShouldHaveSingleItem().Validity.ShouldBe(PointValidity.Established);
        (await story.Harness.Desk.For(AttitudeOfStaff.Mei).ViewAsync(story.Case))!.Liabilities.ShouldHaveSingleItem();
        (await story.Harness.Desk.For(AttitudeOfStaff.Amy).ViewAsync(story.Case))!.Liabilities.ShouldBeEmpty("it is not for agents");
        told.ShouldContain("须回避");
        Words(told, steps: 13);
    }

    private static async Task<(Narrator Story, string Told)> TellAsync(Func<Narrator, Task<Narrator>> tell)
    {
        using var told = new StringWriter();
        return (await tell(new Narrator(told)), told.ToString());
    }

    /// <summary>Each step in both languages, and no code, instant or id of ours in either.</summary>
    private static void Words(string told, int steps)
    {
        var all = told.ReplaceLineEndings("\n").Split("\n\n").Where(part => Step().IsMatch(part))
            .Select(part => part.TrimEnd('\n').Split('\n')).ToList();
        all.Count.ShouldBe(steps);
        foreach (var step in all)
        {
            step.Length.ShouldBe(5, step[0]);
            step.Skip(1).Where((_, i) => i % 2 == 0).ShouldAllBe(line => !Chinese().IsMatch(line));
            step.Skip(1).Where((_, i) => i % 2 == 1).ShouldAllBe(line => Chinese().IsMatch(line));
        }
        Unspoken(told).ShouldBeEmpty();
        Unspoken("decide-validity at 2026-09-01T01:00:00Z: gate.missing, AwaitingConsent").Count.ShouldBe(4, "the control");
    }

    private static List<string> Unspoken(string text) => [.. Code().Matches(text).Select(match => match.Value)
        .Where(word => !word.Contains('-', StringComparison.Ordinal) || char.IsDigit(word[0])
            || CommandCatalogue.Find(new CommandName(word)) is not null)];

    [GeneratedRegex(@"^\d+\. ")]
    private static partial Regex Step();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\S+|[a-z]+\.[a-z_]+|\b[a-z]+(-[a-z]+)+\b|\b(Awaiting\w+|NotEstablished|OnHold)\b")]
    private static partial Regex Code();
}
