using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Intake;

/// <summary>Adds a point to a complaint: one more thing that the customer finds wrong. A complaint has its first point from the
/// receipt.</summary>
/// <param name="Text">What is wrong; 1 to 4,000 characters, kept sealed.</param>
/// <param name="Category">A category of the catalogue; <c>null</c> for that of the complaint. Error: <c>category.unknown</c>.</param>
/// <param name="Subcategory">A subcategory of it. Error: <c>category.unknown</c>.</param>
public sealed record RaisePoint(string Text, string? Category = null, string? Subcategory = null)
    : ComplaintCommand, ICapability<RaisePoint, Complaint>
{
    private static readonly Refusal TooMany = new(
        "point.too_many",
        "A complaint has at most {bound} points; register another complaint for what is new.",
        "一件投诉最多 {bound} 个诉求点，新的诉求请另行登记。");

    static Capability ICapability<RaisePoint, Complaint>.Capability { get; } = new("raise-point", new("Add a point", "新增诉求点"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<RaisePoint>(f =>
        [
            f.Text(command => command.Text, new("What is wrong", "诉求内容"), Core.Text.Long),
            f.CodeOfRule(command => command.Category, Labels.Category, rules => rules.Categories.Value.Categories, Core.Text.Title),
            f.CodeOfRule(command => command.Subcategory, Labels.Subcategory,
                rules => rules.Categories.Value.Categories.SelectMany(category => category.Subcategories), Core.Text.Title),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals = [TooMany],
        Commutes = true,
    };

    static RaisePoint ICapability<RaisePoint, Complaint>.Example(Occasion occasion) =>
        occasion.Variant % 2 == 0 ? new("安装师傅态度恶劣。", "service", "attitude") : new("还少了一个抽屉。");

    static ComplaintError? ICapability<RaisePoint, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint.Points.Length < PointRules.Most ? null : TooMany.With(("bound", PointRules.Most));

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var subcategory = Why.Given(Subcategory);
        // A subcategory alone is one of the complaint's own category.
        var category = Why.Given(Category) ?? (subcategory is null ? null : complaint.Judgement.Category);
        if (context.Rules.Categories.Value.Check(category, subcategory) is { } unknown)
            return unknown;
        events.Add(new PointRaised(complaint.Points.Length + 1, Personal.Of(Text), category, subcategory));
        return null;
    }
}

/// <summary>A point was added to the complaint.</summary>
/// <param name="Number">Its number within the complaint.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Category">Its category; <c>null</c> for that of the complaint.</param>
/// <param name="Subcategory">Its subcategory.</param>
public sealed record PointRaised(int Number, Personal<string> Text, string? Category = null, string? Subcategory = null)
    : ComplaintEvent, IHappening<PointRaised, Complaint>
{
    static EventType IHappening<PointRaised, Complaint>.EventType { get; } = new("point-raised", 1, new("Point added", "已新增诉求点"));

    internal override Subject? Made => Subject.Of("point", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Point, Number), new(null, Text),
            new(Labels.Category, Category is null ? null : rules.Categories.Value.Named(Category, Subcategory))];

    internal override PersonalField[] PersonalValues => [new("point", Text)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Points = complaint.Points.Add(new Point(Number, Category, Subcategory)) };
}
