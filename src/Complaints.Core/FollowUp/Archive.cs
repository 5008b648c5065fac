using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.FollowUp;

/// <summary>Files a finished complaint away (归档). Its follow-up must be done or waived; a withdrawn one needs none.</summary>
/// <param name="FileRef">The host's reference of the paper or electronic file; at most 500 characters.</param>
public sealed record Archive(string? FileRef = null) : ComplaintCommand, ICapability<Archive, Complaint>
{
    private static readonly Refusal Already = new(
        "archive.already",
        "The complaint was archived at {value}.",
        "该投诉已于 {value} 归档。");

    private static readonly Refusal FollowUpMissing = new(
        "archive.follow_up_missing",
        "The follow-up has neither been done nor waived; do one of them first.",
        "尚未回访也未免除回访，请先处理。");

    static Capability ICapability<Archive, Complaint>.Capability { get; } = new("archive", new("Archive", "归档"))
    {
        Roles = [Role.Administrator, Role.Supervisor, Role.Manager, Role.Director],
        Fields = Field.Of<Archive>(f =>
        [
            f.Text(command => command.FileRef, Labels.FileRef, Text.Short, required: false),
        ]),
        StaysIn = States.Codes([ComplaintState.Closed, ComplaintState.Withdrawn]),
        Refusals = [Already, FollowUpMissing],
    };

    static Archive ICapability<Archive, Complaint>.Example(Occasion occasion) => new("A-1");

    static ComplaintError? ICapability<Archive, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        if (complaint.Progress.ArchivedAt is { } at)
            return Already.With(("value", at));
        return complaint.State == ComplaintState.Closed && !complaint.FollowUp.IsSettled ? FollowUpMissing.Plain : null;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ComplaintArchived(Personal.OfNullable(FileRef)));
        return null;
    }
}

/// <summary>The complaint was filed away.</summary>
/// <param name="FileRef">The host's reference of the file.</param>
public sealed record ComplaintArchived(Personal<string>? FileRef) : ComplaintEvent, IHappening<ComplaintArchived, Complaint>
{
    static EventType IHappening<ComplaintArchived, Complaint>.EventType { get; } = new("archived", 2, new("Archived", "已归档"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.FileRef, FileRef)];

    internal override PersonalField[] PersonalValues => [new("file-ref", FileRef)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Progress = complaint.Progress with { ArchivedAt = moment.OccurredAt } };
}
