using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Investigation;

/// <summary>Tells steps, findings and liabilities in one line each.</summary>
internal static class InquiryWords
{
    /// <summary>What it is for, who does it, by when, and what became of it.</summary>
    public static string Of(CaseStep step, Rulebook rules, Wording wording) => Line(
        wording.Say(StepPhase.All.Named(step.Phase)),
        wording.Say(rules.StepKinds.Named(step.Kind)),
        step.Owner is { } owner ? wording.Say(new StaffMember(owner)) : null,
        step.Team is { } team ? wording.Say(rules.Organisation.TeamNamed(team)) : null,
        step is { IsOpen: true, Due: { } due } ? $"{wording.Say(Labels.Due)} {wording.Say(due)}" : null,
        wording.Say(step.Result is { } result ? StepResult.All.Named(result).Label : StepResult.Open));

    /// <summary>Of which points it is, whose fault it is and why; or why nothing was investigated.</summary>
    public static string Of(Finding finding, Rulebook rules, Wording wording) => Line(
        $"{wording.Say(Labels.Point)} {wording.Say((object)finding.Points)}",
        finding.NotInvestigated is { } why
            ? $"{wording.Say(Labels.NotInvestigated)} {wording.Say(rules.Causes.ReasonList.Named(why))}"
            : null,
        finding.Fault is { } fault ? $"{wording.Say(Labels.Fault)} {wording.Say(rules.Causes.PartyList.Named(fault))}" : null,
        wording.Say(finding.Causes.Select(rules.Causes.Named)));

    /// <summary>For what, who, and what is done.</summary>
    public static string Of(Liability liability, Rulebook rules, Wording wording) => Line(
        liability.Of is { } merged ? $"{wording.Say(Labels.From)} {merged}" : null,
        wording.Say((object)Subject.Of("finding", liability.Finding)),
        wording.Say(rules.Causes.PartyList.Named(liability.Party)),
        liability.Department is { } department ? wording.Say(rules.Organisation.DepartmentNamed(department)) : null,
        liability.Staff is { } staff ? wording.Say(new StaffMember(staff)) : null,
        liability.Measure is { } measure ? wording.Say(rules.Causes.MeasureList.Named(measure)) : null);

    private static string Line(params ReadOnlySpan<string?> parts)
    {
        var said = new List<string>();
        foreach (var part in parts)
        {
            if (!string.IsNullOrEmpty(part))
                said.Add(part);
        }
        return string.Join(" · ", said);
    }
}
