using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>
/// Takes over what a merged complaint owes, and what was said in it: the clocks count from the earlier receipt under the survivor's own
/// policy, and an answer that was given there was given; holds, commitments, agreed deadlines and participants move over, and who keeps
/// out there keeps out here. What is past by that is flagged and escalates nothing.
/// </summary>
/// <param name="From">The merged complaint. Errors: <c>merge.not_merged</c>, <c>merge.already_absorbed</c>.</param>
internal sealed record AbsorbMerged(ComplaintId From) : ComplaintCommand, ICapability<AbsorbMerged, Complaint>
{
    private static readonly Refusal NotMerged = new(
        "merge.not_merged",
        "The complaint {value} is not merged into this one.",
        "投诉 {value} 未合并到本投诉。");

    static Capability ICapability<AbsorbMerged, Complaint>.Capability { get; } = new("absorb-merged", new("Take over what a merged complaint owes", "接管被合并投诉的事项"))
    {
        Roles = [],
        Fields = Field.Of<AbsorbMerged>(f =>
        [
            f.Complaint(command => command.From, Labels.From),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, .. States.Ends]),
        Refusals = [NotMerged, MergeRefusals.AlreadyAbsorbed],
        IsInternal = true,
    };

    static AbsorbMerged ICapability<AbsorbMerged, Complaint>.Example(Occasion occasion) => new(occasion.Other);

    /// <inheritdoc/>
    public override ComplaintId? RefersTo => From;

    internal override bool JudgesWhatIsPast => true;

    internal override bool TakesPersonsOver => true;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (context.Referred is not { Progress.MergedInto: not null } merged || merged.Id != From)
            return NotMerged.With(("value", From));
        if (complaint.Progress.Merged.Absorbed.Contains(From))
            return MergeRefusals.AlreadyAbsorbed.With(("value", From));
        var waits = States.Open.Contains(complaint.State) || complaint.State == ComplaintState.OnHold;
        var ended = merged.Progress.EndedAt ?? context.Now;
        var others = merged.Participants.RemoveAll(there => complaint.Participants.Any(there.IsSame));
        var joining = Joining(complaint, others, context);
        events.Add(new MergedAbsorbed(
            From,
            merged.Number,
            CountsFromReceipt(complaint, waits) && merged.Receipt.ReceivedAt < complaint.Receipt.ReceivedAt
                ? merged.Receipt.ReceivedAt
                : null,
            waits ? [.. merged.Progress.Merged.CarriedHolds.Where(hold => complaint.Progress.Holds.All(own => own.Reason != hold.Reason))] : [],
            [.. merged.Clocks.Agreed.Where(agreed => agreed.SupersededAt is null && agreed.PromisedAt <= ended).Select((agreed, i) => agreed with { Number = complaint.Clocks.Agreed.Length + 1 + i })],
            [
                .. merged.Clocks.Commitments.Where(commitment => commitment.IsOpen)
                    .Select((commitment, i) => commitment with { Number = complaint.Clocks.Commitments.Length + 1 + i }),
            ])
        {
            Said = [.. merged.Clocks.Facts.Where(fact => Inherited.Contains(fact.Kind))],
            RepeatOf = merged.Receipt.RepeatOf is { } earlier && earlier != complaint.Id ? earlier : null,
            Ties = merged.Ties.RemoveAll(complaint.Ties.Contains),
            Improvements = [.. merged.Improvements.Where(link => link.Stands && complaint.Improvements.All(own => own.Id != link.Id))],
            Staying = others.Length - joining.Length,
        });
        var number = complaint.Participants.Length;
        foreach (var participant in joining)
        {
            if (participant is { Role: ParticipantRole.Accused, LeftAt: null })
                HandedOver.Back([participant.Staff, .. participant.KeptOut ?? []], context, events);
            events.Add(participant.JoinsFrom(From, ++number, isForSame: merged.Receipt.Person == complaint.Receipt.Person));
            if (participant.KeptOut is { } leads)
                events.Add(new PeopleKeptOut(number, leads));
        }
        FlagWhatIsPast(complaint, context, events);
        // Last: whoever is not told of it sees no gap.
        LiabilityCarried.Append(merged, context, events);
        return null;
    }

    /// <summary>The clocks of a later round count from its beginning, and what the first came to stays.</summary>
    private static bool CountsFromReceipt(Complaint survivor, bool waits) => waits && survivor.Progress.Round == 1;

    /// <summary>What was said between us and the customer, which holds for the whole matter.</summary>
    private static readonly ImmutableArray<string> Inherited =
    [
        FactKind.CallbackRequired, FactKind.Assigned, FactKind.Acknowledged, FactKind.HumanContact, FactKind.PhoneContact,
        FactKind.CustomerMessage,
    ];

    /// <summary>Who takes part there takes part here, as far as there is room: first who speaks for the customer, and who must keep out.
    /// How many of one role there may be is asked of who adds them.</summary>
    private static ImmutableArray<Participant> Joining(
        Complaint survivor, ImmutableArray<Participant> others, DecisionContext context) =>
    [
        .. others.Where(there => there.Person is not { } person || !context.Unopened.Contains(person))
            .OrderBy(there => there.LeftAt is not null)
            .ThenByDescending(there => there.SpeaksForCustomer || there.Role == ParticipantRole.Accused)
            .Take(Math.Max(ParticipantRoleRules.MostOfAll - survivor.Participants.Length, 0)),
    ];

    /// <summary>What was past before the merge is not flagged: a sweep is on its way to it, and escalates.</summary>
    private static void FlagWhatIsPast(Complaint before, DecisionContext context, EventSink events)
    {
        var by = context.DueBy;
        var earlier = Clocks.Project(before, context.Rules).ToDictionary(clock => clock.Id, StringComparer.Ordinal);
        foreach (var clock in Clocks.Project(events.State, context.Rules).Where(clock => clock.IsRunning && before.Clocks.ResultOf(clock.Id) is null))
        {
            var was = earlier.GetValueOrDefault(clock.Id);
            var past = clock.Steps
                .Where(step => step.Id != ClockStep.Breach && step.At <= by && !before.Clocks.HasStep(clock.Id, step.Id) && !(was?.Steps.Any(old => old.Id == step.Id && old.At <= by) ?? false))
                .Select(step => step.Id)
                .ToImmutableArray();
            if (!past.IsEmpty)
                events.Add(new StepsSkipped(clock.Id, past, "by-merge"));
            if (clock.IsBreachedAt(by) && !(was?.IsBreachedAt(by) ?? false))
                events.Add(new ClockBreached(clock.Id, clock.Due!.Value, "by-merge"));
        }
    }
}

/// <summary>The survivor took over what a merged complaint owed.</summary>
/// <param name="From">The merged complaint.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="ReceivedAt">Its receipt, where that was earlier: from then on the clocks count.</param>
/// <param name="Holds">The holds that moved over.</param>
/// <param name="Agreed">The agreed deadlines that moved over, with their numbers here.</param>
/// <param name="Commitments">The commitments that moved over, with their numbers here.</param>
public sealed record MergedAbsorbed(
    ComplaintId From, string Number, Instant? ReceivedAt, ImmutableArray<Hold> Holds, ImmutableArray<AgreedDeadline> Agreed, ImmutableArray<Commitment> Commitments)
    : ComplaintEvent, IHappening<MergedAbsorbed, Complaint>
{
    static EventType IHappening<MergedAbsorbed, Complaint>.EventType { get; } = new(
        "merged-absorbed", 3, new("Took over a merged complaint", "已接管被合并的投诉"));

    /// <summary>What was said there, as far as clocks ask for it.</summary>
    public ImmutableArray<ClockFact> Said { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The complaint that the merged one repeated.</summary>
    public ComplaintId? RepeatOf { get; init; }

    /// <summary>The other links that the merged one had and this one had not.</summary>
    public ImmutableArray<CaseTie> Ties { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The improvements that the merged one was part of and this one was not.</summary>
    public ImmutableArray<ImprovementLink> Improvements { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How many who take part there do not take part here: there was no room, or their key or card does not open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Staying { get; init; }

    internal override ComplaintEvent? Alone => null;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Number, Number), new(Labels.Staying, Staying > 0 ? Staying : null)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        ReceivedAt is { } received ? [new(FactKind.Received, received), .. Said] : Said;

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var clocks = complaint.Clocks with { Agreed = complaint.Clocks.Agreed.AddRange(Agreed), Commitments = complaint.Clocks.Commitments.AddRange(Commitments) };
        foreach (var hold in Holds)
            clocks = clocks.Paused(hold.Reason, moment.OccurredAt, hold.Elapsed);
        var progress = complaint.Progress with { Merges = complaint.Progress.Merged with { Absorbed = complaint.Progress.Merged.Absorbed.Add(From) } };
        if (!Holds.IsEmpty)
            progress = progress with { State = ComplaintState.OnHold, ResumesTo = complaint.Progress.Underlying, Holds = progress.Holds.AddRange(Holds.Select(hold => hold with { Since = moment.OccurredAt })) };
        var joined = Said.Aggregate(complaint, Heard) with { Progress = progress, Clocks = clocks };
        // A part of its own is nothing that it repeats.
        return joined with
        {
            Receipt = joined.Receipt with
            {
                RepeatOf = Foreign(joined.Receipt.RepeatOf) ?? Foreign(RepeatOf),
                Similar = joined.Receipt.Similar.RemoveAll(similar => similar.Id == From),
            },
            Ties = [.. joined.Ties.AddRange(Ties).Distinct().Where(tie => tie.Other != complaint.Id && Foreign(tie.Other) is not null)],
            Improvements = joined.Improvements.AddRange(Improvements),
        };

        ComplaintId? Foreign(ComplaintId? other) => other is { } id && progress.Merged.Absorbed.Contains(id) ? null : other;
    }

    private static Complaint Heard(Complaint complaint, ClockFact fact) => fact.Kind switch
    {
        FactKind.HumanContact => complaint.Contacted(fact.At, channel: ""),
        FactKind.PhoneContact => complaint.Contacted(fact.At, ContactPoint.Phone),
        FactKind.CustomerMessage => complaint with { Talk = complaint.Talk.Left(fact.At) },
        FactKind.Acknowledged => complaint with
        {
            Receipt = complaint.Receipt with
            {
                AcknowledgedAt = complaint.Receipt.AcknowledgedAt is { } own && own <= fact.At ? own : fact.At,
            },
        },
        _ => complaint,
    };
}
