using System.Globalization;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Reporting.Aggregation;

/// <summary>A round of a complaint as it was recorded: what an earlier round came to stays, whatever comes later.</summary>
internal struct Round
{
    /// <summary>When it began; <c>null</c> for a review that was asked for and not yet granted.</summary>
    public Instant? OpenedAt;

    /// <summary>When it was resolved.</summary>
    public Instant? ResolvedAt;

    /// <summary>When it ended: by a closure, a withdrawal or a merge.</summary>
    public Instant? EndedAt;

    /// <summary>True when it ended by a closure.</summary>
    public bool IsClosed;

    /// <summary>True for the present round.</summary>
    public bool IsPresent;

    /// <summary>True when its resolution was in time.</summary>
    public bool WasMet;

    /// <summary>True when its resolution was late, whether it came or not.</summary>
    public bool WasLate;

    /// <summary>When its resolution was due, where that was late.</summary>
    public Instant? LateDue;

    /// <summary>Since when it was late, where a change put the due instant into the past.</summary>
    public Instant? LateSince;

    /// <summary>How many seconds too late the resolution came.</summary>
    public long? LateBy;

    /// <summary>True when its clock has a verdict.</summary>
    public readonly bool IsJudged => WasMet || WasLate;

    /// <summary>The closure; <c>null</c> for a round that ended otherwise, or not yet.</summary>
    public readonly Instant? ClosedAt => IsClosed ? EndedAt : null;

    /// <summary>Whether its recorded breach lies before an instant.</summary>
    public readonly bool WasLateBefore(Instant instant) => (LateSince ?? LateDue) < instant;
}

/// <summary>Reads the rounds of complaints, one after the other, into one place.</summary>
internal sealed class RoundReader
{
    private const string MetResolution = Measures.Met + Objective.Resolution;
    private const string BreachedResolution = Measures.Breached + Objective.Resolution;

    private const int MostRounds = 10_000;

    private Round[] _rounds = new Round[4];
    private int _count;

    /// <summary>The rounds in order, the present one last unless a review was asked for. They are gone with the next complaint.</summary>
    public ReadOnlySpan<Round> Read(ComplaintSummary complaint)
    {
        Array.Clear(_rounds, 0, _count);
        _count = 0;
        var number = Math.Clamp(complaint.Round, 1, MostRounds);
        At(1).OpenedAt = complaint.ReceivedAt;
        ref var present = ref At(number);
        present.IsPresent = true;
        present.ResolvedAt = complaint.ResolvedAt;
        present.EndedAt = complaint.ClosedAt;
        present.IsClosed = complaint.State == ComplaintState.Closed;
        foreach (var measure in complaint.Measures)
        {
            if (measure.Name == Measures.Opened)
                At(number).OpenedAt = InstantOf(measure);
            else if (measure.Subject is not null && Number(measure.Subject) is { } round)
                Note(ref At(round), measure);
        }
        return _rounds.AsSpan(0, _count);
    }

    private static void Note(ref Round round, Measure measure)
    {
        switch (measure.Name)
        {
            case Measures.RoundOpened:
                round.OpenedAt = InstantOf(measure);
                break;
            case Measures.RoundResolved:
                round.ResolvedAt = InstantOf(measure);
                break;
            case Measures.RoundClosed:
                (round.EndedAt, round.IsClosed) = (InstantOf(measure), true);
                break;
            case MetResolution:
                round.WasMet = true;
                break;
            case BreachedResolution:
                round.WasLate = true;
                break;
            case Measures.LateDue:
                round.LateDue = InstantOf(measure);
                break;
            case Measures.LateSince:
                round.LateSince = InstantOf(measure);
                break;
            case Measures.LateBy:
                round.LateBy = (long)decimal.Floor(measure.Value);
                break;
        }
    }

    private ref Round At(int number)
    {
        if (number > _rounds.Length)
            Array.Resize(ref _rounds, number * 2);
        _count = Math.Max(_count, number);
        return ref _rounds[number - 1];
    }

    private static Instant InstantOf(Measure measure) => Instant.FromUnixTimeTicks((long)(measure.Value * NodaConstants.TicksPerSecond));

    /// <summary>The number in <c>round/1</c>; <c>null</c> for what no round has.</summary>
    private static int? Number(string subject) =>
        subject.StartsWith("round/", StringComparison.Ordinal)
            && int.TryParse(subject.AsSpan("round/".Length), CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= MostRounds
            ? number
            : null;
}
