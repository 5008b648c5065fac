using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Capabilities;

/// <summary>A sort of work that waits for somebody (待办), such as an approval: what opens it is said once, by the state, and it ends when
/// the state no longer says so. Nothing is sent to an inbox and nothing taken out of one.</summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
/// <param name="Name">Its code.</param>
/// <param name="Label">Its words.</param>
/// <param name="Duty">The command by which it is done. Whoever may send it has the work, where it is nobody's in particular.</param>
internal sealed record WorkKind<TState>(string Name, Label Label, string Duty) where TState : class
{
    /// <summary>What of it waits, by the state and the due instants of its clocks.</summary>
    public required Func<TState, Dues, IEnumerable<Waiting>> In { get; init; }
}

/// <summary>One thing that waits.</summary>
/// <param name="Subject">The part of the case that it is about; <c>null</c> for the whole.</param>
/// <param name="Due">By when; <c>null</c> where no limit runs.</param>
internal readonly record struct Waiting(Subject? Subject = null, Instant? Due = null)
{
    /// <summary>Whose it is by name; <c>null</c> for who answers for the case.</summary>
    public string? Person { get; init; }

    /// <summary>Which team has it, where it is not that of the case; then it is nobody's who has the case.</summary>
    public string? Team { get; init; }

    /// <summary>True where it is for whoever has the duty, and not for who answers for the case.</summary>
    public bool IsForDuty { get; init; }

    /// <summary>The authority that it takes, in the tenant's currency.</summary>
    public decimal Amount { get; init; }

    /// <summary>Who must not do it, because they are involved; <c>null</c> is nobody.</summary>
    public ImmutableArray<string?> NotFor { get; init; }
}

/// <summary>The due instants of the clocks that run.</summary>
/// <param name="Running">What each measures, what it is about, and when it is due.</param>
/// <param name="Zone">Where a day begins.</param>
internal readonly record struct Dues(ImmutableArray<(string Objective, string? Subject, Instant Due)> Running, DateTimeZone Zone)
{
    /// <summary>The earliest of all.</summary>
    public Instant? First
    {
        get
        {
            Instant? first = null;
            foreach (var (_, _, due) in Running)
            {
                if (!(first <= due))
                    first = due;
            }
            return first;
        }
    }

    /// <summary>The earliest of all that are about a part; <c>null</c> where none runs.</summary>
    public Instant? FirstOf(Subject subject) => Earliest(objective: null, subject.ToString());

    /// <summary>The earliest of one objective; <c>null</c> where none runs.</summary>
    public Instant? Of(string objective, Subject? subject = null) => Earliest(objective, subject?.ToString());

    private Instant? Earliest(string? objective, string? about)
    {
        Instant? first = null;
        foreach (var clock in Running)
        {
            if ((objective is null || clock.Objective == objective) && clock.Subject == about && !(first <= clock.Due))
                first = clock.Due;
        }
        return first;
    }
}
