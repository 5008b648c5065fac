using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;

namespace Complaints.Core.Contact;

/// <summary>From what is noticed to what follows, as data: signals (信号) that people raise, and rules that look at them, at counters and at
/// how the customer feels. A signal never decides anything about the customer.</summary>
/// <param name="Codes">The signals, at most 50.</param>
/// <param name="Rules">The rules in the order in which they are asked, at most 50.</param>
public sealed record SignalRules(ImmutableArray<CodeItem> Codes, ImmutableArray<SignalRule> Rules = default)
{
    private const int Most = 50;

    /// <summary>The signals; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Codes { get; init; } = Codes.IsDefault ? [] : Codes;

    /// <summary>The rules; never <c>default</c>.</summary>
    public ImmutableArray<SignalRule> Rules { get; init; } = Rules.IsDefault ? [] : Rules;

    internal IEnumerable<ComplaintError> Problems(Rulebook rules)
    {
        var clocks = Rules.Any(rule => rule.When?.Clock is not null) ? SignalClocks.Known(rules) : [];
        foreach (var problem in CodeListRules.Problems(Codes, "codes", mustHaveOne: true).Concat(CodeListRules.Problems(Rules, "rules"))
            .Concat(PhraseRules.AtMost(Codes.Length, Most, "codes")).Concat(PhraseRules.AtMost(Rules.Length, Most, "rules")))
            yield return problem;
        for (var i = 0; i < Rules.Length; i++)
        {
            foreach (var problem in Rules[i].Problems($"rules[{i}]", Codes, clocks))
                yield return problem;
            if (LeadsBack(Rules[i]))
                yield return new("signals.circle", ("path", $"rules[{i}].then.signal"), ("value", Rules[i].Then.Signal));
        }
    }

    /// <summary>Whether a rule is triggered, directly or by others, by the signal that it raises.</summary>
    private bool LeadsBack(SignalRule rule)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(rule.Then?.Signal is { } first ? [first] : []);
        while (open.TryPop(out var signal))
        {
            if (rule.Asks(signal))
                return true;
            if (!reached.Add(signal))
                continue;
            foreach (var next in Rules.Where(other => other.Asks(signal)))
            {
                if (next.Then?.Signal is { } raised)
                    open.Push(raised);
            }
        }
        return false;
    }
}

/// <summary>One rule: when it holds, its effects happen once in a round.</summary>
/// <param name="Code">Its code: <c>chased</c>.</param>
/// <param name="Label">What it says to people: <c>客户多次催办</c>.</param>
/// <param name="When">When it holds.</param>
/// <param name="Then">What happens.</param>
public sealed record SignalRule(string Code, Label Label, SignalCondition When, SignalEffects Then) : ICodeItem
{
    internal bool Asks(string signal) => When?.Signal == signal || When?.And == signal;

    internal IEnumerable<ComplaintError> Problems(string path, ImmutableArray<CodeItem> codes, ImmutableArray<string> clocks)
    {
        var known = codes.Select(code => code.Code).ToList();
        if (When is null || Then is null)
        {
            yield return new("definition.empty", ("path", When is null ? $"{path}.when" : $"{path}.then"));
            yield break;
        }
        string[] asked = [.. new[] { When.Signal, When.Count, When.Emotion, When.Clock }.OfType<string>()];
        if (asked.Length == 0)
            yield return new("definition.empty", ("path", $"{path}.when"));
        if (asked.Length > 1)
            yield return new("definition.duplicate", ("path", $"{path}.when"), ("value", asked[1]));
        foreach (var (at, code) in new[] { ("when.signal", When.Signal), ("when.and", When.And), ("then.signal", Then.Signal) })
        {
            if (code is not null && !known.Contains(code))
                yield return new("definition.missing", ("path", $"{path}.{at}"), ("value", code), ("known", known));
        }
        if (When.Count is { } count && !SignalCondition.Counters.Contains(count))
            yield return new("definition.missing", ("path", $"{path}.when.count"), ("value", count), ("known", SignalCondition.Counters));
        if (When.AtLeast is < 1 or > 1000)
            yield return new("number.out_of_range", ("field", $"{path}.when.atLeast"), ("value", When.AtLeast), ("low", 1), ("high", 1000));
        if (When.Emotion is { } emotion && !Contact.Emotion.All.Has(emotion))
            yield return new("definition.missing", ("path", $"{path}.when.emotion"), ("value", emotion),
                ("known", Contact.Emotion.All.Known()));
        if (When.Clock is { } clock && !clocks.Contains(clock))
            yield return new("definition.missing", ("path", $"{path}.when.clock"), ("value", clock), ("known", clocks));
        if (When is { Clock: null, Breached: not null })
            yield return new("definition.empty", ("path", $"{path}.when.clock"));
        if (Then.Escalate is { Level: < 1 or > 9 } steep)
            yield return new("number.out_of_range", ("field", $"{path}.then.escalate.level"), ("value", steep.Level),
                ("low", 1), ("high", 9));
        if (Then is { Signal: null, RaisePriority: false, Escalate: null, SuggestHandOver: false, Work: false })
            yield return new("definition.empty", ("path", $"{path}.then"));
    }
}

/// <summary>When a rule holds: one of a signal, a counter, an emotion and a clock, and where it is said another signal besides.</summary>
/// <param name="Signal">A signal that stands.</param>
/// <param name="Count">A counter: <c>chasers</c>, <c>rounds</c>, <c>hand-overs</c>, <c>offers</c>; of the tasks of departments
/// <c>bounced-tasks</c> and <c>redone-tasks</c>, those that came back or were done over as often as the definition <c>tasks</c> says, and
/// <c>unable-tasks</c>, those that a department cannot do.</param>
/// <param name="AtLeast">How high the counter is at least, or how many clocks of the objective ended so, 1 to 1,000; a counter is counted
/// anew after the rule last held.</param>
/// <param name="Emotion">How strongly the customer feels at least, a code of <see cref="Contact.Emotion"/>.</param>
/// <param name="And">A signal that stands besides.</param>
/// <param name="Clock">An objective of which a clock ended in this round: <c>resolution</c>, <c>department-return</c>.</param>
/// <param name="Breached">Of a clock: whether it was late, which is meant where nothing is said, or in time.</param>
public sealed record SignalCondition(
    string? Signal = null, string? Count = null, int AtLeast = 1, string? Emotion = null, string? And = null, string? Clock = null,
    bool? Breached = null)
{
    internal static ImmutableArray<string> Counters { get; } =
        ["bounced-tasks", "chasers", "hand-overs", "offers", "redone-tasks", "rounds", "unable-tasks"];

    /// <summary>How high the counter is that the rule asks for; 1 where it asks for none, and 0 where it does not hold.</summary>
    internal int ReachedIn(Complaint complaint, Rulebook rules) =>
        And is { } other && !complaint.Contact.Stands(other, complaint.Progress.Round) ? 0
        : Signal is { } signal ? complaint.Contact.Stands(signal, complaint.Progress.Round) ? 1 : 0
        : Emotion is { } bound ? Contact.Emotion.IsAtLeast(complaint.Talk.Emotion, bound) ? 1 : 0
        : Clock is { } clock ? SignalClocks.Ended(complaint, clock, isLate: Breached ?? true)
        : Count switch
        {
            "bounced-tasks" => TaskCounts.BouncedAtLeast(complaint, rules.Tasks.MaxReturns),
            "chasers" => complaint.Talk.Chasers,
            "hand-overs" => complaint.Responsibility.HandOvers,
            "offers" => complaint.Settlement.Proposals.Length,
            "redone-tasks" => TaskCounts.RedoneAtLeast(complaint, rules.Tasks.MaxRedos),
            "rounds" => complaint.Progress.Round,
            "unable-tasks" => TaskCounts.Unable(complaint),
            _ => 0,
        };
}

/// <summary>What happens when a rule holds.</summary>
/// <param name="Signal">A signal that is raised.</param>
/// <param name="RaisePriority">Whether the priority rises by one step.</param>
/// <param name="Escalate">To which level it is escalated, where it is not that high already.</param>
/// <param name="SuggestHandOver">Whether a hand-over is suggested: work for the owner, until the case is handed over or the suggestion is
/// settled.</param>
/// <param name="Work">Whether the owner has to look after it: work until it is settled.</param>
public sealed record SignalEffects(
    string? Signal = null, bool RaisePriority = false, SignalEscalation? Escalate = null, bool SuggestHandOver = false, bool Work = false);

/// <summary>An escalation by a rule.</summary>
/// <param name="Level">The level that is reached, 1 to 9.</param>
/// <param name="Role">The role that is told.</param>
/// <param name="Team">The team that is told.</param>
public sealed record SignalEscalation(int Level, string? Role = null, string? Team = null);
