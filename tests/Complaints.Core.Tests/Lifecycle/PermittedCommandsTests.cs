using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;

namespace Complaints.Core.Tests.Lifecycle;

public sealed class PermittedCommandsTests
{
    [Fact]
    public void X15_Every_command_is_listed_with_the_reason_why_not()
    {
        var situation = Situation.In(ComplaintState.Resolved);
        var commands = situation.Complaint!.PermittedCommands(situation.Context()).ToDictionary(command => command.Trigger);
        commands.Count.ShouldBe(Enum.GetValues<ComplaintTrigger>().Length - 5);
        commands[ComplaintTrigger.NotifyResult].IsPermitted.ShouldBeTrue();
        commands[ComplaintTrigger.Close].Refusal!.Code.ShouldBe("close.unconfirmed");
        commands[ComplaintTrigger.GrantReview].Refusal!.Code.ShouldBe("authority.role");
        commands[ComplaintTrigger.Propose].Refusal!.Code.ShouldBe("lifecycle.not_permitted");
    }

    [Fact]
    public void X07_The_proposer_sees_that_somebody_else_must_approve()
    {
        var situation = Situation.Registered().Do(new Propose(["exchange"]), Situation.Supervisor).Do(new RequestApproval(1), Situation.Supervisor);
        var own = situation.Complaint!.PermittedCommands(situation.Context(Situation.Supervisor)).Single(command => command.Trigger == ComplaintTrigger.Approve);
        own.Refusal!.Code.ShouldBe("approval.own_request");
        situation.Complaint!.PermittedCommands(situation.Context(Situation.Director)).Single(command => command.Trigger == ComplaintTrigger.Approve).IsPermitted.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(LifecycleTableTests.Pairs), MemberType = typeof(LifecycleTableTests))]
    public void What_is_listed_as_refused_is_refused_with_the_same_code(ComplaintState state, ComplaintTrigger trigger)
    {
        if (trigger is ComplaintTrigger.Register or ComplaintTrigger.Import or ComplaintTrigger.FireClocks or ComplaintTrigger.AbsorbMerged or ComplaintTrigger.ConfirmAbsorbed)
            return;
        var situation = Situation.In(state);
        var listed = situation.Complaint!.PermittedCommands(situation.Context()).Single(command => command.Trigger == trigger);
        var tried = situation.Try(Situation.Command(trigger));
        if (listed.Refusal is not null)
            tried.Refusal!.Code.ShouldBe(listed.Refusal.Code);
    }
}
