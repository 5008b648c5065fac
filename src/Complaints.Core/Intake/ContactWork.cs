using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>What the customer waits for, and what the customer is to be asked.</summary>
internal static class ContactWork
{
    /// <summary>A letter that carries a number to call.</summary>
    public static WorkKind<Complaint> CallBack { get; } = new("call-back", new("Call back", "回电"), "record-interaction")
    {
        In = static (complaint, dues) => complaint.Receipt.CallbackPending && States.NotEnded.Contains(complaint.State)
            ? [new(Due: dues.Of(Objective.Callback))]
            : [],
    };

    /// <summary>Something that the guide of its category requires is not known.</summary>
    public static WorkKind<Complaint> Complete { get; } =
        new("complete", new("Complete the details", "补全登记信息"), "amend-intake")
        {
            In = static (complaint, _) => complaint.Receipt.MissingWritten is not null && States.NotEnded.Contains(complaint.State)
                ? [new()]
                : [],
        };

    /// <summary>The customer wrote, or called in vain, also where the case has ended.</summary>
    public static WorkKind<Complaint> CustomerWrote { get; } =
        new("customer-wrote", new("Answer the customer", "回复客户"), "record-interaction")
        {
            In = static (complaint, dues) => complaint.Talk.UnansweredSince is not null && complaint.State != ComplaintState.Merged
                ? [new(Due: dues.Of(Objective.NextResponse) ?? dues.Of(Objective.FirstResponse))]
                : [],
        };
}
