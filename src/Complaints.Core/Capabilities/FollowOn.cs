using NodaTime;

namespace Complaints.Core.Capabilities;

/// <summary>
/// What one case owes another: a command there, and a note here once it was carried out. It follows from the state, so that it cannot be
/// forgotten: the desk sends it at once, and a timer leads the
/// sweep to what a crash left undone. Both commands are the system's own, and their ids are derived, so that each happens once.
/// </summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
/// <param name="Name">What it is; the purpose of its timer.</param>
/// <param name="Since">From when it is owed.</param>
/// <param name="Target">The other case; where that was merged, its survivor.</param>
/// <param name="There">The command there.</param>
/// <param name="Here">The command here, which names where it was carried out.</param>
/// <param name="DoneCode">The refusal that says that it had been carried out before.</param>
internal sealed record FollowOn<TState>(
    string Name, Instant Since, ComplaintId Target, Command<TState> There, Func<ComplaintId, Command<TState>> Here, string DoneCode)
    where TState : class;

/// <summary>What all of them share.</summary>
internal static class FollowOn
{
    /// <summary>The clock of their timers.</summary>
    public const string Timer = "follow-on";
}
