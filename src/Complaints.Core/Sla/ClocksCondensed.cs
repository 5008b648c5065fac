using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>A complaint with very many contacts: of those before an instant only what a clock can still ask for is kept in its state, and
/// clocks that repeat go on from where they were counted to. The history keeps everything.</summary>
/// <param name="Before">What happened before it is condensed. What is recorded later about that time no longer moves a clock that
/// repeats.</param>
/// <param name="Tallies">How far the clocks that repeat had come.</param>
public sealed record ClocksCondensed(Instant Before, ImmutableArray<ClockTally> Tallies)
    : ComplaintEvent, IHappening<ClocksCondensed, Complaint>
{
    static EventType IHappening<ClocksCondensed, Complaint>.EventType { get; } =
        new("clocks-condensed", 1, new("Older contacts summed up for the time limits", "较早的沟通已为时限汇总"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.EarlierThan, Before)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks.CondensedBefore(Before, Tallies),
    };
}

/// <summary>What was summed up of the contacts of a long case.</summary>
/// <param name="Before">Contacts before it are kept only as far as a clock can ask for them.</param>
/// <param name="Tallies">How far clocks that repeat had come then.</param>
/// <param name="Late">What was recorded afterwards about the time before, and is no contact.</param>
public sealed record CondensedContacts(Instant Before, ImmutableArray<ClockTally> Tallies, ImmutableArray<ClockFact> Late = default)
{
    /// <summary>How far clocks that repeat had come then; never <c>default</c>.</summary>
    public ImmutableArray<ClockTally> Tallies { get; init; } = Tallies.IsDefault ? [] : Tallies;

    /// <summary>What was recorded afterwards about the time before; never <c>default</c>.</summary>
    public ImmutableArray<ClockFact> Late { get; init; } = Late.IsDefault ? [] : Late;

    /// <summary>How the clocks ended that are not kept one by one any more.</summary>
    public ImmutableArray<VerdictCount> Counted { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How far a clock had come; <c>null</c> for one that is walked from the beginning.</summary>
    internal ClockTally? TallyOf(string objective) => Tallies.FirstOrDefault(tally => tally.Objective == objective);
}

/// <summary>How far a clock that repeats had come when older contacts were condensed.</summary>
/// <param name="Objective">What it measures.</param>
/// <param name="Round">The round that it was in.</param>
/// <param name="Occurrence">How many times it had ended in that round.</param>
/// <param name="Open">The fact that started the one that ran; <c>null</c> if none did.</param>
/// <param name="Start">From when that one counts.</param>
/// <param name="LastEnd">When one last ended.</param>
/// <param name="Inactive">The times in which the running one, carried on by a reopening, stood still.</param>
public sealed record ClockTally(
    string Objective, int Round, int Occurrence, ClockFact? Open, Instant Start, Instant? LastEnd, ImmutableArray<Pause> Inactive)
{
    /// <summary>The times in which the running one stood still; never <c>default</c>.</summary>
    public ImmutableArray<Pause> Inactive { get; init; } = Inactive.IsDefault ? [] : Inactive;

    /// <summary>True for the id of a clock that had ended and was counted.</summary>
    internal bool Counts(string clock)
    {
        if (!clock.StartsWith($"{Objective}/", StringComparison.Ordinal) || clock.Contains('@'))
            return false;
        var numbers = clock[(Objective.Length + 1)..].Split('/');
        var round = int.Parse(numbers[0], CultureInfo.InvariantCulture);
        var occurrence = numbers is [_, var more] ? int.Parse(more, CultureInfo.InvariantCulture) : 1;
        return round < Round || round == Round && occurrence <= Occurrence;
    }
}
