using System.Collections.Immutable;
using static Complaints.Core.Lifecycle.ComplaintState;

namespace Complaints.Core.Lifecycle;

/// <summary>Sets of states, by what they mean. They stand apart from the table and from the commands, which both name them.</summary>
public static class States
{
    /// <summary>The states in which somebody on our side is at work.</summary>
    public static ImmutableArray<ComplaintState> Open { get; } = [Registered, Investigating, Proposing, AwaitingApproval, AwaitingConsent, Executing];

    /// <summary>The states in which it counts to its owner's load: open, or on hold.</summary>
    public static ImmutableArray<ComplaintState> InHand { get; } = [.. Open, OnHold];

    /// <summary>The states that nothing but a reopening or a review leaves.</summary>
    public static ImmutableArray<ComplaintState> Ends { get; } = [Closed, Withdrawn, Merged];

    /// <summary>Everything before the end: open, waiting, or solved and not yet confirmed.</summary>
    public static ImmutableArray<ComplaintState> NotEnded { get; } = [.. Open, OnHold, Resolved, NotEstablished];

    /// <summary>The states in which the customer is owed, or has, an answer.</summary>
    public static ImmutableArray<ComplaintState> Answered { get; } = [Resolved, NotEstablished, Closed];

    /// <summary>All states.</summary>
    public static ImmutableArray<ComplaintState> All { get; } = [.. Enum.GetValues<ComplaintState>()];

    /// <summary>The states as a capability names them.</summary>
    internal static ImmutableArray<string> Codes(ImmutableArray<ComplaintState> states) => [.. states.Select(state => state.ToString())];
}
