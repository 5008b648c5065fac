using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>Which cases are put in order by their points, and which page of them is wanted.</summary>
public sealed record QueueQuery
{
    /// <summary>The most cases that are scored for an answer: those that are due first.</summary>
    public const int MostCases = 2_000;

    /// <summary>Which cases; where it names no states, those that are open or on hold. Its order and its page do not matter.</summary>
    public ComplaintQuery Of { get; init; } = new();

    /// <summary>How many to pass over, 0 to 2,000.</summary>
    public int Skip { get; init; }

    /// <summary>How many to return, 1 to 500.</summary>
    public int Take { get; init; } = 50;

    /// <summary>Checks the bounds.</summary>
    /// <exception cref="ArgumentException">A page of none or of more than 500, more than 2,000 passed over, a name of more than 100
    /// characters, or a filter that is beyond its own bounds.</exception>
    public void ThrowIfUnusable()
    {
        ArgumentNullException.ThrowIfNull(Of);
        ArgumentOutOfRangeException.ThrowIfLessThan(Take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Take, 500);
        ArgumentOutOfRangeException.ThrowIfNegative(Skip);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Skip, MostCases);
        Of.ThrowIfUnusable();
        foreach (var (name, value) in new[]
        {
            (nameof(Of.Owner), Of.Owner), (nameof(Of.Team), Of.Team), (nameof(Of.Category), Of.Category),
            (nameof(Of.Priority), Of.Priority), (nameof(Of.Channel), Of.Channel), (nameof(Of.Area), Of.Area),
            (nameof(Of.NumberStartsWith), Of.NumberStartsWith), (nameof(Of.Lookup), Of.Lookup),
        })
        {
            if (value is not null && Text.Check(name, value, name == nameof(Of.Category) ? Text.Title : Text.Id) is { } bad)
                throw new ArgumentException(bad.ToString(), name);
        }
    }
}

/// <summary>A page of a queue in the order of points.</summary>
/// <param name="Items">The most points first; of equal ones the earliest due, then the oldest receipt, then the lowest number.</param>
/// <param name="Total">How many cases were put in order, at most 2,000.</param>
/// <param name="IsCut">True where there are more: those that are due later, or at no time, were not looked at.</param>
public sealed record ScoredQueue(ImmutableArray<ScoredComplaint> Items, int Total, bool IsCut)
{
    internal static ScoredQueue None { get; } = new([], 0, IsCut: false);
}

/// <summary>A case and its points.</summary>
/// <param name="Complaint">The case in columns. Where some are damaged it names them.</param>
/// <param name="Score">Its points, and what for.</param>
public sealed record ScoredComplaint(ComplaintSummary Complaint, QueueScore Score)
{
    /// <summary>The order of a queue: what is worked on first is less.</summary>
    internal static int Compare(ScoredComplaint first, ScoredComplaint second)
    {
        var (one, other) = (first.Complaint, second.Complaint);
        var sign = second.Score.Points.CompareTo(first.Score.Points);
        if (sign == 0)
            sign = (one.DueAt ?? Instant.MaxValue).CompareTo(other.DueAt ?? Instant.MaxValue);
        if (sign == 0)
            sign = one.ReceivedAt.CompareTo(other.ReceivedAt);
        if (sign == 0)
            sign = string.CompareOrdinal(one.Number, other.Number);
        return sign != 0 ? sign : one.Id.Value.CompareTo(other.Id.Value);
    }
}
