using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Tests.Investigation;

/// <summary>Complaints that somebody investigates, and the people around them.</summary>
internal static class Inquiries
{
    public static readonly Actor Manager = new("mei", Role.Manager);
    public static readonly Actor Quality = new("lin", Role.Quality);

    /// <summary>Lee works in a team that kim leads.</summary>
    public const string Teams = """
        { "teams": [ { "code": "chat", "label": { "en": "Chat", "zh": "在线客服组" }, "lead": "kim" },
                     { "code": "north", "label": { "en": "North", "zh": "北区" } } ] }
        """;

    public static ImmutableArray<StaffCard> Staff { get; } = [new("lee", Teams: ["chat"]), new("kim", Teams: ["chat"])];

    public static Rulebook Rules { get; } = Rulebook.From(
        [new(TenantId.Default, "organisation", "default", 2, Teams, default, "adam")]);

    public static RecordFinding Found { get; } = new("The log says half past nine.", FaultParty.Us, ["communication", "long-waiting"]);

    public static RecordLiability Liable { get; } = new(1, FaultParty.Us, "Did not call back.", Staff: "lee", Measure: "coaching");

    /// <summary>The same with what the staff directory knows of lee and kim.</summary>
    public static Situation Knowing(this Situation situation, ComplaintCommand command, Actor? actor = null)
    {
        var decision = Complaint.Decide(situation.Complaint, command, situation.Context(actor) with { Staff = Staff });
        situation.Take(decision);
        return situation;
    }

    /// <summary>A complaint about lee.</summary>
    public static Situation AboutLee()
    {
        var situation = new Situation { Rules = Rules };
        return situation.Knowing(new Register(Situation.Draft with { Accused = ["lee"] }));
    }

    /// <summary>One that was found to be lee's.</summary>
    public static Situation LeeIsLiable() => new Situation { Rules = Rules }.Do(new Register(Situation.Draft)).Do(Found).Knowing(Liable,
        Manager);

    /// <summary>What a history of an investigation consists of.</summary>
    public static IEnumerable<Situation> All()
    {
        yield return Situation.Registered()
            .Do(new PlanStep(StepPhase.Investigation, "records", What: "Read the warehouse's log.", Place: "南京西路 1 号",
                Due: Situation.Morning + NodaTime.Duration.FromDays(1), Team: "north"))
            .Do(new FinishStep(1, StepResult.Done, "It says half past nine.", 45, 120.50m), Situation.Supervisor);
        yield return LeeIsLiable();
        yield return AboutLee().Do(new RecordFinding(NotInvestigated: "no-details"));
        yield return Situation.In(ComplaintState.Executing)
            .Do(new PlanStep(StepPhase.Execution, "shipping", "cai", Due: Situation.Morning + NodaTime.Duration.FromDays(2)))
            .Do(new FinishStep(1, StepResult.Cancelled, "Not needed."), Situation.Supervisor);
    }
}
