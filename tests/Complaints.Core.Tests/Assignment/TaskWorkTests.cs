using Complaints.Core.Assignment;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using static Complaints.Core.Assignment.DepartmentTaskStatus;
using static Complaints.Core.Tests.Assignment.TaskCases;

namespace Complaints.Core.Tests.Assignment;

/// <summary>What waits for departments, and for who asked them.</summary>
public sealed class TaskWorkTests
{
    [Fact]
    public void X27_Sign_and_answer_wait_for_the_department_rule_for_who_may_and_verify_for_who_has_the_case()
    {
        var sign = Only(In(Sent));
        (sign.Work, sign.Team, sign.Person, sign.Subject).ShouldBe(("sign", "technical-support", null, new Subject("task", "1")));
        sign.Due.ShouldNotBeNull();
        var answer = Only(In(Signed));
        (answer.Work, answer.Team, answer.Person).ShouldBe(("answer", "technical-support", null));
        var rule = Only(In(Returned));
        (rule.Work, rule.Team, rule.Duty).ShouldBe(("rule", null, "rule-on-return"));
        rule.NotFor.ShouldBe(["tao"]);
        var verify = Only(In(Answered).Do(new HandOver("amy", null, "takes-over"), Mei));
        (verify.Work, verify.Person).ShouldBe(("verify", "amy"));
        verify.NotFor.ShouldBe(["tao"]);
        Of(In(Accepted)).ShouldBeEmpty();
        Of(In(Cancelled)).ShouldBeEmpty();
        Only(In(Signed).Do(new PlaceOnHold("parts"))).Work.ShouldBe("answer", "a case that waits does not stop a department");
        Of(In(Signed).Do(new Withdraw("other", "Found it."))).ShouldBeEmpty();
    }

    [Fact]
    public async Task X27_A_member_of_the_department_finds_its_tasks_and_nobody_elses()
    {
        var office = await Office.OpenAsync();
        await office.PublishAsync("organisation", Structure);
        var complaint = await office.RegisterAsync();
        var desk = office.Harness.Desk;
        (await desk.For(Mei).ExecuteAsync(complaint.Id, ToTechnicians)).IsSuccess.ShouldBeTrue();
        foreach (var (actor, query, expected) in new (Actor, WorkQuery, string)[]
        {
            (Tao, new(), "sign"), (Tao, new() { MyTeams = true }, "sign"), (Tao, new() { Team = "technical-support" }, "sign"),
            (Ren, new(), "sign"),
            (Han, new(), ""), (Han, new() { Team = "technical-support" }, ""), (Tao, new() { Role = Role.Manager }, ""),
            (Mei, new() { Team = "technical-support" }, "sign"), (new("zoe"), new() { Team = "technical-support" }, ""),
        })
        {
            var page = await desk.For(actor).WorkAsync(query);
            string.Join(' ', page.Items.Select(item => item.Row.Work)).ShouldBe(expected, $"{actor.Id} {query}");
        }
        // Two members at once: one wins, and the other is told who.
        var signed = await Task.WhenAll(new[] { Ren, Tao }.Select(actor => Task.Run(async () =>
            (actor.Id, Result: await desk.For(actor).ExecuteAsync(complaint.Id, new SignTask(1))))));
        var winner = signed.Single(one => one.Result.IsSuccess).Id;
        signed.Single(one => !one.Result.IsSuccess).Result.Refusal!.Data["by"].ShouldBe(winner);
        (await desk.For(Tao).WorkAsync(new())).Items.Select(item => item.Row.Work).ShouldBe(["answer"]);
    }

    private static WorkRow Only(Situation situation) => Of(situation).ShouldHaveSingleItem();

    private static List<WorkRow> Of(Situation situation) =>
    [
        .. WorkProjection.Of(situation.Complaint!, Clocks.Project(situation.Complaint!, situation.Rules), situation.Rules)
            .Where(row => row.Work is "sign" or "answer" or "rule" or "verify"),
    ];
}
