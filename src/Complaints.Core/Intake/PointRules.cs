using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>What several commands ask about the points of a complaint.</summary>
internal static class PointRules
{
    /// <summary>The most points of a complaint, dropped ones included: their numbers do not come back.</summary>
    public const int Most = 50;

    /// <summary>How long nobody else counts on a point that is being split off: a crash in between keeps it no longer.</summary>
    private static readonly Duration Parting = Duration.FromMinutes(10);

    public static readonly Refusal NotFound = new(
        "point.not_found",
        "There is no open point {value}; open are: {known}.",
        "没有有效的诉求点 {value}，现有：{known}。");

    /// <summary>What every complaint begins with.</summary>
    public static ImmutableArray<Point> OfReceipt { get; } = [new(1)];

    /// <summary>Whether a case is being made of a point, so that it may be gone in a moment.</summary>
    public static bool IsParting(Point point, Instant now) => point.PartingSince is { } since && now < since + Parting;

    public static ImmutableArray<Subject> Subjects(Complaint complaint) => [.. Open(complaint).Select(point => point.Subject)];

    public static IEnumerable<Point> Open(Complaint complaint) => complaint.Points.Where(point => point.IsOpen);

    /// <summary>What speaks against a point: there is none that is open. Asked for every page, it allocates only where it
    /// refuses.</summary>
    public static ComplaintError? Missing(Complaint complaint, Subject subject)
    {
        foreach (var point in complaint.Points)
        {
            if (point.IsOpen && point.Subject == subject)
                return null;
        }
        return NotFound.With(("value", subject.Key), ("known", Open(complaint).Select(point => point.Number)));
    }

    /// <summary>True where nothing is left to be judged but the points of these numbers.</summary>
    public static bool NoneLeftBut(Complaint complaint, ImmutableArray<int> numbers) =>
        Open(complaint).All(point => point.Validity is not null || numbers.Contains(point.Number));

    /// <summary>The same points, some of them changed.</summary>
    public static ImmutableArray<Point> Changed(Complaint complaint, Func<Point, bool> which, Func<Point, Point> change) =>
        [.. complaint.Points.Select(point => which(point) ? change(point) : point)];
}
