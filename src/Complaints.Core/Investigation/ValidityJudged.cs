using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Sla;

namespace Complaints.Core.Investigation;

/// <summary>It was judged whether points are established.</summary>
/// <param name="Points">The points' numbers.</param>
/// <param name="Validity">A code of <see cref="PointValidity"/>.</param>
/// <param name="Grounds">A code of <see cref="PointGrounds"/>.</param>
/// <param name="Demand">A code of <see cref="PointDemand"/>.</param>
/// <param name="Department">The department that it comes from.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="AllJudged">True where no open point is left that nobody has judged: the complaint's validity is decided.</param>
public sealed record ValidityJudged(
    ImmutableArray<int> Points, string Validity, string Grounds, string Demand, string? Department, string Reason,
    Personal<string>? Remark = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AllJudged = false)
    : ComplaintEvent, IHappening<ValidityJudged, Complaint>
{
    static EventType IHappening<ValidityJudged, Complaint>.EventType { get; } = new("validity-judged", 1,
        new("Judged whether it is established", "已判定诉求是否成立"));

    /// <summary>The points' numbers; never <c>default</c>.</summary>
    public ImmutableArray<int> Points { get; init; } = Points.IsDefault ? [] : Points;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Point, Points),
        new(Labels.Validity, PointValidity.All.Named(Validity)),
        new(Labels.PointGrounds, PointGrounds.All.Named(Grounds)),
        new(Labels.Demand, PointDemand.All.Named(Demand)),
        new(Labels.Department, Department is null ? null : rules.Organisation.DepartmentNamed(Department)),
        .. Why.Details(rules, "decide-validity", Reason, Remark),
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    /// <summary>A complaint of several points is decided with the last of them.</summary>
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        AllJudged ? [new(FactKind.ValidityJudged, moment.OccurredAt)] : [];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Points = PointRules.Changed(complaint, point => Points.Contains(point.Number), point => point with
        {
            Validity = Validity, Grounds = Grounds, Demand = Demand, Department = Department,
        }),
        Settlement = complaint.Settlement.DecidedBy(moment.Actor),
    };
}
