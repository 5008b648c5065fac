using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Assignment;

/// <summary>Others get no work on the case either, because they lead the team of a member of the staff who is complained about
/// (回避).</summary>
/// <param name="Participant">The number of the participant who is complained about.</param>
/// <param name="People">Who they are, by the host's ids.</param>
public sealed record PeopleKeptOut(int Participant, ImmutableArray<string> People) : ComplaintEvent, IHappening<PeopleKeptOut, Complaint>
{
    static EventType IHappening<PeopleKeptOut, Complaint>.EventType { get; } = new("people-kept-out", 1,
        new("Kept out of the case", "已列入回避人员"));

    /// <summary>Who they are; never <c>default</c>.</summary>
    public ImmutableArray<string> People { get; init; } = People.IsDefault ? [] : People;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.StaffMember, People.Select(person => new StaffMember(person)))];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => People.Aggregate(
        complaint with
        {
            Participants =
            [
                .. complaint.Participants.Select(participant => participant.Number == Participant
                    ? participant with { KeptOut = People }
                    : participant),
            ],
        },
        (kept, person) => kept.WithoutOwner(person, moment));
}
