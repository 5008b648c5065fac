using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Improvements;

/// <summary>Closes an improvement. Everything that was planned must be finished, and what its kind requires must be written.</summary>
/// <param name="Result">One of the kind's results: <c>effective</c>. Error: <c>improvement.result_unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters.</param>
public sealed record CloseImprovement(string Result, string? Remark = null) : ImprovementCommand, ICapability<CloseImprovement, Improvement>
{
    private static readonly Refusal Unknown = new(
        "improvement.result_unknown",
        "An improvement of this kind does not end as '{value}'; possible: {known}.",
        "此类整改没有“{value}”这一结果，可用：{known}。");

    private static readonly Refusal OpenActions = new(
        "improvement.open_actions",
        "Actions are not finished: {value}. Finish them first.",
        "措施 {value} 尚未完成，请先完成。");

    private static readonly Refusal PartsMissing = new(
        "improvement.parts_missing",
        "Before it is closed these must be written: {value}.",
        "关闭前须填写：{value}。");

    static Capability ICapability<CloseImprovement, Improvement>.Capability { get; } = new("close-improvement", new("Close", "关闭整改"))
    {
        Roles = [Role.Manager, Role.Quality],
        Fields = Field.Of<CloseImprovement>(f =>
        [
            f.CodeOfRule(command => command.Result, Labels.Outcome, rules => rules.OfAllImprovementKinds(kind => kind.Results), Text.Id,
                required: true),
            f.Text(command => command.Remark, Labels.Remark, Text.Short, required: false),
        ]),
        Refusals = [Unknown, OpenActions, PartsMissing],
    };

    static CloseImprovement ICapability<CloseImprovement, Improvement>.Example(Occasion occasion) => new("effective");

    static ComplaintError? ICapability<CloseImprovement, Improvement>.Precondition(
        Improvement state, Subject? subject, DecisionContext<Improvement> context)
    {
        if (state.Actions.Any(action => action.IsOpen))
            return OpenActions.With(("value", state.Actions.Where(action => action.IsOpen).Select(action => action.Number)));
        ImmutableArray<ImprovementPart> missing = [.. (context.Rules.ImprovementKind(state.Kind)?.Parts ?? []).Where(
            part => part.Required && !state.Parts.Contains(part.Code))];
        return missing.IsEmpty ? null : PartsMissing.With(("value", missing));
    }

    internal override ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events)
    {
        ImmutableArray<CodeItem> results = context.Rules.ImprovementKind(improvement.Kind)?.Results ?? [];
        if (results.All(result => result.Code != Result))
            return Unknown.With(("value", CodeText.Shown(Result)), ("known", results));
        events.Add(new ImprovementClosed(Result, Personal.OfNullable(Remark)));
        return null;
    }
}

/// <summary>It is over.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record ImprovementClosed(string Result, Personal<string>? Remark) : ImprovementEvent, IHappening<ImprovementClosed,
    Improvement>
{
    static EventType IHappening<ImprovementClosed, Improvement>.EventType { get; } = new("improvement-closed", 1,
        new("Improvement closed", "整改已关闭"))
    {
        Leaves = Leaving.With<ImprovementClosed>(static (writer, closed) => writer.WriteString("result"u8, closed.Result)),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Outcome, rules.NamedOfAllImprovementKinds(kind => kind.Results, Result)),
        new(Labels.Remark, Remark),
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) =>
        state with { Status = ImprovementStatus.Closed, Result = Result, ClosedAt = moment.OccurredAt };
}
