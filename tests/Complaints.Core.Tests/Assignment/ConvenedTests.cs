using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Assignment;

/// <summary>Not in time, or not properly: a quality review calls the departments together.</summary>
public sealed class ConvenedTests
{
    private static readonly Rulebook Organised = Rulebook.From([new Definition(
        TenantId.Default, AssignmentDefinitions.Organisation.Name, "default", 2, """
        {"departments":[{"code":"quality","label":{"en":"Quality","zh":"品管部"}},{"code":"research","label":{"en":"Research","zh":"研发部"}}]}
        """, default, "test")]);

    private static Escalate Review(params string[] departments) =>
        new(2, Role.Quality, null, "other", "Three days, and no answer.", EscalationKind.QualityReview, [.. departments]);

    private static Situation Open() => new Situation { Rules = Organised }.Do(new Core.Intake.Register(Situation.Draft));

    private static ImmutableArray<Core.Storage.WorkRow> Work(Situation situation) => WorkProjection.Of(
        situation.Complaint!, Clocks.Project(situation.Complaint!, situation.Rules), situation.Rules);

    [Fact]
    public void S054_S059_A_quality_review_calls_departments_in_and_each_has_work_on_the_case()
    {
        var situation = Open().Do(new HandOver("ben", "after-sales", "expertise")).Do(Review("quality", "research", "quality"));
        situation.Complaint!.Convened.ShouldBe(["quality", "research"]);
        var events = situation.Decisions[^1].Events;
        events.OfType<ComplaintEscalated>().ShouldHaveSingleItem().Kind.ShouldBe(EscalationKind.QualityReview);
        var convened = events.OfType<DepartmentsConvened>().ShouldHaveSingleItem();
        var words = new Wording(CultureInfo.GetCultureInfo("zh-CN"), DateTimeZone.Utc);
        convened.Details(Organised).Select(detail => words.Say(detail.Value)).ShouldBe(["品管部、研发部"]);

        Work(situation).Where(row => row.Work == "handle").Select(row => (row.Subject?.ToString(), row.Team, row.Person)).ShouldBe(
        [
            (null, "after-sales", "ben"), ("department/quality", "quality", null), ("department/research", "research", null),
        ]);
        SubjectWords.Of(situation.Complaint, new Subject("department", "quality"), Organised, words).ShouldBe("品管部");
    }

    [Fact]
    public void S054_Whoever_was_called_in_stays_and_is_not_named_twice()
    {
        var situation = Open().Do(Review("quality")).Do(Review("quality", "research") with { Level = 3 });
        situation.Decisions[^1].Events.OfType<DepartmentsConvened>().Single().Departments.ShouldBe(["research"]);
        situation.Do(Review("research") with { Level = 4 });
        situation.Decisions[^1].Events.OfType<DepartmentsConvened>().ShouldBeEmpty();
        situation.Do(new Resolve("solved"));
        Work(situation).ShouldNotContain(row => row.Subject != null, "it is solved");
        situation.Do(new Reopen("problem-persists"));
        situation.Complaint!.Convened.ShouldBe(["quality", "research"]);
        Work(situation).Count(row => row.Subject is { Kind: "department" }).ShouldBe(2);
    }

    [Fact]
    public void S054_What_is_wrong_with_a_review_is_told_and_changes_nothing()
    {
        var situation = Open();
        situation.Try(Review()).Refusal!.Code.ShouldBe("escalate.departments");
        situation.Try(Review("quality") with { Kind = EscalationKind.Time }).Refusal!.Code.ShouldBe("escalate.departments");
        situation.Try(Review("quality") with { Kind = null }).Refusal!.Code.ShouldBe("escalate.departments");
        situation.Try(Review("quality", "kitchen")).Refusal!.Code.ShouldBe("code.unknown");
        situation.Try(Review("quality") with { Kind = "holiday" }).Refusal!.Code.ShouldBe("code.unknown");
        situation.Try(Review([.. Enumerable.Repeat("quality", 21)])).Refusal!.Code.ShouldBe("number.out_of_range");
        situation.Try(Review(new string('x', 101))).Refusal!.Code.ShouldBe("text.too_long");
        situation.Try(Review("quality"), new Actor("dora", Role.Department)).Refusal!.Code.ShouldBe("authority.role");
        Situation.In(ComplaintState.Closed).Try(Review("quality")).Refusal!.Code.ShouldBe("lifecycle.not_permitted");
        // Where the organisation names no departments, its codes are the host's own.
        Situation.Registered().Do(Review("kitchen")).Complaint!.Convened.ShouldBe(["kitchen"]);
    }

    [Theory]
    [InlineData(EscalationKind.OverAuthority)]
    [InlineData(EscalationKind.CannotSolve)]
    [InlineData(EscalationKind.Executive)]
    [InlineData(EscalationKind.MajorInterest)]
    [InlineData(EscalationKind.Time)]
    public void S054_Any_other_escalation_says_what_it_is_for_and_calls_nobody_in(string kind)
    {
        var situation = Open().Do(new Escalate(1, Role.Manager, null, "customer-insists", Kind: kind));
        situation.Complaint!.Convened.ShouldBeEmpty();
        situation.Decisions[^1].Events.OfType<ComplaintEscalated>().Single().Kind.ShouldBe(kind);
        History.Sealed.Commits(situation)[^1].State.Span.IndexOf("convened"u8).ShouldBe(-1, "it costs nothing");
    }
}
