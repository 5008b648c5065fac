using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Contact;

/// <summary>After a decision: carries out what the rules of the signals say, each rule once a round. What held stands in the state, so that
/// nothing happens twice, whoever decides again and wherever.</summary>
internal static class SignalKeeper
{
    public static void Append(Complaint before, EventSink events, DecisionContext context)
    {
        // Most commands change nothing that a rule looks at.
        var state = events.State;
        if (ReferenceEquals(before.Talk, state.Talk) && ReferenceEquals(before.Contact, state.Contact)
            && before.TasksWritten == state.TasksWritten
            && before.Responsibility.HandOvers == state.Responsibility.HandOvers && before.Progress.Round == state.Progress.Round
            && before.Settlement.Proposals.Length == state.Settlement.Proposals.Length)
            return;
        if (!States.InHand.Contains(state.State) && state.State != ComplaintState.Resolved)
            return;
        var rules = context.Rules.Signals.Rules;
        // A rule holds once a round, and none leads back to itself: at most one pass a rule.
        for (var pass = 0; pass < rules.Length && Pass(rules, events, context); pass++) { }
    }

    private static bool Pass(System.Collections.Immutable.ImmutableArray<SignalRule> rules, EventSink events, DecisionContext context)
    {
        var any = false;
        foreach (var rule in rules)
        {
            var complaint = events.State;
            var last = complaint.Contact.Last(rule.Code);
            if (last?.Round == complaint.Progress.Round)
                continue;
            var reached = rule.When.ReachedIn(complaint, context.Rules);
            // What was counted when it last held does not count again in a later round.
            if (reached - (rule.When.Count is null ? 0 : last?.Count ?? 0) < rule.When.AtLeast)
                continue;
            Carry(rule, reached, events, context);
            any = true;
        }
        return any;
    }

    private static void Carry(SignalRule rule, int reached, EventSink events, DecisionContext context)
    {
        var complaint = events.State;
        var then = rule.Then;
        var round = complaint.Progress.Round;
        var priority = then.RaisePriority
            ? context.Rules.Priorities.Value.Priority.OneHigher(complaint.Judgement.Priority)
            : complaint.Judgement.Priority;
        events.Add(new SignalFollowed(rule.Code, round, reached,
            priority == complaint.Judgement.Priority ? null : priority,
            then.SuggestHandOver ? SignalAsk.HandOver : then.Work ? SignalAsk.Work : null));
        if (then.Signal is { } signal && !complaint.Contact.Stands(signal, round))
            events.Add(new SignalRaised(signal, round, Rule: rule.Code));
        if (then.Escalate is { } up && up.Level > complaint.Clocks.Level)
            events.Add(new ComplaintEscalated(null, null, [], up.Level, up.Role, up.Team, Priority: null, Reassigned: false));
    }
}
