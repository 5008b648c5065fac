using System.Collections.Immutable;
using static Complaints.Core.Lifecycle.Circumstances;
using static Complaints.Core.Lifecycle.ComplaintState;
using On = Complaints.Core.Lifecycle.ComplaintTrigger;

namespace Complaints.Core.Lifecycle;

/// <summary>
/// The lifecycle of a complaint as data: the machine, the permitted commands, the Mermaid diagram and the documentation all read this one table.
/// Rows of the same state and trigger are tried in order.
/// </summary>
public static class LifecycleTable
{
    /// <summary>The states in which somebody on our side is at work.</summary>
    public static ImmutableArray<ComplaintState> Open { get; } = [Registered, Investigating, Proposing, AwaitingApproval, AwaitingConsent, Executing];

    /// <summary>The states that nothing but a reopening or a review leaves.</summary>
    public static ImmutableArray<ComplaintState> Ends { get; } = [Closed, Withdrawn, Merged];

    private static readonly ImmutableArray<ComplaintState> NotEnded = [.. Open, OnHold, Resolved, NotEstablished];

    private static readonly ImmutableArray<ComplaintState> Answered = [Resolved, NotEstablished, Closed];

    /// <summary>Every permitted step.</summary>
    public static ImmutableArray<Transition> All { get; } =
    [
        new(Registered, On.StartInvestigation, Investigating),
        new(Registered, On.Propose, Proposing),
        new(Registered, On.Resolve, Resolved),
        new(Registered, On.DecideNotEstablished, NotEstablished),

        new(Investigating, On.Propose, Proposing),
        new(Investigating, On.Resolve, Resolved),
        new(Investigating, On.DecideNotEstablished, NotEstablished),

        new(Proposing, On.Propose, Proposing),
        new(Proposing, On.RequestApproval, AwaitingApproval),
        new(Proposing, On.Present, AwaitingConsent),
        new(Proposing, On.Resolve, Resolved, NothingToAgree | NothingToExecute),
        new(Proposing, On.StartInvestigation, Investigating),
        new(Proposing, On.DecideNotEstablished, NotEstablished),

        new(AwaitingApproval, On.Propose, AwaitingApproval),
        new(AwaitingApproval, On.RequestApproval, AwaitingApproval),
        new(AwaitingApproval, On.Present, AwaitingConsent),
        new(AwaitingApproval, On.Approve, Resolved, ConsentGiven | NothingToExecute),
        new(AwaitingApproval, On.Approve, Executing, ConsentGiven),
        new(AwaitingApproval, On.Approve, AwaitingConsent),
        new(AwaitingApproval, On.RejectApproval, AwaitingApproval, AnotherPending),
        new(AwaitingApproval, On.RejectApproval, Proposing),
        new(AwaitingApproval, On.RecallApproval, AwaitingApproval, AnotherPending),
        new(AwaitingApproval, On.RecallApproval, Proposing),

        new(AwaitingConsent, On.Propose, AwaitingConsent),
        new(AwaitingConsent, On.Present, AwaitingConsent),
        new(AwaitingConsent, On.RequestApproval, AwaitingConsent, AnotherPresented),
        new(AwaitingConsent, On.RequestApproval, AwaitingApproval),
        new(AwaitingConsent, On.Approve, AwaitingConsent),
        new(AwaitingConsent, On.RejectApproval, AwaitingConsent),
        new(AwaitingConsent, On.RecallApproval, AwaitingConsent),
        new(AwaitingConsent, On.AcceptProposal, Resolved, NothingToExecute),
        new(AwaitingConsent, On.AcceptProposal, Executing),
        new(AwaitingConsent, On.RejectProposal, AwaitingConsent, AnotherPresented),
        new(AwaitingConsent, On.RejectProposal, AwaitingApproval, AnotherPending),
        new(AwaitingConsent, On.RejectProposal, Proposing),
        new(AwaitingConsent, On.LapseConsent, Resolved),

        new(Executing, On.CompleteRemedy, Resolved),
        new(Executing, On.FailRemedy, Proposing),

        new(Resolved, On.Close, Closed),
        new(Resolved, On.Reopen, Investigating),
        new(Resolved, On.GrantReview, Investigating),
        new(Resolved, On.ConvertToComplaint, Registered),
        new(Resolved, On.ConfirmSolved, Resolved),

        new(Closed, On.Reopen, Investigating),
        new(Closed, On.GrantReview, Investigating),
        new(Closed, On.Archive, Closed),

        new(NotEstablished, On.GrantReview, Investigating),
        new(NotEstablished, On.Close, Closed),

        new(Withdrawn, On.Archive, Withdrawn),

        .. From(Open, On.PlaceOnHold, OnHold),
        .. From([.. Open, OnHold], On.Withdraw, Withdrawn),
        .. From([.. Open, OnHold], On.Merge, Merged),
        .. From(Open, On.ConvertToComplaint),
        .. From([.. Open, OnHold], On.Adopt),
        new(OnHold, On.PlaceOnHold, OnHold),
        new(OnHold, On.ReleaseHold, OnHold, AnotherHold),
        .. Open.Select(state => new Transition(OnHold, On.ReleaseHold, state)),
        new(OnHold, On.Approve, OnHold),
        new(OnHold, On.RejectApproval, OnHold),

        .. From([.. Open, OnHold], On.Escalate),
        .. From([.. Open, OnHold], On.AgreeDeadline),
        .. From([.. NotEnded, Closed], On.FireClocks),
        .. From([.. NotEnded, Closed], On.MakeCommitment),
        .. From([.. NotEnded, Closed], On.SettleCommitment),
        .. From([.. Open, OnHold], On.RequestExtension),
        .. From([.. Open, OnHold], On.DecideExtension),
        .. From(NotEnded, On.Recalculate),
        .. From([.. NotEnded, .. Ends], On.AbsorbMerged),
        new(Merged, On.ConfirmAbsorbed, Merged),
        .. From(NotEnded, On.Acknowledge),
        .. From(NotEnded, On.Classify),
        .. From(NotEnded, On.HandOver),
        .. From(NotEnded, On.LinkRepeat),
        .. From(NotEnded, On.AmendNarrative),
        .. From([.. NotEnded, .. Ends], On.AddNote),
        .. From([.. NotEnded, Closed, Withdrawn], On.RecordInteraction),
        .. From(Answered, On.NotifyResult),
        .. From([Resolved, Closed], On.RecordVisit),
        .. From([Resolved, Closed, Withdrawn], On.WaiveFollowUp),
    ];

    private static IEnumerable<Transition> From(ImmutableArray<ComplaintState> states, On on, ComplaintState? to = null) =>
        states.Select(state => new Transition(state, on, to ?? state));
}
