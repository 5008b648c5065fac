using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;

namespace Complaints.Core.Tests.Lifecycle;

public sealed class PermittedCommandsTests
{
    [Fact]
    public void X15_Every_command_is_listed_with_the_reason_why_not()
    {
        var situation = Situation.In(ComplaintState.Resolved);
        var commands = situation.Complaint!.PermittedCommands(situation.Context())
            .DistinctBy(command => command.Name).ToDictionary(command => command.Name);
        commands.Count.ShouldBe(ComplaintRooms.Current.Catalogue.Commands.Count(command => command.Capability is { IsInternal: false, IsCreating: false }));
        commands[new CommandName("notify-result")].IsPermitted.ShouldBeTrue();
        commands[new CommandName("close")].Refusal!.Code.ShouldBe("close.unconfirmed");
        commands[new CommandName("grant-review")].Refusal!.Code.ShouldBe("authority.role");
        commands[new CommandName("propose")].Refusal!.Code.ShouldBe("lifecycle.not_permitted");
    }

    [Fact]
    public void X07_The_proposer_sees_that_somebody_else_must_approve()
    {
        var situation = Situation.Registered().Do(new Propose(["exchange"]), Situation.Supervisor).Do(new RequestApproval(1), Situation.Supervisor);
        var own = situation.Complaint!.PermittedCommands(situation.Context(Situation.Supervisor)).Single(command => command.Name == new CommandName("approve"));
        own.Refusal!.Code.ShouldBe("approval.own_request");
        situation.Complaint!.PermittedCommands(situation.Context(Situation.Director)).Single(command => command.Name == new CommandName("approve")).IsPermitted.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(LifecycleTableTests.Pairs), MemberType = typeof(LifecycleTableTests))]
    public void What_is_listed_as_refused_is_refused_with_the_same_code(ComplaintState state, string name)
    {
        var trigger = new CommandName(name);
        if (ComplaintRooms.Current.Catalogue.FindCommand(name)!.Capability is { IsInternal: true } or { IsCreating: true })
            return;
        var situation = Situation.In(state);
        var listed = situation.Complaint!.PermittedCommands(situation.Context()).First(command => command.Name == trigger);
        var tried = situation.Try(Situation.Command(trigger));
        if (listed.Refusal is not null)
            tried.Refusal!.Code.ShouldBe(listed.Refusal.Code);
    }
}
