using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>From where to where a clock runs, before anything is measured.</summary>
internal readonly record struct ClockSpan(int Round, int Occurrence, string? Subject, Instant StartedAt, Instant? StoppedAt, Instant? CancelledAt, ImmutableArray<Pause> Inactive)
{
    public Instant? EndedAt => StoppedAt ?? CancelledAt;

    public string ClockId(PolicyObjective objective) =>
        (Round, Occurrence, Subject) == (1, 1, null) ? objective.FirstClock : Clock.IdOf(objective.Objective, Round, Occurrence, Subject);
}

/// <summary>
/// Walks the facts of a complaint for one objective about one subject and finds its spans, in order: each runs from a fact that starts the
/// objective to one that stops it, both as the policy of its round says. A
/// reopening ends a span and may begin the next, which carries on the time of the one before where the policy says so. Where older facts
/// were condensed, one that repeats goes on from its tally.
/// </summary>
internal ref struct SpanWalk
{
    private readonly WalkedObjective _walked;
    private readonly string? _subject;
    private readonly ImmutableArray<ClockFact> _facts;
    private PolicyObjective? _objective;
    private Instant? _until;
    private int _next;
    private int _round = 1;
    private int _occurrence;
    private ClockFact? _open;
    private int _openRound;
    private bool _workEnded;
    private Instant _start;
    private Instant? _lastEnd;
    private ImmutableArray<Pause> _inactive = [];
    private ClockSpan _current;

    public SpanWalk(WalkedObjective walked, string? subject, ClockRecord record)
    {
        (_walked, _subject, _facts) = (walked, subject, record.Facts);
        if (subject is not null || record.Condensed?.TallyOf(walked.Name) is not { } tally)
        {
            EnterRound();
            return;
        }
        _facts = record.FactsSince(tally);
        (_round, _occurrence, _open, _openRound) = (tally.Round, tally.Occurrence, tally.Open, tally.Round);
        (_start, _lastEnd, _inactive) = (tally.Start, tally.LastEnd, tally.Inactive);
        EnterRound();
        foreach (var fact in record.Facts)
        {
            if (fact.At < record.Condensed.Before)
                FollowWork(fact);
        }
    }

    /// <summary>The span that was found last. Read it before the next is looked for.</summary>
    [UnscopedRef]
    public readonly ref readonly ClockSpan Current => ref _current;

    public bool MoveNext()
    {
        while (_next < _facts.Length)
        {
            if (IsLeftBy(_facts[_next].At) || Take(_facts[_next++]))
                return true;
        }
        return _open is not null && End(stop: null, cancelled: _until);
    }

    /// <summary>How far it has come before an instant.</summary>
    public ClockTally TallyAt(Instant instant)
    {
        while (_next < _facts.Length && _facts[_next].At < instant)
        {
            if (!IsLeftBy(_facts[_next].At))
                Take(_facts[_next++]);
        }
        IsLeftBy(instant);
        return new(_walked.Name, _round, _occurrence, _open, _start, _lastEnd, _inactive);
    }

    private void EnterRound() => (_objective, _until) = _walked.In(_round);

    /// <summary>An objective that a newer policy of the same round lacks ends when that policy came: true when that ended a
    /// span.</summary>
    private bool IsLeftBy(Instant instant)
    {
        // T12
        if (_objective is null || _until is not { } until || until > instant)
            return false;
        _objective = null;
        return _open is not null && End(stop: null, cancelled: until);
    }

    /// <summary>True when the fact ended a span.</summary>
    private bool Take(ClockFact fact)
    {
        var ended = false;
        FollowWork(fact);
        switch (fact.Kind)
        {
            case FactKind.Ended:
                return _open is not null && End(stop: null, cancelled: fact.At);
            case FactKind.Reopened or FactKind.ReviewRequested:
                ended = _open is not null && End(stop: null, cancelled: fact.At);
                (_round, _occurrence) = (_round + 1, 0);
                EnterRound();
                IsLeftBy(fact.At);
                break;
            case FactKind.Converted when _objective?.Starts(FactKind.Received) == true:
                // An inquiry that somebody had answered became a complaint: its clocks begin here.
                ended = _open is not null && End(stop: null, cancelled: fact.At);
                Begin(fact);
                return ended;
            default:
                break;
        }
        if (_objective is null)
            return ended;
        if (_open is not null && (_subject is null || _subject == fact.Subject))
        {
            if (_objective.Stops(fact.Kind))
                ended = End(stop: fact.At, cancelled: null);
            else if (_objective.Cancels(fact.Kind))
                ended = End(stop: null, cancelled: fact.At);
        }
        if (_open is null && _objective.Starts(fact) && fact.Subject == _subject && (_occurrence == 0 || _objective.IsRepeating)
            && !(_workEnded && _objective.OnlyInWork))
        {
            Begin(fact);
        }
        return ended;
    }

    private void FollowWork(ClockFact fact)
    {
        if (fact.EndsWork)
            _workEnded = true;
        else if (fact.BeginsRound || fact.Kind == FactKind.Converted)
            _workEnded = false;
    }

    private void Begin(ClockFact fact)
    {
        (_open, _openRound) = (fact, _round);
        if (fact.BeginsRound && _objective!.ContinuesRounds && _lastEnd is { } end)
            _inactive = end < fact.At ? _inactive.Add(new Pause(end, fact.At)) : _inactive;
        else
            (_start, _inactive) = (fact.At, []);
    }

    private bool End(Instant? stop, Instant? cancelled)
    {
        _occurrence++;
        _current = new ClockSpan(_openRound, _occurrence, _open!.Subject, _start, stop, cancelled, _inactive);
        (_open, _lastEnd) = (null, stop ?? cancelled);
        return true;
    }
}
