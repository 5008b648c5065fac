using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.Intake;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Notifications.Templates;

/// <summary>The fields of a complaint.</summary>
internal sealed class CaseFields(NoticeScene scene, ComplaintView view, ClearWords words, IReadOnlyDictionary<string, string> names)
    : FieldValues(scene)
{
    private Complaint Case => view.Complaint;

    protected override string Number => Case.Number;

    protected override Instant? DueOfPart => Scene.Event.Part is { } part
        ? view.Clocks.Where(clock => clock.IsRunning && clock.Subject == part.ToString()).Min(clock => clock.Due) : null;

    // Without words: what a participant is called is personal.
    protected override string? PartInWords =>
        Scene.Event.Part is { } part ? SubjectWords.Of(Case, part, Scene.Rules, Scene.Wording) : null;

    protected override string? DepartmentOfPart => base.DepartmentOfPart
        ?? (Scene.Event.Part is { Kind: "task" } part
            ? Case.Tasks.FirstOrDefault(task => Subject.Of("task", task.Number) == part)?.Department : null);

    protected override object? Own(string name) => name switch
    {
        "title" => words.Of(Case.Receipt.Title),
        "narrative" => Statement?.Narrative,
        "wish" => Statement?.DesiredOutcome,
        "kind" => Say(Scene.Rules.Kinds.Named(Case.Receipt.Kind).Label),
        "category" => Joined(Scene.Rules.Categories.Value.Named(Case.Judgement.Category, Case.Judgement.Subcategory)
            .Select(item => Say(item.Label)!), " / "),
        "priority" => Case.Judgement.Priority is { Length: > 0 } priority
            ? Say(Scene.Rules.Priorities.Value.Priority.Named(priority).Label) : null,
        "state" => Say(Vocabulary.Of(Case.State)),
        "received" => Say((Instant?)Case.Receipt.ReceivedAt),
        "resolution_due" => DueOf(Objective.Resolution),
        "visit_due" => DueOf(Objective.FollowUpVisit),
        "agreed_due" => Say(Case.Clocks.Agreed.LastOrDefault(agreed => agreed.SupersededAt is null)?.Due),
        "promise_due" => Say(Case.Clocks.Commitments.LastOrDefault(promise => promise.IsOpen)?.Due),
        "next_due" => Say(Next?.Due),
        "next_due_of" => Next is { } next ? SubjectWords.Of(next, Scene.Rules, Scene.Wording) : null,
        "owner" => Case.Responsibility.Owner is { } owner ? names.GetValueOrDefault(owner, owner) : null,
        "team" => Case.Responsibility.Team is { } team ? Say(Scene.Rules.Organisation.TeamNamed(team).Label) : null,
        "outcome" => Case.Settlement.Outcome is { } outcome ? Say(Scene.Rules.Outcomes.Named(outcome).Label) : null,
        "explanation" => Explanation,
        "referred_to" => words.Of(Last<NotEstablishedDecided>()?.ReferredTo),
        "proposal" => Offered is { } offered
            ? words.Of(Events<ProposalMade>().LastOrDefault(made => made.Number == offered.Number)?.Description) : null,
        "remedies" => Offered is { } offer
            ? offer.Remedies.Select(remedy => Say(Scene.Rules.Remedies.Named(remedy).Label)!).ToImmutableArray() : null,
        "customer_name" => words.Of(Case.Receipt.Complainant)?.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such field."),
    };

    /// <summary>What the customer was told last of the result, or why nothing was established.</summary>
    private string? Explanation => view.History.Select(recorded => recorded.Event).Reverse().Select(happened => happened switch
    {
        NotEstablishedDecided decided => words.Of(decided.Reason),
        ResultNotified { With: null } told => words.Of(told.Summary),
        _ => null,
    }).FirstOrDefault(told => told is not null);

    private Statement? Statement => view.History.Select(recorded => recorded.Event switch
    {
        ComplaintRegistered registered => words.Of(registered.Statement),
        ComplaintImported imported => words.Of(imported.Statement),
        _ => null,
    }).FirstOrDefault(said => said is not null);

    /// <summary>The solution that was agreed; else the one that is before the customer.</summary>
    private Proposal? Offered => Case.Settlement.Proposals.LastOrDefault(
            proposal => proposal.Status is ProposalStatus.Accepted or ProposalStatus.Executed)
        ?? Case.Settlement.Proposals.LastOrDefault(proposal => proposal.Status is ProposalStatus.Presented);

    private Clock? Next => view.Clocks.Where(clock => clock is { IsRunning: true, IsReminder: false }).MinBy(clock => clock.Due);

    private string? DueOf(string objective) =>
        Say(view.Clocks.LastOrDefault(clock => clock.Objective == objective && clock.IsRunning)?.Due);

    private T? Last<T>() where T : ComplaintEvent => Events<T>().LastOrDefault();

    private IEnumerable<T> Events<T>() where T : ComplaintEvent => view.History.Select(recorded => recorded.Event).OfType<T>();

    private static string? Joined(IEnumerable<string> parts, string between) =>
        string.Join(between, parts) is { Length: > 0 } joined ? joined : null;
}
