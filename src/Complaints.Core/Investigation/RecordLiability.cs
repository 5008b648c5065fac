using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Investigation;

/// <summary>Records who answers for what was found (责任认定). Only who may record it sees it, or a word of it.</summary>
/// <param name="Finding">The number of the finding. Errors: <c>finding.none</c>, <c>finding.not_found</c>.</param>
/// <param name="Party">A code of the parties. Error: <c>code.unknown</c>.</param>
/// <param name="Basis">On what it rests; 1 to 4,000 characters, sealed under the key of the member of the staff.</param>
/// <param name="Department">The department, at most 100 characters: one of the organisation's departments where it names any. Error:
/// <c>code.unknown</c>.</param>
/// <param name="Staff">The member of the staff, by the host's id; at most 100 characters. Error: <c>liability.self</c>.</param>
/// <param name="Measure">What is done: a code of the measures. Error: <c>code.unknown</c>.</param>
public sealed record RecordLiability(
    int Finding, string Party, string Basis, string? Department = null, string? Staff = null, string? Measure = null)
    : ComplaintCommand, ICapability<RecordLiability, Complaint>
{
    /// <summary>The command by which it is known who sees liabilities.</summary>
    internal const string Name = "record-liability";

    /// <summary>The most liabilities of a complaint.</summary>
    private const int Most = 20;

    private static readonly Refusal TooMany = new(
        "liability.too_many",
        "A complaint has at most {bound} liabilities.",
        "一件投诉最多 {bound} 条责任认定。");

    private static readonly Refusal NoFinding = new(
        "finding.none",
        "Nothing has been found yet for which anybody could answer; record a finding first.",
        "尚无可认定责任的调查结论，请先记录调查结论。");

    private static readonly Refusal FindingNotFound = new(
        "finding.not_found",
        "There is no finding {value} for which anybody could answer; there are: {known}.",
        "没有可认定责任的调查结论 {value}，现有：{known}。");

    private static readonly Refusal Self = new(
        "liability.self",
        "Nobody says of themselves, or of whom they act for, that they answer for it; somebody else must.",
        "不能认定本人或所代理人员的责任，请由他人认定。");

    static Capability ICapability<RecordLiability, Complaint>.Capability { get; } = new(Name, new("Record liability", "认定责任"))
    {
        Roles = [Role.Manager, Role.Quality],
        Fields = Field.Of<RecordLiability>(f =>
        [
            f.Part(command => command.Finding, Labels.Finding),
            f.Code(command => command.Party, Labels.Fault, static rules => rules.Causes.PartyList) with { IsChosen = true },
            f.CodeWhereListed(command => command.Department, Labels.Department, static rules => rules.Organisation.Departments),
            f.Named(command => command.Staff, Labels.StaffMember, required: false),
            f.Text(command => command.Basis, Labels.Basis, Text.Long),
            f.Code(command => command.Measure, Labels.Measure, static rules => rules.Causes.MeasureList, required: false),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed]),
        Refusals = [TooMany, NoFinding, FindingNotFound, Self],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("finding", Finding);

    static RecordLiability ICapability<RecordLiability, Complaint>.Example(Occasion occasion) => occasion.Variant % 2 == 0
        ? new(occasion.Number, FaultParty.Us, "Did not call back.", Staff: "lee", Measure: "coaching")
        : new(occasion.Number, FaultParty.ThirdParty, "The carrier's report says so.");

    internal override bool BringsPersons => Why.Given(Staff) is not null;

    internal override IEnumerable<string> PeopleNamed => Why.Given(Staff) is { } staff ? [staff] : [];

    static ImmutableArray<Subject> ICapability<RecordLiability, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. Found(complaint).Select(finding => finding.Subject)];

    static ComplaintError? ICapability<RecordLiability, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        if (complaint.Inquiry.Liabilities.Length >= Most && complaint.Inquiry.Liabilities.Count(own => own.Of is null) >= Most)
            return TooMany.With(("bound", Most));
        if (!Found(complaint).Any())
            return NoFinding.Plain;
        return subject is not { } about || Found(complaint).Any(finding => finding.Subject == about) ? null
            : FindingNotFound.With(("value", about.Key), ("known", Found(complaint).Select(finding => finding.Number)));
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var staff = Why.Given(Staff);
        if (context.Actor.IsOrActsFor(staff))
            return Self.Plain;
        var number = complaint.Inquiry.Liabilities.Length + 1;
        var known = staff is null ? null
            : complaint.Inquiry.Liabilities.FirstOrDefault(liability => liability.Staff == staff && liability.Person is not null)?.Person;
        var leads = staff is null ? [] : ConflictRules.LeadsOf(staff, context);
        HandedOver.Back([staff, .. leads], context, events);
        events.Add(new LiabilityRecorded(number, Finding, Party, Why.Given(Department), staff,
            staff is null ? null : known ?? SubjectId.OfLiable(context.Fresh, complaint.Id, number), Why.Given(Measure),
            Personal.Of(Basis), IsNew: staff is not null && known is null)
        {
            KeptOut = leads.IsEmpty ? null : leads,
        });
        return null;
    }

    /// <summary>Nobody answers for what was not investigated.</summary>
    private static IEnumerable<Finding> Found(Complaint complaint) =>
        complaint.Inquiry.Findings.Where(finding => finding.NotInvestigated is null);
}

/// <summary>It was recorded who answers for what was found. Told only to who may record it, and never outside.</summary>
/// <param name="Number">Its number within the complaint.</param>
/// <param name="Finding">The number of the finding.</param>
/// <param name="Party">A code of the parties.</param>
/// <param name="Department">The department.</param>
/// <param name="Staff">The member of the staff.</param>
/// <param name="Person">Under whose key the basis is sealed; <c>null</c> for the complainant's.</param>
/// <param name="Measure">What is done: a code.</param>
/// <param name="Basis">On what it rests.</param>
/// <param name="IsNew">True where nothing was said of the person in this complaint before.</param>
public sealed record LiabilityRecorded(
    int Number, int Finding, string Party, string? Department = null, string? Staff = null, SubjectId? Person = null,
    string? Measure = null,
    Personal<string>? Basis = null, bool IsNew = false)
    : ComplaintEvent, IHappening<LiabilityRecorded, Complaint>
{
    static EventType IHappening<LiabilityRecorded, Complaint>.EventType { get; } = new("liability-recorded", 1,
        new("Liability recorded", "已认定责任"))
    {
        ShownTo = RecordLiability.Name,
    };

    /// <summary>Who leads the teams of the member of the staff, and gets no work on the case either.</summary>
    public ImmutableArray<string>? KeptOut { get; init; }

    internal override Subject? Made => Subject.Of("liability", Number);

    internal override SubjectId? Joins => IsNew ? Person : null;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Liability, Number), new(Labels.Finding, Finding), new(Labels.Fault, rules.Causes.PartyList.Named(Party)),
        new(Labels.Department, Department is null ? null : rules.Organisation.DepartmentNamed(Department)),
        new(Labels.StaffMember, Staff is null ? null : new StaffMember(Staff)), new(Labels.Basis, Basis),
        new(Labels.Measure, Measure is null ? null : rules.Causes.MeasureList.Named(Measure)),
    ];

    internal override PersonalField[] PersonalValues => [new("basis", Basis) { About = Person }];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => (KeptOut ?? []).Aggregate(
        (complaint with
        {
            Inquiry = complaint.Inquiry with
            {
                Liabilities = complaint.Inquiry.Liabilities.Add(
                    new Liability(Number, Finding, Party, Department, Staff, Person, Measure) { KeptOut = KeptOut }),
            },
        }).WithoutOwner(Staff, moment),
        (kept, person) => kept.WithoutOwner(person, moment));
}
