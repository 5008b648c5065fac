using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Contact;
using Complaints.Core.Definitions;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;

namespace Complaints.Core;

/// <summary>Tells the parts of a complaint or an improvement in words: for the choices of a form, lists and messages.</summary>
public static class SubjectWords
{
    /// <summary>What a part of a case is, in one line.</summary>
    /// <param name="complaint">The case.</param>
    /// <param name="subject">The part.</param>
    /// <param name="rules">The tenant's definitions, for the names of codes.</param>
    /// <param name="wording">In which language and zone.</param>
    /// <param name="words">What was revealed of the case: with it a participant has a name.</param>
    public static string Of(Complaint complaint, Subject subject, Rulebook rules, Wording wording, ClearWords? words = null)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(wording);
        var number = int.TryParse(subject.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        var said = subject.Kind switch
        {
            "proposal" => Find(complaint.Settlement.Proposals, item => item.Number == number) is { } proposal ? Proposal(proposal, rules, wording) : null,
            "approval" => Find(complaint.Settlement.Approvals, item => item.Number == number) is { } approval && Find(complaint.Settlement.Proposals, item => item.Number == approval.Proposal) is { } meant
                ? Proposal(meant, rules, wording)
                : Find(complaint.Settlement.Waivers, item => item.Number == number)?.Words(rules, wording),
            "extension" => Find(complaint.Clocks.Extensions, item => item.Number == number) is { } extension ? $"{wording.Say(Vocabulary.Objective(extension.Clock))} → {wording.Say(extension.Proposed)}" : null,
            "commitment" => Find(complaint.Clocks.Commitments, item => item.Number == number) is { } commitment ? $"{wording.Say(Labels.Due)} {wording.Say(commitment.Due)}" : null,
            "participant" => Find(complaint.Participants, item => item.Number == number) is { } participant
                ? Taking(participant, rules, wording, words ?? ClearWords.None) : null,
            "point" => Find(complaint.Points, item => item.Number == number) is { } point ? Judged(complaint, point, rules, wording) : null,
            "step" => Find(complaint.Inquiry.Steps, item => item.Number == number) is { } step ? InquiryWords.Of(step, rules,
                wording) : null,
            "task" => Find(complaint.Tasks, item => item.Number == number) is { } task ? TaskWords.Of(task, rules, wording) : null,
            "finding" => Find(complaint.Inquiry.Findings, item => item.Number == number) is { } finding
                ? InquiryWords.Of(finding, rules, wording) : null,
            "liability" => Find(complaint.Inquiry.Liabilities, item => item.Number == number) is { } liability
                ? InquiryWords.Of(liability, rules, wording) : null,
            "evidence" => Find(complaint.Contact.Evidence, item => item.Number == number) is { } evidence
                ? wording.Say(rules.EvidenceKinds.Named(evidence.Kind).Label) : null,
            "signal" => wording.Say(rules.SignalRuleNamed(subject.Key).Label),
            "hold" => wording.Say(rules.HoldReasons.Named(subject.Key).Label),
            "clock" => OfClock(subject.Key, rules, wording),
            "department" => wording.Say(rules.Organisation.DepartmentNamed(subject.Key).Label),
            _ => null,
        };
        return said is null ? wording.Say((object)subject) : number > 0 ? $"{number}. {said}" : said;
    }

    /// <summary>What a clock measures, of which part, and in which round and for how many times where it is not the first.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="rules">The tenant's definitions, for the names of codes.</param>
    /// <param name="wording">In which language.</param>
    public static string Of(Clock clock, Rulebook rules, Wording wording)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return OfClock(clock.Id, rules, wording);
    }

    /// <summary>The same by the clock's id: <c>sign-for/1@task/2</c>.</summary>
    internal static string OfClock(string clock, Rulebook rules, Wording wording)
    {
        var parts = clock.Split('@', 2)[0].Split('/');
        return wording.Say(Vocabulary.Objective(clock)) + (Clock.SubjectOf(clock) is { } part ? Aside(Of(part, rules, wording)) : "")
            + Counted(1, new("round {0}", "第 {0} 轮")) + Counted(2, new("time {0}", "第 {0} 次"));

        string Counted(int place, Label label) => parts.Length > place && parts[place] != "1"
            ? Aside(wording.Say(label).Replace("{0}", parts[place], StringComparison.Ordinal)) : "";

        string Aside(string said) => wording.IsChinese ? $"（{said}）" : $" ({said})";
    }

    /// <summary>What a part is where its case is not at hand, as in a list of work: its sort with its number, or the name of its
    /// code.</summary>
    /// <param name="subject">The part.</param>
    /// <param name="rules">The tenant's definitions, for the names of codes.</param>
    /// <param name="wording">In which language.</param>
    public static string Of(Subject subject, Rulebook rules, Wording wording)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(wording);
        return subject.Kind == "hold" ? wording.Say(rules.HoldReasons.Named(subject.Key).Label)
            : subject.Kind == "clock" ? OfClock(subject.Key, rules, wording)
            : subject.Kind == "department" ? wording.Say(rules.Organisation.DepartmentNamed(subject.Key).Label)
            : subject.Kind == "signal" ? wording.Say(rules.SignalRuleNamed(subject.Key).Label)
            : $"{wording.Say(Vocabulary.SubjectKind(subject.Kind))} {subject.Key}";
    }

    /// <summary>What a part of an improvement is, in one line: of an action its number, its type and when it is due.</summary>
    /// <param name="improvement">The improvement.</param>
    /// <param name="subject">The part.</param>
    /// <param name="rules">The tenant's definitions, for the names of codes.</param>
    /// <param name="wording">In which language and zone.</param>
    public static string Of(Improvement improvement, Subject subject, Rulebook rules, Wording wording)
    {
        ArgumentNullException.ThrowIfNull(improvement);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(wording);
        return Find(improvement.Actions, item => Subject.Of("action", item.Number) == subject) is { } action
            ? $"{action.Number}. {wording.Say(rules.ActionType(action.Type))} · {wording.Say(Labels.Due)} {wording.Say(action.Due)}"
            : wording.Say((object)subject);
    }

    private static string Proposal(Proposal proposal, Rulebook rules, Wording wording)
    {
        var remedies = proposal.Remedies.IsEmpty ? wording.Say(Labels.Proposal) : wording.Say(proposal.Remedies.Select(rules.Remedies.Named));
        var cost = proposal.EstimatedCost == 0 ? "" : $" {rules.Settings.Money(proposal.EstimatedCost)}";
        return $"{remedies}{cost} · {wording.Say(Vocabulary.Of(proposal.Status))}";
    }

    /// <summary>What a point is about, and what was decided of it.</summary>
    private static string Judged(Complaint complaint, Point point, Rulebook rules, Wording wording)
    {
        var of = point.Category is null ? complaint.Judgement.Category : point.Category;
        var below = point.Category is null ? complaint.Judgement.Subcategory : point.Subcategory;
        var about = string.Join(" / ", rules.Categories.Value.Named(of, below).Select(item => wording.Say(item.Label)));
        var stands = point switch
        {
            { Dropped: { } dropped, DuplicateOf: { } same } =>
                $"{wording.Say(PointDrop.All.Named(dropped).Label)} · {wording.Say((object)Subject.Of("point", same))}",
            { Dropped: { } dropped, Into: { } target } => $"{wording.Say(PointDrop.All.Named(dropped).Label)} · {target.Number}",
            { Dropped: { } dropped } => wording.Say(PointDrop.All.Named(dropped).Label),
            { Validity: { } validity } => wording.Say(PointValidity.All.Named(validity).Label),
            _ => wording.Say(PointValidity.Undecided),
        };
        var from = point.Department is { } department ? wording.Say(rules.Organisation.DepartmentNamed(department).Label) : null;
        var ended = complaint.OutcomeOf(point) is { } outcome && outcome != point.Validity
            ? $"{wording.Say(Labels.Outcome)} {wording.Say(rules.Outcomes.Named(outcome).Label)}" : null;
        return string.Join(" · ", new[] { about, stands, from, ended }.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string Taking(Participant participant, Rulebook rules, Wording wording, ClearWords words)
    {
        var name = participant.Staff is { } staff ? wording.Say(new StaffMember(staff))
            : words.Of(participant.Card)?.Name ?? (words.IsNone ? null : wording.Say(Vocabulary.Erased));
        return $"{wording.Say(rules.ParticipantRoles.Named(participant.Role))}{(name is null ? "" : $" · {name}")}";
    }

    private static T? Find<T>(IEnumerable<T> items, Func<T, bool> which) where T : class => items.FirstOrDefault(which);
}
