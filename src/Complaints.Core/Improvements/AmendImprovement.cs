using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Improvements;

/// <summary>Writes a part of an improvement, or writes it anew; what was written before stays in the history.</summary>
/// <param name="Part">One of the kind's parts: <c>cause</c>. Error: <c>improvement.part_unknown</c>.</param>
/// <param name="Text">What is to be said; 1 to 4,000 characters, kept sealed.</param>
public sealed record AmendImprovement(string Part, string Text) : ImprovementCommand, ICapability<AmendImprovement, Improvement>
{
    private static readonly Refusal Unknown = new(
        "improvement.part_unknown",
        "An improvement of this kind has no part '{value}'; it has: {known}.",
        "此类整改没有“{value}”部分，可用：{known}。");

    static Capability ICapability<AmendImprovement, Improvement>.Capability { get; } = new("amend-improvement", new("Write a part", "填写内容"))
    {
        Roles = [.. Role.Desk, Role.Quality],
        Fields = Field.Of<AmendImprovement>(f =>
        [
            f.CodeOfRule(command => command.Part, Labels.Part, rules => rules.OfAllImprovementKinds(kind => kind.Parts), Core.Text.Id,
                required: true),
            f.Text(command => command.Text, Labels.Text, Core.Text.Long),
        ]),
        StaysIn = ImprovementTable.GoesOn,
        Refusals = [Unknown, Ownership.NotYours],
    };

    static AmendImprovement ICapability<AmendImprovement, Improvement>.Example(Occasion occasion) =>
        new(occasion.Variant % 2 == 0 ? "problem" : "cause", "Two vans fewer since May.");

    static ComplaintError? ICapability<AmendImprovement, Improvement>.Precondition(
        Improvement state, Subject? subject, DecisionContext<Improvement> context) => Ownership.Check(state, context.Actor);

    internal override ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events)
    {
        var parts = context.Rules.ImprovementKind(improvement.Kind)?.Parts ?? [];
        if (parts.All(part => part.Code != Part))
            return Unknown.With(("value", CodeText.Shown(Part)), ("known", parts));
        events.Add(new ImprovementAmended(Part, Personal.Of(Text)));
        return null;
    }
}

/// <summary>A part of an improvement was written.</summary>
/// <param name="Part">The part.</param>
/// <param name="Text">What it says from now on.</param>
public sealed record ImprovementAmended(string Part, Personal<string> Text) : ImprovementEvent, IHappening<ImprovementAmended, Improvement>
{
    static EventType IHappening<ImprovementAmended, Improvement>.EventType { get; } = new("improvement-amended", 1,
        new("Part written", "已填写内容"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(rules.NamedOfAllImprovementKinds(kind => kind.Parts, Part).Label,
            Text)];

    internal override PersonalField[] PersonalValues => [new("text", Text)];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) =>
        state.Parts.Contains(Part) ? state : state with { Parts = state.Parts.Add(Part) };
}
