namespace Complaints.Hosting;

/// <summary>How long to wait before the next attempt: doubling, never longer than the longest, and spread by chance so that a receiver that comes back is not met by everybody at once.</summary>
internal static class Backoff
{
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="options">First and longest pause.</param>
    /// <param name="chance">0 to 1: from half the pause to all of it.</param>
    public static TimeSpan After(int attempt, BackgroundWorkOptions options, double chance)
    {
        var doubled = options.FirstPause.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 40));
        return TimeSpan.FromSeconds(Math.Min(doubled, options.LongestPause.TotalSeconds) * (0.5 + chance / 2));
    }
}
