using System.Text.Json.Serialization;

namespace Complaints.Core.Lifecycle;

/// <summary>Where a complaint stands. How it ended is its outcome, not its state.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComplaintState>))]
public enum ComplaintState
{
    /// <summary>已登记: received and recorded; nobody has looked into it yet.</summary>
    Registered,

    /// <summary>调查中: facts, course of events and cause are being established.</summary>
    Investigating,

    /// <summary>拟定方案: solutions are being worked out.</summary>
    Proposing,

    /// <summary>待审批: somebody with the authority must approve.</summary>
    AwaitingApproval,

    /// <summary>待客户同意: the customer has been offered a solution.</summary>
    AwaitingConsent,

    /// <summary>执行中: the agreed remedy is being carried out.</summary>
    Executing,

    /// <summary>已暂停: waiting for a named reason; resumes to the state before.</summary>
    OnHold,

    /// <summary>已解决: solved as far as we know; the customer has not confirmed yet.</summary>
    Resolved,

    /// <summary>不成立: not established or declined; the customer may ask for a review.</summary>
    NotEstablished,

    /// <summary>已结案: solved and confirmed.</summary>
    Closed,

    /// <summary>已撤回: taken back by the customer.</summary>
    Withdrawn,

    /// <summary>已合并: carried on under another complaint.</summary>
    Merged,
}

/// <summary>What may happen to a complaint: the columns of the lifecycle table. Each command has one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComplaintTrigger>))]
public enum ComplaintTrigger
{
    /// <summary>Record a new complaint.</summary>
    Register,

    /// <summary>Take over a complaint with its history from another system.</summary>
    Import,

    /// <summary>Start our own clocks on an imported complaint that is still open.</summary>
    Adopt,

    /// <summary>Confirm receipt to the customer.</summary>
    Acknowledge,

    /// <summary>Judge category, severity, urgency and impact.</summary>
    Classify,

    /// <summary>Hand over to another owner or team.</summary>
    HandOver,

    /// <summary>Add an internal note.</summary>
    AddNote,

    /// <summary>Append to what the customer said.</summary>
    AmendNarrative,

    /// <summary>Record a call, mail or message.</summary>
    RecordInteraction,

    /// <summary>State that this repeats an earlier complaint.</summary>
    LinkRepeat,

    /// <summary>An inquiry becomes a complaint.</summary>
    ConvertToComplaint,

    /// <summary>Begin to establish the facts.</summary>
    StartInvestigation,

    /// <summary>Put a solution forward.</summary>
    Propose,

    /// <summary>Offer a proposal to the customer.</summary>
    Present,

    /// <summary>Ask for approval of a proposal.</summary>
    RequestApproval,

    /// <summary>Grant an approval.</summary>
    Approve,

    /// <summary>Refuse an approval.</summary>
    RejectApproval,

    /// <summary>Take a request for approval back.</summary>
    RecallApproval,

    /// <summary>The customer accepts a proposal.</summary>
    AcceptProposal,

    /// <summary>The customer rejects a proposal.</summary>
    RejectProposal,

    /// <summary>The customer did not answer, or no agreement was reached, and the policy lets the offer lapse.</summary>
    LapseConsent,

    /// <summary>The remedy has been carried out.</summary>
    CompleteRemedy,

    /// <summary>The remedy failed.</summary>
    FailRemedy,

    /// <summary>Resolve directly.</summary>
    Resolve,

    /// <summary>Decide that the complaint is not established, or decline it.</summary>
    DecideNotEstablished,

    /// <summary>Tell the customer the result.</summary>
    NotifyResult,

    /// <summary>The customer confirms that the problem is solved.</summary>
    ConfirmSolved,

    /// <summary>Close after confirmation.</summary>
    Close,

    /// <summary>Take up again what was resolved or closed.</summary>
    Reopen,

    /// <summary>Grant a second-stage review.</summary>
    GrantReview,

    /// <summary>Wait, for a named reason.</summary>
    PlaceOnHold,

    /// <summary>A reason to wait is gone.</summary>
    ReleaseHold,

    /// <summary>The customer takes the complaint back.</summary>
    Withdraw,

    /// <summary>Carry on under another complaint.</summary>
    Merge,

    /// <summary>Record a follow-up visit (回访).</summary>
    RecordVisit,

    /// <summary>Do without a follow-up visit, with a reason.</summary>
    WaiveFollowUp,

    /// <summary>File the finished complaint away.</summary>
    Archive,

    /// <summary>Bring it before a higher level.</summary>
    Escalate,

    /// <summary>Promise an instant to the customer.</summary>
    AgreeDeadline,

    /// <summary>Look at the clocks; sent by a sweep.</summary>
    FireClocks,

    /// <summary>Promise something else to the customer, with a date.</summary>
    MakeCommitment,

    /// <summary>Keep a promise, or take it back.</summary>
    SettleCommitment,

    /// <summary>Ask for a later deadline.</summary>
    RequestExtension,

    /// <summary>Grant a later deadline, or deny it.</summary>
    DecideExtension,

    /// <summary>Measure the clocks by what is published now.</summary>
    Recalculate,

    /// <summary>Take over what a merged complaint owes; sent by the desk.</summary>
    AbsorbMerged,

    /// <summary>Note that the survivor took over what a merged complaint owed; sent by the desk.</summary>
    ConfirmAbsorbed,
}

/// <summary>What else must hold for a transition. Several flags must all hold; the first matching row of the table wins.</summary>
[Flags]
public enum Circumstances
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>The customer has already agreed.</summary>
    ConsentGiven = 1,

    /// <summary>Nothing is left for the customer to agree to.</summary>
    NothingToAgree = 2,

    /// <summary>Nothing is left to carry out.</summary>
    NothingToExecute = 4,

    /// <summary>Another proposal lies before the customer.</summary>
    AnotherPresented = 8,

    /// <summary>Another approval is pending.</summary>
    AnotherPending = 16,

    /// <summary>Another reason to wait remains.</summary>
    AnotherHold = 32,
}
