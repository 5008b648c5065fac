using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Investigation;

/// <summary>After the judgement: the customer is asked for time, or told why not.</summary>
public sealed class PromiseTests
{
    private static readonly DecideValidity Established = new("established", "sufficient", "reasonable", "true", Department: "logistics");

    private readonly DeskHarness _harness = new();

    [Fact]
    public async Task S043_What_is_established_names_the_department_and_the_date_that_the_customer_agreed_to()
    {
        var id = await _harness.FileAsync();
        (await _harness.Desk.ExecuteAsync(id, Established with { Department = null })).Refusal!.Code
            .ShouldBe("validity.department_missing");
        await _harness.DoAsync(id, [Established]);
        (await _harness.Desk.ViewAsync(id))!.Commands.Single(command => command.Name.Value == "agree-deadline").IsPermitted.ShouldBeTrue();
        var friday = _harness.Clock.GetCurrentInstant() + Duration.FromDays(3);
        await _harness.DoAsync(id, [new AgreeDeadline(friday)]);

        var view = (await _harness.Desk.ViewAsync(id))!;
        view.Complaint.Points.ShouldHaveSingleItem().Department.ShouldBe("logistics");
        var promised = view.Clocks.Single(clock => clock.Objective == Objective.Agreed);
        (promised.Due, promised.IsRunning).ShouldBe((friday, true));
        var channel = new CaptureChannel();
        await _harness.DeliverAsync(channel);
        var message = channel.Messages.Single(sent => sent.Topic == "complaints.deadline-agreed.v1");
        System.Text.Encoding.UTF8.GetString(message.Message.Payload.Span).ShouldContain(view.Complaint.Number);
    }

    [Fact]
    public async Task S056_A_date_that_cannot_be_kept_is_told_escalated_and_agreed_anew()
    {
        var id = await _harness.FileAsync();
        var first = _harness.Clock.GetCurrentInstant() + Duration.FromDays(1);
        await _harness.DoAsync(id, [Established, new AgreeDeadline(first),
            new Escalate(1, "supervisor", null, "other", "No part in stock."),
            new RecordInteraction(Direction.Outbound, "phone", Summary: "Told the customer how far it is."),
            new AgreeDeadline(first + Duration.FromDays(2))]);
        _harness.Clock.Advance(Duration.FromDays(2));
        await _harness.Desk.SweepAsync();
        (await BreachesAsync()).ShouldBeEmpty("what was agreed before is superseded");
        _harness.Clock.Advance(Duration.FromDays(2));
        await _harness.Desk.SweepAsync();
        (await BreachesAsync()).ShouldHaveSingleItem();
        (await _harness.Desk.ViewAsync(id))!.Complaint.Clocks.Agreed.Select(agreed => agreed.SupersededAt is null).ShouldBe([false, true]);

        async Task<IEnumerable<ClockBreached>> BreachesAsync() => (await _harness.Desk.ViewAsync(id))!.History
            .Select(entry => entry.Event).OfType<ClockBreached>()
            .Where(breached => breached.Clock.StartsWith("agreed", StringComparison.Ordinal));
    }

    [Fact]
    public void S042_What_is_not_established_ends_only_with_a_reason_and_a_reply_and_is_closed_only_when_accepted()
    {
        var situation = Situation.Registered();
        situation.Try(new DecideNotEstablished("not-established", "")).Refusal!.Code.ShouldBe("text.required");
        situation.Try(new DecideNotEstablished("nonsense", "Used outdoors.")).Refusal!.Code.ShouldBe("code.unknown");
        situation.Do(new DecideNotEstablished("not-established", "Used outdoors."));
        situation.Complaint!.State.ShouldBe(ComplaintState.NotEstablished);
        situation.Try(new Close()).Refusal.ShouldNotBeNull("the customer has not been told");
        situation.Do(new NotifyResult("phone", "Told the reasons."));
        situation.Complaint!.Settlement.NotifiedAt.ShouldNotBeNull();
    }

    [Fact]
    public void S041_Grounds_and_demand_are_two_answers_of_each_point()
    {
        var situation = Situation.Registered().Do(new RaisePoint("Late."))
            .Do(new DecideValidity("partly-established", "sufficient", "not-reasonable", "partly-true", 2, "logistics"));
        var judged = situation.Complaint!.Points[1];
        (judged.Validity, judged.Grounds, judged.Demand).ShouldBe(("partly-established", "sufficient", "not-reasonable"));
        situation.Complaint.Points[0].Validity.ShouldBeNull();
    }
}
