using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;

namespace Complaints.Core.Tests.Capabilities;

public sealed class SequenceTests
{
    [Fact]
    public void Each_command_is_decided_on_what_the_one_before_left_and_the_version_rises_by_one()
    {
        var situation = Situation.Registered();
        var decision = situation.Try(new Sequence(new StartInvestigation(), new Propose(["exchange"], NeedsExecution: false), new Present(1)));
        decision.Complaint.State.ShouldBe(ComplaintState.AwaitingConsent);
        decision.Complaint.Version.ShouldBe(2);
        decision.Made.ShouldBe([new Subject("proposal", "1")]);
        decision.Events.Select(happened => happened.GetType().Name).Take(3).ShouldBe(["InvestigationStarted", "ProposalMade", "ProposalPresented"]);
    }

    [Fact]
    public void The_first_refusal_refuses_all_and_says_which()
    {
        var situation = Situation.Registered();
        var decision = situation.Try(new Sequence(new AddNote("first"), new Present(7)));
        decision.Events.ShouldBeEmpty();
        decision.Next.ShouldBeSameAs(situation.Complaint);
        decision.Refusal!.Code.ShouldBe("sequence.part_refused");
        decision.Refusal.Data["position"].ShouldBe("2");
        decision.Refusal.Details.ShouldHaveSingleItem().Code.ShouldBe("lifecycle.not_permitted");
        decision.Refusal.In(System.Globalization.CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("告知客户方案");
    }

    [Theory]
    [InlineData(0, "sequence.length")]
    [InlineData(1, "sequence.length")]
    [InlineData(2, null)]
    [InlineData(20, null)]
    [InlineData(21, "sequence.length")]
    public void A_sequence_has_two_to_twenty_commands(int length, string? code) =>
        Situation.Registered().Try(new Sequence([.. Enumerable.Range(0, length).Select(i => new AddNote($"{i}"))])).Refusal?.Code.ShouldBe(code);

    public static TheoryData<string> NotInside() => ["register", "import", "merge", "link", "fire-clocks", "absorb-merged"];

    [Theory]
    [MemberData(nameof(NotInside))]
    public void What_begins_a_case_refers_to_another_or_is_the_systems_own_stands_alone(string name)
    {
        var refusal = Situation.Registered().Try(new Sequence(new AddNote("x"), Situation.Command(new(name))), Actor.System).Refusal!;
        refusal.Code.ShouldBe("sequence.not_allowed");
        refusal.Data["command"].ShouldBe(name);
    }

    [Fact]
    public void A_sequence_inside_a_sequence_is_refused() =>
        Situation.Registered().Try(new Sequence(new AddNote("x"), new Sequence(new AddNote("y"), new AddNote("z")))).Refusal!.Code.ShouldBe("sequence.not_allowed");

    [Fact]
    public void A_sequence_for_a_case_that_is_not_there_is_refused() =>
        new Situation().Try(new Sequence(new AddNote("x"), new AddNote("y"))).Refusal!.Code.ShouldBe("complaint.not_found");

    [Fact]
    public void What_a_command_made_stands_in_its_answer()
    {
        var situation = Situation.Registered();
        situation.Try(new MakeCommitment("We call back.", Situation.Morning + NodaTime.Duration.FromDays(1))).Made.ShouldBe([new Subject("commitment", "1")]);
        situation.Try(new AddNote("x")).Made.ShouldBeEmpty();
    }
}
