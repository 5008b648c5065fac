using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Investigation;

/// <summary>Whoever is complained about or was found liable keeps out of the case: no work, no decision, not through others
/// either.</summary>
public sealed class ConflictTests
{
    private static readonly Actor Lee = new("lee", Role.Agent, Role.Supervisor, Role.Manager, Role.Director, Role.Quality, Role.Department,
        Role.Administrator);
    private static readonly string[] Open = ["add-note", "record-interaction"];

    public static TheoryData<string> People => ["accused", "liable", "for-accused"];

    private static (Situation Situation, Actor Actor) Case(string who) => who switch
    {
        "accused" => (Inquiries.AboutLee(), Lee),
        "liable" => (Inquiries.LeeIsLiable(), Lee),
        _ => (Inquiries.AboutLee(), Lee with { Id = "ben", OnBehalfOf = "lee" }),
    };

    [Theory]
    [MemberData(nameof(People))]
    public void S116_X07_Every_command_is_closed_but_notes_and_contacts_and_that_is_said_beforehand(string who)
    {
        var (situation, actor) = Case(who);
        var catalogue = ComplaintRooms.Current.Catalogue;
        var announced = situation.Complaint!.PermittedCommands(situation.Context(actor));
        var closed = 0;
        foreach (var command in catalogue.Commands.Where(command => command.Capability is { IsInternal: false, IsCreating: false }))
        {
            var said = announced.First(permitted => permitted.Name == command.CommandName).Refusal;
            if (said?.Code == "lifecycle.not_permitted")
                continue;
            var answered = situation.Try(Situation.Command(command.CommandName), actor).Refusal;
            if (Open.Contains(command.Name))
            {
                (said?.Code, answered?.Code).ShouldBe((null, null), command.Name);
                continue;
            }
            closed++;
            (said?.Code, answered?.Code).ShouldBe(("approval.conflict", "approval.conflict"), command.Name);
            situation.Try(Situation.Command(command.CommandName), Lee with { Id = "eve" }).Refusal?.Code.ShouldNotBe("approval.conflict",
                "the control");
        }
        closed.ShouldBeGreaterThan(15);
        situation.Complaint!.PermittedNames(situation.Context(actor)).Select(name => name.Value).Order().ShouldBe(Open);
        catalogue.Commands.Where(command => command.Capability.IsOpenToInvolved).Select(command => command.Name).Order().ShouldBe(Open);
    }

    [Fact]
    public void X07_The_refusal_says_who_it_is_and_as_what_and_of_a_liability_no_word()
    {
        var zh = new Wording(CultureInfo.GetCultureInfo("zh-CN"), NameOf: id => $"<{id}>");
        Said("accused").ShouldBe("“<lee>”是本案的被投诉员工，须回避，只能添加备注或记录沟通，请由他人处理。");
        Said("for-accused").ShouldStartWith("“<lee>”是本案的被投诉员工");
        Said("liable").ShouldStartWith("“<lee>”是本案的当事人");

        string Said(string who)
        {
            var (situation, actor) = Case(who);
            return zh.Say(situation.Try(new Resolve("solved"), actor).Refusal!);
        }
    }

    [Fact]
    public void S116_A_mistaken_accusation_is_taken_back()
    {
        var situation = Inquiries.AboutLee();
        situation.Try(new Resolve("solved"), Lee).Refusal!.Code.ShouldBe("approval.conflict");
        situation.Try(new AmendParticipant(1, Left: true), Lee).Refusal!.Code.ShouldBe("approval.conflict", "not by whom it is about");
        situation.Do(new AmendParticipant(1, Left: true), Inquiries.Manager);
        ConflictRules.KeptOut(situation.Complaint!).ShouldBeEmpty("nor who leads the team");
        situation.Try(new Resolve("solved"), Lee).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S116_A_sequence_does_not_help()
    {
        var refused = Inquiries.AboutLee().Try(new Sequence(new AddNote("I was not there."), new Resolve("solved")), Lee).Refusal!;
        refused.Details.ShouldHaveSingleItem().Code.ShouldBe("approval.conflict");
    }

    [Theory]
    [InlineData("lee")]
    [InlineData("kim")]
    public void S116_Who_keeps_out_gets_no_work_by_any_command_that_gives_some(string person)
    {
        foreach (var situation in new[] { Inquiries.AboutLee(), Inquiries.LeeIsLiable() })
        {
            foreach (var command in new ComplaintCommand[]
            {
                new HandOver(person, null, "expertise"), new PlanStep(StepPhase.Investigation, "records", person),
                new MakeCommitment("We call.", situation.Now + Duration.FromDays(1), person), new AddParticipant("expert", Staff: person),
            })
            {
                situation.Try(command, Situation.Supervisor).Refusal!.Code.ShouldBe("assignment.conflict", $"{command} {person}");
            }
            situation.Do(new Resolve("solved")).Try(new GrantReview(person),
                Situation.Supervisor).Refusal!.Code.ShouldBe("assignment.conflict");
            situation.Try(new GrantReview("eve"), Situation.Supervisor).Refusal.ShouldBeNull("the control");
        }
    }

    [Fact]
    public void S116_Every_field_that_names_somebody_gives_work_unless_it_says_that_it_only_names()
    {
        ComplaintRooms.Current.Catalogue.Commands
            .SelectMany(command => command.Capability.Fields.Where(field => field is { Kind: FieldKind.Person, GivesWorkTo: null })
                .Select(field => $"{command.Name}.{field.Name}"))
            .ShouldBe(["add-participant.staff", "record-liability.staff"], ignoreOrder: true);
    }

    [Fact]
    public void S116_Who_has_the_case_loses_it_and_what_was_theirs_is_for_whoever_else_can_do_it()
    {
        foreach (var accuse in new ComplaintCommand[] { new AddParticipant("accused", Staff: "lee"), Inquiries.Liable })
        {
            var situation = new Situation { Rules = Inquiries.Rules }.Do(new Register(Situation.Draft)).Do(Inquiries.Found)
                .Do(new HandOver("lee", "chat", "expertise")).Do(new PlanStep(StepPhase.Investigation, "records", "lee"))
                .Do(new PlanStep(StepPhase.Investigation, "records", "kim"));
            situation.Knowing(accuse, Inquiries.Manager);
            situation.Complaint!.Responsibility.Owner.ShouldBeNull();
            situation.Complaint.Responsibility.Team.ShouldBe("chat");
            var work = WorkProjection.Of(situation.Complaint, Clocks.Project(situation.Complaint, situation.Rules), situation.Rules);
            work.Length.ShouldBeGreaterThan(2);
            work.ShouldAllBe(row => row.Person == null && row.NotFor.SequenceEqual(new[] { "kim", "lee" }));
            situation.Do(new HandOver("eve", null, "expertise")).Try(new FinishStep(1, StepResult.Done), new("eve",
                Role.Agent)).Refusal.ShouldBeNull();
        }
    }

    [Fact]
    public void S116_Without_an_accused_nobody_is_kept_out_and_other_participants_are_not()
    {
        var situation = Situation.Registered().Do(new AddParticipant("expert", Staff: "lee"));
        ConflictRules.KeptOut(situation.Complaint!).ShouldBeEmpty();
        situation.Try(new Resolve("solved"), Lee).Refusal.ShouldBeNull();
        situation.Try(new HandOver("lee", null, "expertise")).Refusal.ShouldBeNull();
        situation.Do(new AddParticipant("accused", Staff: "lee")).Try(new Resolve("solved"),
            Lee).Refusal!.Code.ShouldBe("approval.conflict");
        situation.Try(new AddParticipant("accused", Staff: "lee")).Refusal!.Code.ShouldBe("participant.twice");
        situation.Try(new AddParticipant("accused", "Lee Smith")).Refusal!.Code.ShouldBe("participant.needs_staff");
    }

    [Fact]
    public void S116_A_team_lead_gets_no_work_but_may_hand_the_case_to_somebody_else()
    {
        var situation = Inquiries.AboutLee();
        var kim = new Actor("kim", Role.Supervisor);
        situation.Try(new HandOver("eve", null, "expertise"), kim).Refusal.ShouldBeNull();
        situation.Try(new HandOver("kim", null, "expertise"), kim).Refusal!.Code.ShouldBe("assignment.conflict");
        situation.Complaint!.Participants.ShouldHaveSingleItem().KeptOut!.Value.ShouldBe(["kim"]);
    }

    [Fact]
    public void S116_The_system_goes_on_with_its_own_work()
    {
        var situation = Inquiries.AboutLee();
        situation.At(400).Try(new FireClocks(), Actor.System).Refusal?.Code.ShouldNotBe("approval.conflict");
    }

    [Fact]
    public void S116_A_draft_names_at_most_ten_and_clean_ids()
    {
        Refused([.. Enumerable.Range(1, 11).Select(i => $"s{i}")]).ShouldBe("list.too_long");
        Refused([" "]).ShouldBe("text.required");
        Refused([new string('x', 101)]).ShouldBe("text.too_long");
        Inquiries.AboutLee().Complaint!.Participants.Select(participant => (participant.Role, participant.Staff)).ShouldBe([("accused",
            "lee")]);
        var twice = new Situation().Do(new Register(Situation.Draft with { Accused = ["lee", "lee", "eve"] }));
        twice.Complaint!.Participants.Select(participant => participant.Staff).ShouldBe(["lee", "eve"]);

        static string Refused(string[] accused) =>
            new Situation().Try(new Register(Situation.Draft with { Accused = [.. accused] })).Refusal!.Details.ShouldHaveSingleItem().Code;
    }
}
