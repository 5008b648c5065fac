using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>Starts our own clocks on an imported complaint that is still open.</summary>
/// <param name="FromReceipt">True to count from the first receipt, false from now.</param>
public sealed record Adopt(bool FromReceipt = false) : ComplaintCommand, ICapability<Adopt, Complaint>
{
    private static readonly Refusal NotImported = new(
        "import.not_imported",
        "The complaint was not imported; its clocks run already.",
        "该投诉不是导入的，时限已在计算。");

    private static readonly Refusal AlreadyAdopted = new(
        "import.already_adopted",
        "The complaint was adopted at {value}.",
        "该投诉已于 {value} 接管。");

    static Capability ICapability<Adopt, Complaint>.Capability { get; } = new("adopt", new("Adopt", "接管"))
    {
        Roles = [Role.Administrator, Role.Supervisor, Role.Manager],
        Fields = Field.Of<Adopt>(f =>
        [
            f.Flag(command => command.FromReceipt, Labels.FromReceipt),
        ]),
        StaysIn = States.Codes([.. States.Open, ComplaintState.OnHold]),
        Refusals = [NotImported, AlreadyAdopted],
    };

    static Adopt ICapability<Adopt, Complaint>.Example(Occasion occasion) => new();

    static ComplaintError? ICapability<Adopt, Complaint>.Precondition(Complaint complaint, Subject? subject,
        DecisionContext<Complaint> context) =>
        complaint.Imported switch
    {
        null => NotImported.Plain,
        { AdoptedAt: { } at } => AlreadyAdopted.With(("value", at)),
        _ => null,
    };

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ComplaintAdopted(FromReceipt ? complaint.Receipt.ReceivedAt : events.Moment.OccurredAt));
        PolicySelection.Append(events, context.Rules);
        return null;
    }
}

/// <summary>Our own clocks were started on an imported complaint.</summary>
/// <param name="CountedFrom">From when they count.</param>
public sealed record ComplaintAdopted(Instant CountedFrom) : ComplaintEvent, IHappening<ComplaintAdopted, Complaint>
{
    static EventType IHappening<ComplaintAdopted, Complaint>.EventType { get; } = new("adopted", 1, new("Adopted", "已接管"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.CountedFrom, CountedFrom)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Received, CountedFrom)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Imported = complaint.Imported! with { AdoptedAt = moment.OccurredAt },
        Clocks = complaint.State == ComplaintState.OnHold ? complaint.Clocks.Paused("imported", moment.OccurredAt) : complaint.Clocks,
    };
}
