using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;

namespace Complaints.Core.Assignment;

/// <summary>
/// Who must keep out of a case: whoever is complained about, until it is said that they do not take part; whoever was found liable; and
/// who leads their teams. They get no work on it. Who is complained about, or was found liable, decides nothing in it either, also through
/// somebody who acts for them. Asked with every command and for every page, it allocates only where it refuses.
/// </summary>
internal static class ConflictRules
{
    /// <summary>A command would give somebody work who must keep out.</summary>
    public static readonly Refusal NoWork = new(
        "assignment.conflict",
        "{value} is {as} in this case and gets no work on it; name somebody else.",
        "{value} 是本案的{as}，须回避，不能承办，请指定其他人员。");

    /// <summary>Somebody who must keep out wants something done.</summary>
    public static readonly Refusal NoDecision = new(
        "approval.conflict",
        "'{value}' is {as} in this case: only notes and contacts are open, and somebody else must do this.",
        "“{value}”是本案的{as}，须回避，只能添加备注或记录沟通，请由他人处理。");

    /// <summary>Both, for the list of all refusals.</summary>
    public static ImmutableArray<Refusal> All { get; } = [NoWork, NoDecision];

    private static readonly Label Accused = new("the member of the staff complained about", "被投诉员工");

    /// <summary>What is told of whoever was found liable, and of who leads a team: who may not see liabilities must not learn of one by a
    /// refusal's words.</summary>
    private static readonly Label Involved = new("on the list of those who keep out", "回避名单人员");

    /// <summary>Whoever gets no work on a case, each once, in order; empty in most cases.</summary>
    public static ImmutableArray<string> KeptOut(Complaint complaint)
    {
        if (!HasAny(complaint))
            return [];
        var people = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var participant in complaint.Participants)
        {
            if (participant.LeftAt is not null)
                continue;
            if (participant is { Role: ParticipantRole.Accused, Staff: { } accused })
                people.Add(accused);
            people.UnionWith(participant.KeptOut ?? []);
        }
        foreach (var liability in complaint.Inquiry.Liabilities)
        {
            if (liability.Staff is { } liable)
                people.Add(liable);
            people.UnionWith(liability.KeptOut ?? []);
        }
        return [.. people];
    }

    /// <summary>Why somebody gets no work on a case; <c>null</c> where nothing speaks against it.</summary>
    public static ComplaintError? WorkFor(Complaint complaint, string? person) =>
        person is not null && AsWhat(complaint, person, withLeads: true) is { } what
            ? NoWork.With(("value", new StaffMember(person)), ("as", what))
            : null;

    /// <summary>Why an actor decides nothing in a case; <c>null</c> where nothing speaks against it.</summary>
    public static ComplaintError? Against(Complaint complaint, Actor actor) =>
        AsWhat(complaint, actor.Id, withLeads: false) is { } what ? NoDecision.With(("value", new StaffMember(actor.Id)), ("as", what))
        : actor.OnBehalfOf is { } other && AsWhat(complaint, other, withLeads: false) is { } whose
            ? NoDecision.With(("value", new StaffMember(other)), ("as", whose))
            : null;

    /// <summary>Who leads the teams of somebody, where the organisation names anybody and the staff directory knows the teams.</summary>
    public static ImmutableArray<string> LeadsOf(string person, DecisionContext context)
    {
        if (context.CardOf(person) is not { Teams.IsEmpty: false } card)
            return [];
        return
        [
            .. context.Rules.Organisation.Teams.Where(team => card.Teams.Contains(team.Code)).Select(team => team.Lead).OfType<string>()
                .Where(lead => lead != person).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The same case without its owner, if that is one who must keep out.</summary>
    public static Complaint WithoutOwner(this Complaint complaint, string? person, EventMoment moment) =>
        person is null || complaint.Responsibility.Owner != person ? complaint : complaint with
        {
            Responsibility = complaint.Responsibility with
            {
                Owner = null, Since = moment.OccurredAt, HandOvers = complaint.Responsibility.HandOvers + 1, Route = null,
            },
        };

    private static bool HasAny(Complaint complaint)
    {
        foreach (var participant in complaint.Participants)
        {
            if (participant is { Role: ParticipantRole.Accused, LeftAt: null })
                return true;
        }
        return !complaint.Inquiry.Liabilities.IsEmpty;
    }

    private static Label? AsWhat(Complaint complaint, string person, bool withLeads)
    {
        foreach (var participant in complaint.Participants)
        {
            if (participant is { Role: ParticipantRole.Accused, LeftAt: null } && participant.Staff == person)
                return Accused;
        }
        foreach (var liability in complaint.Inquiry.Liabilities)
        {
            if (liability.Staff == person)
                return Involved;
        }
        if (!withLeads)
            return null;
        foreach (var participant in complaint.Participants)
        {
            if (participant is { LeftAt: null, KeptOut: { } leads } && leads.Contains(person))
                return Involved;
        }
        foreach (var liability in complaint.Inquiry.Liabilities)
        {
            if (liability.KeptOut is { } leads && leads.Contains(person))
                return Involved;
        }
        return null;
    }
}
