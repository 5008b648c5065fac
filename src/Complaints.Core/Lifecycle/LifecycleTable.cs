using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Resolution;
using static Complaints.Core.Lifecycle.Circumstances;
using static Complaints.Core.Lifecycle.ComplaintState;

namespace Complaints.Core.Lifecycle;

/// <summary>
/// The lifecycle of a complaint as data: the machine, the permitted commands, the Mermaid diagram and the documentation all read this one
/// table. It holds what moves, and what stays only under
/// a circumstance; where a command is permitted and never moves, its own capability says so. Rows of the same state and command are tried
/// in order.
/// </summary>
public static class LifecycleTable
{
    /// <summary>Every step that moves, and every one that stays under a circumstance.</summary>
    public static ImmutableArray<Transition> Moves { get; } =
    [
        Step<StartInvestigation>(Registered, Investigating),
        Step<Propose>(Registered, Proposing),
        Step<Resolve>(Registered, Resolved),
        Step<DecideNotEstablished>(Registered, NotEstablished),

        Step<Propose>(Investigating, Proposing),
        Step<Resolve>(Investigating, Resolved),
        Step<DecideNotEstablished>(Investigating, NotEstablished),

        Step<RequestApproval>(Proposing, AwaitingApproval),
        Step<Present>(Proposing, Executing, NothingToAgree),
        Step<Present>(Proposing, AwaitingConsent),
        Step<Resolve>(Proposing, Resolved, NothingToAgree | NothingToExecute),
        Step<StartInvestigation>(Proposing, Investigating),
        Step<DecideNotEstablished>(Proposing, NotEstablished),

        Step<Present>(AwaitingApproval, AwaitingConsent),
        Step<Approve>(AwaitingApproval, Resolved, ConsentGiven | NothingToExecute),
        Step<Approve>(AwaitingApproval, Executing, ConsentGiven),
        Step<Approve>(AwaitingApproval, AwaitingApproval, NothingToAgree | AnotherPending),
        Step<Approve>(AwaitingApproval, Proposing, NothingToAgree | NothingToExecute),
        Step<Approve>(AwaitingApproval, Executing, NothingToAgree),
        Step<Approve>(AwaitingApproval, AwaitingConsent),
        Step<RejectApproval>(AwaitingApproval, AwaitingApproval, AnotherPending),
        Step<RejectApproval>(AwaitingApproval, Proposing),
        Step<RecallApproval>(AwaitingApproval, AwaitingApproval, AnotherPending),
        Step<RecallApproval>(AwaitingApproval, Proposing),

        Step<RequestApproval>(AwaitingConsent, AwaitingConsent, AnotherPresented),
        Step<RequestApproval>(AwaitingConsent, AwaitingApproval),
        Step<AcceptProposal>(AwaitingConsent, Resolved, NothingToExecute),
        Step<AcceptProposal>(AwaitingConsent, Executing),
        Step<RejectProposal>(AwaitingConsent, AwaitingConsent, AnotherPresented),
        Step<RejectProposal>(AwaitingConsent, AwaitingApproval, AnotherPending),
        Step<RejectProposal>(AwaitingConsent, Proposing),
        Step<LapseConsent>(AwaitingConsent, Resolved),

        Step<CompleteRemedy>(Executing, Resolved),
        Step<FailRemedy>(Executing, Proposing),

        Step<Close>(Resolved, Closed),
        Step<Reopen>(Resolved, Investigating),
        Step<GrantReview>(Resolved, Investigating),
        Step<ConvertToComplaint>(Resolved, Registered),

        Step<Reopen>(Closed, Investigating),
        Step<GrantReview>(Closed, Investigating),

        Step<GrantReview>(NotEstablished, Investigating),
        Step<Close>(NotEstablished, Closed),

        .. From<PlaceOnHold>(States.Open, OnHold),
        .. From<Withdraw>([.. States.Open, OnHold], Withdrawn),
        .. From<Merge>([.. States.Open, OnHold], Merged),
        Step<ReleaseHold>(OnHold, OnHold, AnotherHold),
        .. States.Open.Select(state => Step<ReleaseHold>(OnHold, state)),
    ];

    /// <summary>Every permitted step: the moves, and the stays that the commands themselves name.</summary>
    public static ImmutableArray<Transition> All => LifecycleMachine.Current.Rows;

    private static IEnumerable<Transition> From<TCommand>(ImmutableArray<ComplaintState> states, ComplaintState to) where TCommand : ComplaintCommand, ICapability<TCommand, Complaint> =>
        states.Select(state => Step<TCommand>(state, to));

    private static Transition Step<TCommand>(ComplaintState from, ComplaintState to, Circumstances when = None) where TCommand : ComplaintCommand, ICapability<TCommand, Complaint> =>
        new(from, new(TCommand.Capability.Name), to, when);
}
