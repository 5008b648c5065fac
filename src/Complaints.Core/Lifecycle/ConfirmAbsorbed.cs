using Complaints.Core.Capabilities;

namespace Complaints.Core.Lifecycle;

/// <summary>Notes on a merged complaint that the survivor has taken over what it owes.</summary>
/// <param name="By">The survivor.</param>
internal sealed record ConfirmAbsorbed(ComplaintId By) : ComplaintCommand, ICapability<ConfirmAbsorbed, Complaint>
{
    static Capability ICapability<ConfirmAbsorbed, Complaint>.Capability { get; } = new("confirm-absorbed", new("Note that a merge is complete", "确认合并完成"))
    {
        Roles = [],
        Fields = Field.Of<ConfirmAbsorbed>(f =>
        [
            f.Complaint(command => command.By, Labels.Survivor),
        ]),
        StaysIn = States.Codes([ComplaintState.Merged]),
        Refusals = [MergeRefusals.AlreadyAbsorbed],
        IsInternal = true,
    };

    static ConfirmAbsorbed ICapability<ConfirmAbsorbed, Complaint>.Example(Occasion occasion) => new(occasion.Other);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (complaint.Progress.Merged.AbsorbedAt is not null)
            return MergeRefusals.AlreadyAbsorbed.With(("value", complaint.Id));
        events.Add(new MergeCompleted(By));
        return null;
    }
}

/// <summary>The survivor has taken over what this complaint owed.</summary>
/// <param name="By">The survivor.</param>
public sealed record MergeCompleted(ComplaintId By) : ComplaintEvent, IHappening<MergeCompleted, Complaint>
{
    static EventType IHappening<MergeCompleted, Complaint>.EventType { get; } = new("merge-completed", 1, new("Merge completed", "合并已完成"));

    internal override ComplaintEvent? Alone => null;

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Progress = complaint.Progress with { MergedInto = By, Merges = complaint.Progress.Merged with { AbsorbedAt = moment.OccurredAt } },
    };
}
