using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>Waits for a named reason; permitted again while waiting, for another reason.</summary>
/// <param name="Reason">A code of the hold reasons. Errors: <c>code.unknown</c>, <c>hold.already_placed</c>,
/// <c>time.before_resume</c>.</param>
/// <param name="ReviewOn">When somebody must look again.</param>
/// <param name="Note">What exactly is waited for; at most 4,000 characters.</param>
public sealed record PlaceOnHold(string Reason, LocalDate? ReviewOn = null, string? Note = null)
    : ComplaintCommand, ICapability<PlaceOnHold, Complaint>
{
    private static readonly Refusal AlreadyPlaced = new(
        "hold.already_placed",
        "The complaint waits for '{value}' already.",
        "该投诉已因“{value}”暂停。");

    private static readonly Refusal BeforeResume = new(
        "time.before_resume",
        "The complaint was resumed at {bound}; a hold cannot begin before that, at {value}.",
        "该投诉已于 {bound} 恢复，暂停不能早于此时开始（{value}）。");

    static Capability ICapability<PlaceOnHold, Complaint>.Capability { get; } = new("place-on-hold", new("Place on hold", "暂停"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<PlaceOnHold>(f =>
        [
            f.Code(command => command.Reason, Labels.Reason, rules => rules.HoldReasons),
            f.Date(command => command.ReviewOn, Labels.ReviewOn),
            f.Text(command => command.Note, Labels.Note, Text.Long, required: false),
        ]),
        StaysIn = States.Codes([ComplaintState.OnHold]),
        Refusals = [AlreadyPlaced, BeforeResume],
    };

    static PlaceOnHold ICapability<PlaceOnHold, Complaint>.Example(Occasion occasion) =>
        new(occasion.Variant == 0 ? "legal" : "parts", Note: "等待配件。 Waits for a part.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (complaint.Progress.Holds.Any(hold => hold.Reason == Reason))
            return AlreadyPlaced.With(("value", context.Rules.HoldReasons.Named(Reason)));
        // A hold that begins earlier than it is written down cannot reach back behind the last resume (X36).
        if (complaint.Clocks.LastResume is { } resumed && context.EffectiveAt < resumed)
            return BeforeResume.With(("value", context.EffectiveAt), ("bound", resumed));
        var isElapsed = context.Rules.HoldReasons.Find(Reason)?.Counts == HoldReason.Elapsed;
        events.Add(new HoldPlaced(Reason, ReviewOn, Personal.OfNullable(Note), isElapsed));
        return null;
    }
}

/// <summary>The complaint waits for a reason, one more if it waits already.</summary>
/// <param name="Reason">A code of the hold reasons.</param>
/// <param name="ReviewOn">When somebody must look again.</param>
/// <param name="Note">What exactly is waited for.</param>
/// <param name="Elapsed">True when the reason is counted in elapsed time, as it was said then.</param>
public sealed record HoldPlaced(
    string Reason, LocalDate? ReviewOn, Personal<string>? Note,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Elapsed = false)
    : ComplaintEvent, IHappening<HoldPlaced, Complaint>
{
    static EventType IHappening<HoldPlaced, Complaint>.EventType { get; } = new("hold-placed", 2, new("Placed on hold", "已暂停"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Hold, rules.HoldReasons.Named(Reason)), new(Labels.ReviewOn, ReviewOn), new(Labels.Note, Note)];

    internal override PersonalField[] PersonalValues => [new("note", Note)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Progress = complaint.Progress with
        {
            State = ComplaintState.OnHold,
            ResumesTo = complaint.Progress.Underlying,
            Holds = complaint.Progress.Holds.Add(new Hold(Reason, moment.OccurredAt, moment.Actor.Id, ReviewOn, Elapsed)),
        },
        Clocks = complaint.Clocks.Paused(Reason, moment.OccurredAt, Elapsed),
    };
}
