using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>
/// Keeps the clocks' part of a state small, however often somebody calls. Contacts are the only facts that come without end; between two
/// other facts a clock that starts and stops once can only ask for the first of a kind, or for the first of a kind after the first of
/// another.
/// </summary>
internal static class Condensing
{
    /// <summary>So many contacts are kept as they came, twice as many before the older ones are condensed.</summary>
    private const int Kept = 32;

    private static readonly ImmutableArray<string> Contacts =
        [FactKind.CustomerMessage, FactKind.HumanContact, FactKind.PhoneContact, FactKind.FollowedUp];

    /// <summary>From which instant on facts are kept as they came, where there are too many; else <c>null</c>.</summary>
    public static Instant? Cut(ClockRecord record)
    {
        var facts = record.Facts;
        var contacts = 0;
        Instant? cut = null;
        for (var i = facts.Length - 1; i >= 0 && !(facts[i].At < record.Condensed?.Before) && contacts <= 2 * Kept; i--)
        {
            if (Contacts.Contains(facts[i].Kind) && ++contacts == Kept)
                cut = facts[i].At;
        }
        // Where all of them happened in one instant, nothing lies before it.
        return contacts > 2 * Kept && facts[0].At < cut ? cut : null;
    }

    /// <summary>The facts before an instant as far as a clock can ask for them, and all others.</summary>
    public static ImmutableArray<ClockFact> Facts(ImmutableArray<ClockFact> facts, Instant before)
    {
        var kept = ImmutableArray.CreateBuilder<ClockFact>();
        var gap = new Gap();
        foreach (var fact in facts)
        {
            var kind = fact.At < before ? Contacts.IndexOf(fact.Kind) : -1;
            if (kind < 0)
                gap = new Gap();
            if (kind < 0 || gap.Needs(kind))
                kept.Add(fact);
        }
        return kept.DrainToImmutable();
    }

    public static bool IsContact(ClockFact fact) => Contacts.Contains(fact.Kind);

    /// <summary>What was seen between two facts that are no contacts: which kinds, and which kinds after which.</summary>
    private struct Gap
    {
        private int _seen;
        private int _seenAfter;

        public bool Needs(int kind)
        {
            var needed = (_seen & (1 << kind)) == 0;
            for (var first = 0; first < Contacts.Length; first++)
            {
                var pair = 1 << (first * Contacts.Length + kind);
                if ((_seen & (1 << first)) == 0 || (_seenAfter & pair) != 0)
                    continue;
                _seenAfter |= pair;
                needed = true;
            }
            _seen |= 1 << kind;
            return needed;
        }
    }
}
