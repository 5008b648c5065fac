using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// Finds what a host wrote whose clock stood ahead. A store without a clock of its own, such as SQLite, takes its hosts' word for the time,
/// and nothing in one clock tells a jump from a host that was switched off for a month: so it is told afterwards, by a clock that is right.
/// </summary>
public static class ClockJump
{
    private const int MostNamed = 20;

    /// <summary>What was written for later than now; <c>null</c> for nothing. Reads the columns of every complaint, and the histories of
    /// those that it finds.</summary>
    /// <param name="desk">The tenant's desk.</param>
    /// <param name="now">The instant by a clock that is right.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns><c>clock.jumped</c>: how many complaints, until when, and of which up to 20 a time limit was told as missed that is not
    /// over yet.</returns>
    public static async Task<ComplaintError?> FindAsync(ComplaintDesk desk, Instant now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(desk);
        var (count, newest, early) = (0, now, new List<string>());
        await foreach (var complaint in desk.ScanAsync(cancellationToken).ConfigureAwait(false))
        {
            if (complaint.UpdatedAt - now <= IDeadlineClock.LargestSkew)
                continue;
            (count, newest) = (count + 1, Instant.Max(newest, complaint.UpdatedAt));
            if (early.Count < MostNamed && await IsEarlyAsync(desk, complaint.Id, now, cancellationToken).ConfigureAwait(false))
                early.Add(complaint.Number);
        }
        return count == 0 ? null : new("clock.jumped", ("value", count), ("bound", newest), ("known", early.Count == 0 ? "-" : early));
    }

    private static async ValueTask<bool> IsEarlyAsync(ComplaintDesk desk, ComplaintId id, Instant now, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.ViewAsync(id, cancellationToken).ConfigureAwait(false) is { } view
                && view.Complaint.Clocks.Results.Any(result => result.Verdict == ClockVerdict.Breached && result.Due > now);
        }
        catch (UnreadableException)
        {
            // Damaged rows are told as what they are.
            return false;
        }
    }
}
