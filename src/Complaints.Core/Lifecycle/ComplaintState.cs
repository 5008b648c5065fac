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
