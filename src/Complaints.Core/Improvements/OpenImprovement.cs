using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;

namespace Complaints.Core.Improvements;

/// <summary>Opens an improvement: an issue behind complaints, a bulletin.</summary>
/// <param name="Kind">The id of one of the tenant's kinds: <c>systemic-issue</c>. Error: <c>code.unknown</c>.</param>
/// <param name="Title">What it is about; 1 to 200 characters, kept sealed.</param>
/// <param name="Owner">Who answers for it; <c>null</c> for who opens it. At most 100 characters.</param>
/// <param name="Department">The team or department that it is for; at most 100 characters.</param>
/// <param name="Category">The category of complaints that it is about. Error: <c>code.unknown</c>.</param>
/// <param name="Complaints">The complaints that led to it, at most 100. Error: <c>link.target_missing</c>.</param>
public sealed record OpenImprovement(
    string Kind, string Title, string? Owner = null, string? Department = null, string? Category = null,
    ImmutableArray<ComplaintId> Complaints = default) : ImprovementCommand, ICapability<OpenImprovement, Improvement>
{
    static Capability ICapability<OpenImprovement, Improvement>.Capability { get; } = new("open-improvement",
        new("Open an improvement", "发起整改"))
    {
        Roles = [.. Role.Desk, Role.Quality],
        Fields = Field.Of<OpenImprovement>(f =>
        [
            f.Code(command => command.Kind, Labels.Kind, rules => rules.ImprovementKinds),
            f.Text(command => command.Title, Labels.Title, Text.Title),
            f.Person(command => command.Owner, Labels.Owner, required: false),
            f.Team(command => command.Department, Labels.Team, required: false),
            f.CodeOfRule(command => command.Category, Labels.Category, rules => rules.Categories.Value.Categories, Text.Id),
            f.Complaints(command => command.Complaints, Labels.Complaints, CaseLinks.MostAtOnce, required: false),
        ]),
        IsCreating = true,
        Refusals = [CaseLinks.Missing],
    };

    static OpenImprovement ICapability<OpenImprovement, Improvement>.Example(Occasion occasion) =>
        new("systemic-issue", "Parcels of the north depot come late.", Complaints: occasion.Other == default ? [] : [occasion.Other]);

    /// <summary>The complaints that led to it; never <c>default</c>.</summary>
    public ImmutableArray<ComplaintId> Complaints { get; init => field = Given.Of(value); } = Given.Of(Complaints);

    internal override ImmutableArray<ComplaintId> RefersTo => Complaints;

    internal override ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events)
    {
        if (Given(Category) is { } category && context.Rules.Categories.Value.Check(category, null) is { } unknown)
            return unknown;
        events.Add(new ImprovementOpened(
            context.Ticket!.Number, context.Rules.NewestImprovementKind(Kind)!.Value, Personal.Of(Title), Given(Owner) ?? context.Actor.Id,
            Given(Department), Given(Category)));
        return RefersTo.IsEmpty ? null : CaseLinks.Add(RefersTo, context, events);

        static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
    }
}

/// <summary>An improvement was opened.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Its kind, in the version that holds for it.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Department">For which team or department.</param>
/// <param name="Category">The category of complaints.</param>
public sealed record ImprovementOpened(
    string Number, DefinitionRef Kind, Personal<string> Title, string Owner, string? Department, string? Category)
    : ImprovementEvent, IHappening<ImprovementOpened, Improvement>
{
    /// <summary>The title's place, in the event, the state and the list alike.</summary>
    internal const string TitleField = "title";

    static EventType IHappening<ImprovementOpened, Improvement>.EventType { get; } = new("improvement-opened", 1,
        new("Improvement opened", "已发起整改"))
    {
        Leaves = Leaving.With<ImprovementOpened>(static (writer, opened) => writer.WriteString("kind"u8, opened.Kind.Id)),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Kind, rules.ImprovementKinds.Named(Kind.Id)), new(Labels.Title, Title), new(Labels.Owner, new StaffMember(Owner)),
        new(Labels.Team, Department), new(Labels.Category, Category is null ? null : rules.Categories.Value.Find(
            Category)?.Label ?? new Label(Category, Category)),
    ];

    internal override PersonalField[] PersonalValues => [new(TitleField, Title)];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) => state with
    {
        Number = Number, Kind = Kind, Title = Title, Owner = Owner, Department = Department, Category = Category,
            OpenedAt = moment.OccurredAt,
    };
}
