namespace Complaints.Core.Lifecycle;

/// <summary>One row of the lifecycle table.</summary>
/// <param name="From">The state before.</param>
/// <param name="On">The command.</param>
/// <param name="To">The state after; the same as <paramref name="From"/> for a command that moves nothing.</param>
/// <param name="When">What else must hold.</param>
public readonly record struct Transition(ComplaintState From, CommandName On, ComplaintState To, Circumstances When = Circumstances.None)
{
    /// <summary>True when the state does not change.</summary>
    public bool Stays => From == To;
}
