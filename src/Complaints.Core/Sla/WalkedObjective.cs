using System.Collections.Immutable;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>An objective of a complaint's policies, as each round has it: what a round began with stays its own when a later round is
/// judged by another policy.</summary>
/// <param name="Newest">Its newest terms.</param>
/// <param name="Rounds">Its terms from a round on, the first round first; empty where one policy holds for all of them.</param>
internal sealed record WalkedObjective(PolicyObjective Newest, ImmutableArray<WalkedObjective.Terms> Rounds)
{
    public WalkedObjective(PolicyObjective only) : this(only, []) { }

    public string Name => Newest.Objective;

    /// <summary>An objective of at least one of the pinned policies.</summary>
    public static WalkedObjective Of(string name, ImmutableArray<PolicyPin> pins, Rulebook rules)
    {
        var rounds = ImmutableArray.CreateBuilder<Terms>();
        PolicyObjective? newest = null;
        for (var i = 0; i < pins.Length; i++)
        {
            var own = rules.Policy(pins[i].Policy)?.Find(name);
            newest = own ?? newest;
            // A round begins with what the one before ended with.
            if (rounds.Count == 0)
                rounds.Add(new(pins[i].Round, own, Until: null));
            else if (pins[i].Round > rounds[^1].Round)
                rounds.Add(new(pins[i].Round, rounds[^1].Last, Until: null));
            if (own is not null)
                rounds[^1] = new(rounds[^1].Round, own, Until: null);
            else if (rounds[^1].Last is not null)
                rounds[^1] = rounds[^1] with { Until = pins[i].From };
        }
        return new(newest!, rounds.DrainToImmutable());
    }

    /// <summary>Its terms in a round, and when a newer policy of that round left it out.</summary>
    public (PolicyObjective? Objective, Instant? Until) In(int round)
    {
        if (Rounds.IsEmpty)
            return (Newest, null);
        var at = Rounds.Length - 1;
        while (at > 0 && Rounds[at].Round > round)
            at--;
        return Rounds[at].Round < round ? (Rounds[at].Last, null) : (Rounds[at].Objective, Rounds[at].Until);
    }

    /// <summary>Whether a fact starts it in any round.</summary>
    public bool MayStart(ClockFact fact)
    {
        if (Rounds.IsEmpty)
            return Newest.Starts(fact);
        foreach (var terms in Rounds)
        {
            if (terms.Objective?.Starts(fact) == true)
                return true;
        }
        return false;
    }

    /// <summary>Its terms in a round and those after it.</summary>
    /// <param name="Round">The round.</param>
    /// <param name="Objective">The terms; <c>null</c> where the policy has no such objective.</param>
    /// <param name="Until">When a newer policy of the round left it out; <c>null</c> if none did.</param>
    internal readonly record struct Terms(int Round, PolicyObjective? Objective, Instant? Until)
    {
        /// <summary>What the round ended with.</summary>
        public PolicyObjective? Last => Until is null ? Objective : null;
    }
}
