using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Intake;

/// <summary>Which members of the staff a new complaint is about: known before anybody gets it, so that none of them does.</summary>
internal static class Accusation
{
    /// <summary>How many a draft may name.</summary>
    public const int Most = 10;

    /// <summary>Whom a draft names, each once.</summary>
    public static ImmutableArray<string> Of(IntakeDraft draft) => [.. draft.Accused.Distinct(StringComparer.Ordinal)];

    /// <summary>Whoever gets no work on a case of that draft.</summary>
    public static ImmutableArray<string> KeptOut(IntakeDraft draft, DecisionContext context) =>
        [.. Of(draft).SelectMany(accused => ConflictRules.LeadsOf(accused, context).Prepend(accused)).Distinct(StringComparer.Ordinal)];

    /// <summary>They take part from the beginning.</summary>
    public static void Append(IntakeDraft draft, DecisionContext context, EventSink events)
    {
        foreach (var accused in Of(draft))
            Append(accused, context, events);
    }

    /// <summary>One of them takes part.</summary>
    public static void Append(string accused, DecisionContext context, EventSink events)
    {
        var number = events.State.Participants.Length + 1;
        var leads = ConflictRules.LeadsOf(accused, context);
        HandedOver.Back([accused, .. leads], context, events);
        events.Add(new ParticipantAdded(number, ParticipantRole.Accused, accused));
        if (!leads.IsEmpty)
            events.Add(new PeopleKeptOut(number, leads));
    }
}
