using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Intake;

/// <summary>Says of a point, before a case of its own is registered, that one is being made of it; or that nothing came of that. Two who
/// split off the last two points would else leave a complaint without one, or with one that is handled twice.</summary>
/// <param name="Point">The point's number. Errors: those of <see cref="DropPoint"/>, and <c>split.pending</c>.</param>
/// <param name="IsOver">True where no case was made.</param>
internal sealed record PartPoint(int Point, bool IsOver = false) : ComplaintCommand, ICapability<PartPoint, Complaint>
{
    static Capability ICapability<PartPoint, Complaint>.Capability { get; } = new("part-point",
        new("Begin to split a point off", "开始拆分诉求点"))
    {
        Roles = [],
        Fields = Field.Of<PartPoint>(f =>
        [
            f.Part(command => command.Point, Labels.Point),
            f.Flag(command => command.IsOver, new("Given up", "已放弃")),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals = [PointRules.NotFound, Splitting.Pending],
        IsInternal = true,
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("point", Point);

    static PartPoint ICapability<PartPoint, Complaint>.Example(Occasion occasion) => new(occasion.Number);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (PointRules.Missing(complaint, About!.Value) is { } missing)
            return missing;
        if (!IsOver && DropPoint.CannotGo(complaint, About, context) is { } stays)
            return stays;
        if (!IsOver && complaint.Points.Any(point => point.Number == Point && PointRules.IsParting(point, context.Now)))
            return Splitting.Pending.With(("value", Point));
        events.Add(new PointParting(Point, IsOver));
        return null;
    }
}

/// <summary>A case of its own is being made of a point, or none was made after all.</summary>
/// <param name="Number">The point's number.</param>
/// <param name="IsOver">True where none was made.</param>
public sealed record PointParting(
    int Number, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsOver = false)
    : ComplaintEvent, IHappening<PointParting, Complaint>
{
    private static readonly Label Nothing = new("given up", "已放弃");

    static EventType IHappening<PointParting, Complaint>.EventType { get; } = new("point-parting", 1,
        new("A point is being split off", "正在拆分诉求点"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Point, Number), new(null, IsOver ? Nothing : null)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Points = PointRules.Changed(complaint, point => point.Number == Number,
            point => point with { PartingSince = IsOver ? null : moment.RecordedAt }),
    };
}
