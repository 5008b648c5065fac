using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Contact;

/// <summary>Records what was checked: items of a checklist, such as who calls and whether we understood the matter.</summary>
/// <param name="List">The id of a checklist. Error: <c>checklist.unknown</c>.</param>
/// <param name="Items">The codes of its items, 1 to 20. Errors: <c>check.no_item</c>, <c>check.unknown_item</c>, <c>check.role</c>.</param>
/// <param name="Outcome">A code of <see cref="CheckOutcome"/>. Error: <c>code.unknown</c>.</param>
/// <param name="Participant">The number of the participant who was checked; <c>null</c> for the customer and the case. Errors:
/// <c>participant.none</c>, <c>participant.not_found</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters.</param>
public sealed record RecordCheck(
    string List, ImmutableArray<string> Items, string Outcome = CheckOutcome.Done, int? Participant = null, string? Remark = null)
    : ComplaintCommand, ICapability<RecordCheck, Complaint>
{
    private static readonly Label OfWhom = new("Who was checked (the customer, if nobody is chosen)", "核对对象（不选则为客户）");

    private static readonly Refusal UnknownList = new(
        "checklist.unknown",
        "There is no checklist {value}; use one of: {known}.",
        "没有检查清单 {value}，请使用：{known}。");

    private static readonly Refusal NoItem = new(
        "check.no_item",
        "Say which items of the checklist “{list}” were gone through: {known}.",
        "请选择检查清单“{list}”中的项目：{known}。");

    private static readonly Refusal UnknownItem = new(
        "check.unknown_item",
        "The checklist “{list}” has no item {value}; it has: {known}.",
        "检查清单“{list}”没有项目 {value}，现有：{known}。");

    private static readonly Refusal NotTheirs = new(
        "check.role",
        "“{value}” is recorded by: {roles}.",
        "“{value}”由以下角色记录：{roles}。");

    /// <summary>The items, never <c>default</c>; one that is named twice is one.</summary>
    public ImmutableArray<string> Items { get; init => field = Once(value); } = Once(Items);

    static Capability ICapability<RecordCheck, Complaint>.Capability { get; } = new("record-check", new("Record checks", "记录核对"))
    {
        Roles = [.. Role.Desk, Role.Quality],
        Fields = Field.Of<RecordCheck>(f =>
        [
            f.CodeOfRule(command => command.List, Labels.Checklist, rules => rules.Checklists.Items, Text.Id, required: true)
                with { IsChosen = true },
            f.OpenCodes(command => command.Items, Labels.CheckItems, rules => rules.ItemsOfAllChecklists),
            f.Code(command => command.Outcome, Labels.CheckOutcome, _ => CheckOutcome.All),
            f.PartOrNone(command => command.Participant, OfWhom),
            f.Text(command => command.Remark, Labels.Remark, Text.Short, required: false),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed, ComplaintState.Withdrawn]),
        Refusals = [UnknownList, NoItem, UnknownItem, NotTheirs, Partners.Nobody, Partners.NotFound],
        Commutes = true,
    };

    /// <inheritdoc/>
    public override Subject? About => Participant is { } number ? Subject.Of("participant", number) : null;

    static RecordCheck ICapability<RecordCheck, Complaint>.Example(Occasion occasion) => (occasion.Variant % 3) switch
    {
        0 => new("identity", ["name", "reachable"], Participant: occasion.About is null ? null : occasion.Number),
        1 => new("understanding", ["matter", "expectation"], CheckOutcome.Failed, Remark: "The line broke off."),
        _ => new("end-of-call", ["anything-else"], CheckOutcome.NotApplicable),
    };

    static ImmutableArray<Subject> ICapability<RecordCheck, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. complaint.Participants.Select(participant => participant.Subject)];

    private static ImmutableArray<string> Once(ImmutableArray<string> items) => [.. Given.Of(items).Distinct(StringComparer.Ordinal)];

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Partners.Find(complaint, Participant, context, out var with) is { } nobody)
            return nobody;
        if (context.Rules.Checklist(List) is not { } list)
            return UnknownList.With(("value", CodeText.Shown(List)), ("known", context.Rules.Checklists.Items));
        if (Items.IsEmpty)
            return NoItem.With(("list", list.Label), ("known", list.Items));
        foreach (var code in Items)
        {
            if (list.Find(code) is not { } item)
                return UnknownItem.With(("list", list.Label), ("value", CodeText.Shown(code)), ("known", list.Items));
            if (item.Role is { } role && context.Rules.Settings.Counting([role]) is var roles && !roles.Any(context.Actor.Is)
                && !context.Actor.Is(Role.System))
                return NotTheirs.With(("value", item), ("roles", roles.Select(RoleWords.Of)));
        }
        events.Add(new ChecksRecorded(List, Items, Outcome, About, with?.Person, Personal.OfNullable(Why.Given(Remark))));
        return null;
    }
}

/// <summary>Items of a checklist were gone through.</summary>
/// <param name="List">The checklist's id.</param>
/// <param name="Items">The items' codes.</param>
/// <param name="Outcome">A code of <see cref="CheckOutcome"/>.</param>
/// <param name="Of">The part of the complaint that was checked; <c>null</c> for the whole.</param>
/// <param name="Person">The person under whose key the remark is sealed, where it is not the complainant.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record ChecksRecorded(
    string List, ImmutableArray<string> Items, string Outcome, Subject? Of = null, SubjectId? Person = null,
        Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<ChecksRecorded, Complaint>
{
    static EventType IHappening<ChecksRecorded, Complaint>.EventType { get; } = new("checks-recorded", 1, new("Checked", "已核对"));

    /// <summary>The items' codes; never <c>default</c>.</summary>
    public ImmutableArray<string> Items { get; init; } = Items.IsDefault ? [] : Items;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Checklist, rules.Checklists.Named(List)),
        new(Labels.CheckItems, Items.Select(code => (ICodeItem?)rules.Checklist(List)?.Find(code) ?? new CodeItem(code, new(code, code)))),
        new(Labels.CheckOutcome, CheckOutcome.All.Named(Outcome)),
        new(Labels.With, Of),
        new(Labels.Remark, Remark),
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark) { About = Person }];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Contact = Items.Aggregate(complaint.Contact, (contact, item) => contact.Marked(new(List, item, Outcome, Of))),
    };
}
