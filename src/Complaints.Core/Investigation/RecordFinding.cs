using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Investigation;

/// <summary>Records what was found (调查结论): cause and fault, or why nothing was investigated. It moves no state and judges no
/// point.</summary>
/// <param name="Text">What was found, or what is to be said of why not; at most 4,000 characters, kept sealed. Needed for what was
/// found. Error: <c>text.required</c>.</param>
/// <param name="Fault">Whose fault it is: a code of the parties. Errors: <c>code.unknown</c>, <c>finding.no_fault</c>.</param>
/// <param name="Causes">Codes of the causes, at most 20, of either level. Error: <c>cause.unknown</c>.</param>
/// <param name="Points">The numbers of the points that it is about; empty for all open ones. Error: <c>point.not_found</c>.</param>
/// <param name="NotInvestigated">Why nothing was investigated: a code of the reasons for that; then neither cause nor fault is named.
/// Errors: <c>code.unknown</c>, <c>finding.contradiction</c>.</param>
/// <param name="Similar">The earlier complaint that settled the same; with some reasons it is needed. Error:
/// <c>finding.similar_missing</c>.</param>
public sealed record RecordFinding(
    string? Text = null, string? Fault = null, ImmutableArray<string> Causes = default, ImmutableArray<int> Points = default,
    string? NotInvestigated = null, ComplaintId? Similar = null)
    : ComplaintCommand, ICapability<RecordFinding, Complaint>
{
    /// <summary>The most findings of a complaint.</summary>
    private const int Most = 50;

    private static readonly Refusal TooMany = new(
        "finding.too_many",
        "A complaint has at most {bound} findings.",
        "一件投诉最多 {bound} 条调查结论。");

    private static readonly Refusal NoFault = new(
        "finding.no_fault",
        "Say whose fault it is, or why nothing was investigated.",
        "请填写责任方，或说明未调查的原因。");

    private static readonly Refusal Contradiction = new(
        "finding.contradiction",
        "What was not investigated has neither cause nor fault; leave out the one or the other.",
        "未调查的不能填写原因和责任方，请清空其一。");

    private static readonly Refusal SimilarMissing = new(
        "finding.similar_missing",
        "Name an earlier complaint of ours that settled the same, and no other.",
        "请填写已就同类问题作出结论的较早投诉（不能是本投诉）。");

    /// <summary>Codes of the causes; never <c>default</c>.</summary>
    public ImmutableArray<string> Causes { get; init => field = Given.Of(value); } = Given.Of(Causes);

    /// <summary>The numbers of the points; never <c>default</c>.</summary>
    public ImmutableArray<int> Points { get; init => field = value.IsDefault ? [] : value; } = Points.IsDefault ? [] : Points;

    static Capability ICapability<RecordFinding, Complaint>.Capability { get; } =
        new("record-finding", new("Record a finding", "记录调查结论"))
        {
            Roles = [.. Role.Desk, Role.Quality],
            Fields = Field.Of<RecordFinding>(f =>
            [
                f.Parts(command => command.Points, new("Points (all open ones, if none is chosen)", "诉求点（不选则为全部有效诉求点）"), PointRules.Most),
                f.Text(command => command.Text, new("What was found", "调查情况"), Core.Text.Long, required: false),
                f.OpenCodes(command => command.Causes, Labels.Causes, static rules => rules.Causes.All) with { IsOpenList = false },
                f.Code(command => command.Fault, Labels.Fault, static rules => rules.Causes.PartyList, required: false),
                f.Code(command => command.NotInvestigated, Labels.NotInvestigated, static rules => rules.Causes.ReasonList,
                    required: false),
                f.ComplaintOrNone(command => command.Similar, Labels.SimilarCase),
            ]),
            StaysIn = States.Codes(States.NotEnded),
            Refusals = [TooMany, NoFault, Contradiction, CauseCatalogue.Unknown, SimilarMissing, PointRules.NotFound],
            Commutes = true,
        };

    /// <inheritdoc/>
    public override Subject? About => Points is [var one] ? Subject.Of("point", one) : null;

    /// <inheritdoc/>
    public override ComplaintId? RefersTo => Similar;

    static RecordFinding ICapability<RecordFinding, Complaint>.Example(Occasion occasion)
    {
        ImmutableArray<int> points = occasion.About is null ? [] : [occasion.Number];
        return (occasion.Variant % 3) switch
        {
            0 => new("The log says half past nine.", FaultParty.Us, ["communication", "long-waiting"], points),
            1 => new("Used outdoors.", FaultParty.Customer, Points: points),
            _ => new(NotInvestigated: "no-details", Points: points),
        };
    }

    static ImmutableArray<Subject> ICapability<RecordFinding, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        PointRules.Subjects(complaint);

    static ComplaintError? ICapability<RecordFinding, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint.Inquiry.Findings.Length >= Most ? TooMany.With(("bound", Most))
        : subject is { } about ? PointRules.Missing(complaint, about) : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var points = Points.Distinct().Order().ToImmutableArray();
        foreach (var point in points)
        {
            if (PointRules.Missing(complaint, Subject.Of("point", point)) is { } missing)
                return missing;
        }
        var causes = Causes.Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (context.Rules.Causes.FirstUnknown(causes) is { } unknown)
            return unknown;
        var (fault, why) = (Why.Given(Fault), Why.Given(NotInvestigated));
        if (why is not null && (fault is not null || causes.Length > 0))
            return Contradiction.Plain;
        if (why is null && fault is null)
            return NoFault.Plain;
        if (why is null && string.IsNullOrWhiteSpace(Text))
            return new("text.required", ("field", Labels.Text));
        if (IsSimilarWrong(complaint, why, context))
            return SimilarMissing.Plain;
        if (points.IsEmpty)
            points = [.. PointRules.Open(complaint).Select(point => point.Number)];
        events.Add(new FindingRecorded(
            complaint.Inquiry.Findings.Length + 1, points, causes, fault, why, Similar, context.Referred?.Number,
                Personal.OfNullable(Text)));
        return null;
    }

    /// <summary>One that some reasons need, and that must be there and earlier where it is named.</summary>
    private bool IsSimilarWrong(Complaint complaint, string? why, DecisionContext context) => Similar is { } similar
        ? why is null || context.Referred is not { } other || other.Id != similar || other.Id == complaint.Id
            || other.Receipt.ReceivedAt > complaint.Receipt.ReceivedAt
        : context.Rules.Causes.ReasonList.Find(why) is { NeedsSimilar: true };
}

/// <summary>It was recorded what was found, or why nothing was investigated.</summary>
/// <param name="Number">Its number within the complaint.</param>
/// <param name="Points">The numbers of the points.</param>
/// <param name="Causes">Codes of the causes.</param>
/// <param name="Fault">Whose fault it is: a code of the parties.</param>
/// <param name="NotInvestigated">Why nothing was investigated: a code.</param>
/// <param name="Similar">The earlier complaint that settled the same.</param>
/// <param name="SimilarNumber">Its number for people.</param>
/// <param name="Text">What was found.</param>
public sealed record FindingRecorded(
    int Number, ImmutableArray<int> Points, ImmutableArray<string> Causes, string? Fault = null, string? NotInvestigated = null,
    ComplaintId? Similar = null, string? SimilarNumber = null, Personal<string>? Text = null)
    : ComplaintEvent, IHappening<FindingRecorded, Complaint>
{
    static EventType IHappening<FindingRecorded, Complaint>.EventType { get; } = new("finding-recorded", 1,
        new("Finding recorded", "已记录调查结论"));

    /// <summary>The numbers of the points; never <c>default</c>.</summary>
    public ImmutableArray<int> Points { get; init; } = Points.IsDefault ? [] : Points;

    /// <summary>Codes of the causes; never <c>default</c>.</summary>
    public ImmutableArray<string> Causes { get; init; } = Causes.IsDefault ? [] : Causes;

    internal override ComplaintEvent? Alone => Similar is null ? this : this with { Similar = null, SimilarNumber = null };

    internal override Subject? Made => Subject.Of("finding", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Finding, Number), new(Labels.Point, Points), new(null, Text), new(Labels.Causes, Causes.Select(rules.Causes.Named)),
        new(Labels.Fault, Fault is null ? null : rules.Causes.PartyList.Named(Fault)),
        new(Labels.NotInvestigated, NotInvestigated is null ? null : rules.Causes.ReasonList.Named(NotInvestigated)),
        new(Labels.SimilarCase, SimilarNumber),
    ];

    internal override PersonalField[] PersonalValues => [new("finding", Text)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Inquiry = complaint.Inquiry with
        {
            Findings = complaint.Inquiry.Findings.Add(new Finding(Number, Points, Causes, Fault, NotInvestigated, Similar)),
        },
    };
}
