using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core;

/// <summary>A complaint for people. Its words are sealed; <c>ComplaintDesk.RevealAsync</c> tells them.</summary>
/// <param name="Complaint">Its state.</param>
/// <param name="Clocks">Its clocks.</param>
/// <param name="History">What happened.</param>
/// <param name="Commands">What may be done now, and why not.</param>
public sealed record ComplaintView(
    Complaint Complaint, ImmutableArray<Clock> Clocks, ImmutableArray<RecordedEvent> History, ImmutableArray<PermittedCommand> Commands)
{
    /// <summary>The ids of the running clocks that are due in a year whose holidays are not known.</summary>
    public ImmutableArray<string> BeyondHolidayData { get; init; } = [];

    /// <summary>How many events of its history are damaged, and left out.</summary>
    public int Unreadable { get; init; }

    /// <summary>The next instant at which the customer may be contacted: now, or later. Deadlines do not care.</summary>
    public Instant? MayContactFrom { get; init; }

    /// <summary>What was said of a piece of evidence; <c>null</c> where there is none of that number, or its event cannot be
    /// read.</summary>
    public Contact.EvidenceAdded? EvidenceOf(int number) =>
        History.Select(recorded => recorded.Event).OfType<Contact.EvidenceAdded>().FirstOrDefault(added => added.Number == number);

    /// <summary>What was said of a point: of the first the title of the receipt. <c>null</c> where there is no such point, or its event
    /// cannot be read.</summary>
    /// <param name="point">The point's number.</param>
    public Personal<string>? TextOf(int point) => point == 1
        ? Complaint.Receipt.Title
        : History.Select(recorded => recorded.Event).OfType<PointRaised>().FirstOrDefault(raised => raised.Number == point)?.Text;
}
