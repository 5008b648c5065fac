using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Sla;

/// <summary>What was promised has been done, or is taken back with a reason.</summary>
/// <param name="Commitment">Its number. Errors: <c>commitment.not_found</c>, <c>time.before_promise</c>.</param>
/// <param name="Kept">True when it was done.</param>
/// <param name="Note">What was done, or why it is taken back (needed then); at most 4,000 characters.</param>
public sealed record SettleCommitment(int Commitment, bool Kept = true, string? Note = null)
    : ComplaintCommand, ICapability<SettleCommitment, Complaint>
{
    private static readonly Refusal NoneOpen = new(
        "commitment.none_open",
        "No commitment is open.",
        "没有未履行的承诺。");

    private static readonly Refusal NotFound = new(
        "commitment.not_found",
        "There is no open commitment {value}; open: {known}.",
        "没有未履行的承诺 {value}，现有：{known}。");

    private static readonly Refusal BeforePromise = new(
        "time.before_promise",
        "The promise was made at {bound}; it cannot be settled at {value}.",
        "承诺于 {bound} 作出，不能在 {value} 履行或撤回。");

    static Capability ICapability<SettleCommitment, Complaint>.Capability { get; } = new("settle-commitment", new("Settle a commitment", "了结承诺"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<SettleCommitment>(f =>
        [
            f.Part(command => command.Commitment, Labels.Commitment),
            f.Flag(command => command.Kept, Labels.Kept),
            f.Text(command => command.Note, Labels.Note, Text.Long, required: false),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed]),
        Refusals = [NoneOpen, NotFound, BeforePromise],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("commitment", Commitment);

    static SettleCommitment ICapability<SettleCommitment, Complaint>.Example(Occasion occasion) => new(occasion.Number);

    static ImmutableArray<Subject> ICapability<SettleCommitment, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
    [
        .. complaint.Clocks.Commitments.Where(commitment => commitment.IsOpen)
            .Select(commitment => Subject.Of("commitment", commitment.Number)),
    ];

    static ComplaintError? ICapability<SettleCommitment, Complaint>.Precondition(Complaint complaint, Subject? subject,
        DecisionContext<Complaint> context) =>
        complaint.Clocks.Commitments.Any(commitment => commitment.IsOpen) ? null : NoneOpen.Plain;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var open = complaint.Clocks.Commitments.Where(commitment => commitment.IsOpen).ToList();
        if (open.Find(commitment => commitment.Number == Commitment) is not { } promised)
            return NotFound.With(("value", Commitment), ("known", open.Select(commitment => commitment.Number)));
        if (context.EffectiveAt < promised.MadeAt)
            return BeforePromise.With(("value", context.EffectiveAt), ("bound", promised.MadeAt));
        if (Text.Check("note", Note, Text.Long, required: !Kept) is { } bad)
            return bad;
        events.Add(new CommitmentSettled(Commitment, Kept, Personal.OfNullable(Note)));
        return null;
    }
}

/// <summary>A promise was kept or taken back.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kept">Whether it was kept.</param>
/// <param name="Note">What was done, or why not.</param>
public sealed record CommitmentSettled(int Number, bool Kept, Personal<string>? Note)
    : ComplaintEvent, IHappening<CommitmentSettled, Complaint>
{
    static EventType IHappening<CommitmentSettled, Complaint>.EventType { get; } = new("commitment-settled", 1, new("Commitment settled", "承诺已了结"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Commitment, Number), new(Labels.Kept, Kept), new(Labels.Note, Note)];

    internal override PersonalField[] PersonalValues => [new("note", Note)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with
        {
            Commitments =
            [
                .. complaint.Clocks.Commitments.Select(commitment => commitment.Number != Number ? commitment
                    : Kept ? commitment with { KeptAt = moment.OccurredAt }
                    : commitment with { WithdrawnAt = moment.OccurredAt }),
            ],
        },
    };
}
