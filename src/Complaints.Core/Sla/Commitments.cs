using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Something that was promised to the customer with a date (承诺). What was promised stands in the history, sealed.</summary>
/// <param name="Number">1, 2, ... within the complaint.</param>
/// <param name="MadeAt">When it was promised.</param>
/// <param name="Due">By when.</param>
/// <param name="Owner">Who must keep it.</param>
/// <param name="KeptAt">When it was kept.</param>
/// <param name="WithdrawnAt">When it was taken back.</param>
public sealed record Commitment(int Number, Instant MadeAt, Instant Due, string Owner, Instant? KeptAt = null, Instant? WithdrawnAt = null)
{
    /// <summary>True while it must still be kept.</summary>
    public bool IsOpen => KeptAt is null && WithdrawnAt is null;
}

/// <summary>Promises something to the customer. It has a clock of its own, which nothing pauses or moves.</summary>
/// <param name="Promise">What; 1 to 4,000 characters.</param>
/// <param name="Due">By when, in the future. Error: <c>time.not_in_future</c>.</param>
/// <param name="Owner">Who keeps it; <c>null</c> for who promises. At most 100 characters.</param>
public sealed record MakeCommitment(string Promise, Instant Due, string? Owner = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.MakeCommitment;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if ((Text.Check("promise", Promise, Text.Long) ?? Text.Check("owner", Owner, Text.Id, required: false)) is { } wrong)
            return wrong;
        if (Due <= context.Now)
            return new("time.not_in_future", ("field", "due"), ("value", Due), ("bound", context.Now));
        events.Add(new CommitmentMade(complaint.Clocks.Commitments.Length + 1, Personal.Of(Promise), Due, string.IsNullOrWhiteSpace(Owner) ? context.Actor.Id : Owner));
        return null;
    }
}

/// <summary>What was promised has been done, or is taken back with a reason.</summary>
/// <param name="Commitment">Its number. Errors: <c>commitment.not_found</c>, <c>time.before_promise</c>.</param>
/// <param name="Kept">True when it was done.</param>
/// <param name="Note">What was done, or why it is taken back (needed then); at most 4,000 characters.</param>
public sealed record SettleCommitment(int Commitment, bool Kept = true, string? Note = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.SettleCommitment;

    internal static ComplaintError? Precondition(Complaint complaint) => complaint.Clocks.Commitments.Any(commitment => commitment.IsOpen) ? null : new("commitment.none_open");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var open = complaint.Clocks.Commitments.Where(commitment => commitment.IsOpen).ToList();
        if (open.Find(commitment => commitment.Number == Commitment) is not { } promised)
            return new("commitment.not_found", ("value", Commitment), ("known", string.Join(", ", open.Select(commitment => commitment.Number))));
        if (context.EffectiveAt < promised.MadeAt)
            return new("time.before_promise", ("value", context.EffectiveAt), ("bound", promised.MadeAt));
        if (Text.Check("note", Note, Text.Long, required: !Kept) is { } bad)
            return bad;
        events.Add(new CommitmentSettled(Commitment, Kept, Personal.OfNullable(Note)));
        return null;
    }
}

/// <summary>Something was promised to the customer.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Promise">What.</param>
/// <param name="Due">By when.</param>
/// <param name="Owner">Who keeps it.</param>
public sealed record CommitmentMade(int Number, Personal<string> Promise, Instant Due, string Owner) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Promise];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Commitments = complaint.Clocks.Commitments.Add(new Commitment(Number, moment.OccurredAt, Due, Owner)) },
    };
}

/// <summary>A promise was kept or taken back.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kept">Whether it was kept.</param>
/// <param name="Note">What was done, or why not.</param>
public sealed record CommitmentSettled(int Number, bool Kept, Personal<string>? Note) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Note];

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
