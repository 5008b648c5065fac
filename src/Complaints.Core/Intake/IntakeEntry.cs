using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>
/// A complaint as it was entered in the register: the facts of its draft, the personal ones under the key of their person. Registration
/// and import write it into their event; the state carries it on in the <see cref="Receipt"/>.
/// </summary>
public record IntakeEntry : IntakeFacts
{
    /// <summary>An entry as a store kept it.</summary>
    public IntakeEntry() { }

    /// <summary>What is kept of a draft. What the customer said is not in it: the event keeps it beside, and the state does not.</summary>
    [SetsRequiredMembers]
    internal IntakeEntry(IntakeDraft draft, Instant receivedAt, IntakeTicket ticket) : base(draft)
    {
        ReceivedAt = receivedAt;
        Person = ticket.Person;
        Title = Personal.Of(draft.Title);
        Complainant = draft.Complainant.SaysNothing ? null : Personal.Of(draft.Complainant);
        RepeatKey = ticket.RepeatKey;
    }

    /// <summary>When it reached us: the start of the customer's clocks.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>Under whose key the personal data is sealed.</summary>
    public required SubjectId Person { get; init; }

    /// <summary>One line.</summary>
    public Personal<string>? Title { get; init; }

    /// <summary>Who complains; <c>null</c> when nobody was named.</summary>
    public Personal<Complainant>? Complainant { get; init; }

    /// <summary>The keyed hash by which repeats are found.</summary>
    public string? RepeatKey { get; init; }
}
