using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Tests.Investigation;

/// <summary>Liability: by manager and quality, for what was found, and by nobody of themselves.</summary>
public sealed class LiabilityTests
{
    private static Situation Found() => Situation.Registered().Do(Inquiries.Found);

    [Fact]
    public void S065_Manager_and_quality_record_it_and_nobody_else()
    {
        var situation = Found();
        foreach (var (actor, may) in new[]
        {
            (Inquiries.Manager, true), (Inquiries.Quality, true), (Situation.Agent, false), (Situation.Supervisor, false),
            (Situation.Director, false), (Situation.Administrator, false),
        })
        {
            (situation.Try(Inquiries.Liable, actor).Refusal?.Code).ShouldBe(may ? null : "authority.role", actor.Id);
        }
        situation.Do(Inquiries.Liable, Inquiries.Quality);
        var liability = situation.Complaint!.Inquiry.Liabilities.ShouldHaveSingleItem();
        (liability.Number, liability.Finding, liability.Party, liability.Staff, liability.Measure).ShouldBe((1, 1, "us", "lee",
        "coaching"));
        situation.Decisions[^1].Events.ShouldContain(happened => happened.Made == new Subject("liability", "1"));
    }

    [Fact]
    public void S065_Nobody_says_it_of_themselves_or_of_whom_they_act_for()
    {
        var situation = Found();
        situation.Try(Inquiries.Liable with { Staff = "mei" }, Inquiries.Manager).Refusal!.Code.ShouldBe("liability.self");
        situation.Try(Inquiries.Liable, Inquiries.Manager with { OnBehalfOf = "lee" }).Refusal!.Code.ShouldBe("liability.self");
    }

    [Fact]
    public void S065_It_is_for_something_that_was_found()
    {
        Situation.Registered().Try(Inquiries.Liable, Inquiries.Manager).Refusal!.Code.ShouldBe("finding.none");
        var situation = Situation.Registered().Do(new RecordFinding(NotInvestigated: "no-details"));
        situation.Try(Inquiries.Liable, Inquiries.Manager).Refusal!.Code.ShouldBe("finding.none",
            "nobody answers for what was not investigated");
        situation.Do(Inquiries.Found);
        foreach (var number in new[] { 0, 1, 3, int.MaxValue })
        {
            var refusal = situation.Try(Inquiries.Liable with { Finding = number }, Inquiries.Manager).Refusal!;
            (refusal.Code, refusal.Data["known"]).ShouldBe(("finding.not_found", "2"));
        }
        situation.Complaint!.PermittedCommands(situation.Context(Inquiries.Manager)).Where(command =>
            command.Name.Value == "record-liability")
            .Select(command => (command.Subject, command.IsPermitted)).ShouldBe([(new Subject("finding", "2"), true)]);
    }

    [Fact]
    public void S065_What_is_no_liability_is_refused_and_changes_nothing()
    {
        var situation = Found();
        foreach (var (command, code) in new (RecordLiability, string)[]
        {
            (Inquiries.Liable with { Party = "fate" }, "code.unknown"), (Inquiries.Liable with { Basis = " " }, "text.required"),
            (Inquiries.Liable with { Basis = new string('字', 20_000) }, "text.too_long"),
            (Inquiries.Liable with { Measure = "flogging" }, "code.unknown"), (Inquiries.Liable with { Staff = new string('x', 101) },
            "text.too_long"),
            (Inquiries.Liable with { Department = "a\0b" }, "text.control"),
        })
        {
            var decision = situation.Try(command, Inquiries.Manager);
            decision.Refusal!.Code.ShouldBe(code);
            (decision.Events.Length, ReferenceEquals(decision.Next, situation.Complaint)).ShouldBe((0, true));
        }
        for (var i = 0; i < 20; i++)
            situation.Do(Inquiries.Liable with { Staff = null }, Inquiries.Manager);
        situation.Try(Inquiries.Liable, Inquiries.Manager).Refusal!.Code.ShouldBe("liability.too_many");
        situation.Complaint!.PermittedNames(situation.Context(Inquiries.Manager)).ShouldNotContain(new CommandName("record-liability"));
    }

    [Fact]
    public void S065_What_is_said_of_a_member_of_the_staff_stands_under_one_key_of_their_own()
    {
        var situation = Found().Do(Inquiries.Liable, Inquiries.Manager)
            .Do(Inquiries.Liable with { Staff = "eve" }, Inquiries.Manager).Do(Inquiries.Liable with { Basis = "Again." },
                Inquiries.Manager)
            .Do(Inquiries.Liable with { Staff = null }, Inquiries.Manager);
        var liabilities = situation.Complaint!.Inquiry.Liabilities;
        liabilities[0].Person.ShouldNotBe(situation.Complaint.Receipt.Person);
        liabilities[2].Person.ShouldBe(liabilities[0].Person, "the same person in the same case");
        liabilities[1].Person.ShouldNotBe(liabilities[0].Person);
        liabilities[3].Person.ShouldBeNull();
        situation.Complaint.Persons.ShouldBe([situation.Complaint.Receipt.Person, liabilities[0].Person!.Value,
            liabilities[1].Person!.Value]);
        situation.Decisions.SelectMany(decision => decision.Events).Select(happened => happened.Joins).OfType<SubjectId>()
            .ShouldBe([liabilities[0].Person!.Value, liabilities[1].Person!.Value]);
    }

    [Fact]
    public void S065_The_state_that_everybody_gets_has_no_member_for_it_and_no_word_of_it_goes_out()
    {
        typeof(Inquiry).GetProperties().Select(property => property.Name).ShouldNotContain(name => name.Contains("Liabilit"));
        typeof(Complaint).GetProperties().Select(property => property.Name).ShouldNotContain(name => name.Contains("Liabilit"));
        Inquiries.LeeIsLiable().Complaint!.ToString().ShouldNotContain("lee");
        var type = ComplaintRooms.Current.Catalogue.FindEvent("liability-recorded")!.Type;
        (type.Leaves, type.ShownTo).ShouldBe((null, "record-liability"));
    }

    [Fact]
    public void S065_It_may_be_recorded_after_the_case_is_closed()
    {
        var situation = Found().Do(new Core.Resolution.Resolve("solved", ConfirmedInCall: true)).Do(new Core.Resolution.Close());
        situation.Do(Inquiries.Liable, Inquiries.Manager).Complaint!.State.ShouldBe(ComplaintState.Closed);
    }
}
